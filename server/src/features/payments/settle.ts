/**
 * Money has come. The callback, the payer's return and the poll all end here, under the lock of the payment's row: each
 * receipt counts once, the first that fits is used, and whatever comes beyond that goes back by itself.
 */
import { eq } from 'drizzle-orm'
import { paymentLifecycle } from '@miaodan/shared/payments/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { emit } from '../../kernel/outbox.ts'
import { transition } from '../../kernel/transition.ts'
import { post, receiveSuspense } from '../ledger/index.ts'
import { payableOf, type PaymentRow } from './payables.ts'
import { requestRefund } from './refunds.ts'
import { paymentReceipts, payments } from './tables.ts'

export type Receipt = { tradeNo: string, amount: bigint, at: Date }
export type Outcome = 'used' | 'returned' | 'known'

export async function lockPayment(tx: Tx, id: string): Promise<PaymentRow | undefined> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, id)).for('update')
  return row
}

/** Records a receipt. `row` must be locked by this transaction, and as it was read under that lock. */
export async function settle(tx: Tx, deps: Deps, row: PaymentRow, receipt: Receipt): Promise<Outcome> {
  const known = await tx.select().from(paymentReceipts).where(eq(paymentReceipts.tradeNo, receipt.tradeNo))
  if (known.some(other => other.gateway === row.gateway)) return 'known'
  const reason = await useReceipt(tx, deps, row, receipt)
  await tx.insert(paymentReceipts).values({
    gateway: row.gateway, tradeNo: receipt.tradeNo, paymentId: row.id, amount: receipt.amount, outcome: reason ? 'returned' : 'used', reason, receivedAt: deps.clock.now(),
  })
  if (!reason) return 'used'
  if (row.gateway !== 'balance') await returnReceipt(tx, deps, row, receipt, reason)
  return 'returned'
}

/** Uses the money for what it was meant for. Answers null, or why it cannot be used. */
async function useReceipt(tx: Tx, deps: Deps, row: PaymentRow, receipt: Receipt): Promise<RefundReason | null> {
  if (receipt.amount !== row.amount) return 'wrong_amount'
  if (row.state !== 'created' && row.state !== 'pending' && row.state !== 'expired') return row.state === 'failed' ? 'too_late' : 'double_payment'
  const settlement = await payableOf(row.purpose).settle(tx, deps, row)
  // A payer who paid twice has two trades. When the other one's notification comes first and that of the one we opened
  // never does, only asking finds the money that must go back.
  const isOpened = row.gateway === 'balance' || receipt.tradeNo === row.tradeNo
  const paid = { paidAt: receipt.at, tradeNo: receipt.tradeNo, queryAt: isOpened ? null : deps.clock.now() }
  const succeeded = transition(tx, deps.clock, paymentLifecycle, payments, {
    id: row.id, action: 'succeed', actor: 'gateway', key: row.subjectId, set: paid,
    data: { purpose: row.purpose, subjectId: row.subjectId, payerId: row.payerId, amount: row.amount.toString(), used: settlement.accepted },
  })
  // Neither needs the other's answer, so both travel together.
  await Promise.all([succeeded, settlement.accepted && post(tx, settlement.entry)])
  return settlement.accepted ? null : settlement.reason
}

/** The money is not ours to keep: it is booked as such, and a refund of this very receipt is under way from now on. */
async function returnReceipt(tx: Tx, deps: Deps, row: PaymentRow, receipt: Receipt, reason: RefundReason): Promise<void> {
  const facts = { paymentId: row.id, payerId: row.payerId, channel: row.channel, amount: receipt.amount }
  await post(tx, receiveSuspense({ ...facts, at: deps.clock.now(), receipt: receipt.tradeNo, ...(row.purpose === 'order' && { orderId: row.subjectId }) }))
  const refund = await requestRefund(tx, deps, { payment: row, tradeNo: receipt.tradeNo, amount: receipt.amount, source: 'suspense', reason })
  await emit(tx, deps.clock, 'payment.returned', { id: row.id, refundId: refund.id, subjectId: row.subjectId, purpose: row.purpose, payerId: row.payerId, amount: receipt.amount.toString(), reason }, row.subjectId)
}
