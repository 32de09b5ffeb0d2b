/**
 * Money has come. The callback, the payer's return and the poll all end here, under the locks of what is paid for and of
 * the payment: each receipt counts once, the first that fits is used, and whatever comes beyond that goes back by itself.
 */
import { and, eq } from 'drizzle-orm'
import { paymentLifecycle } from '@miaodan/shared/payments/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { emit } from '../../kernel/outbox.ts'
import { statement, together, value } from '../../kernel/statement.ts'
import { transition } from '../../kernel/transition.ts'
import { leave } from '../../kernel/tx.ts'
import { post, receiveSuspense } from '../ledger/index.ts'
import { payableOf, type Misfit, type PaymentRow, type Settlement } from './payables.ts'
import { requestRefund } from './refunds.ts'
import { paymentReceipts, payments } from './tables.ts'

export type Receipt = { tradeNo: string, amount: bigint, at: Date }
export type Outcome = 'used' | 'returned' | 'known'
/** A payment and what it is for, as they were read under their locks, and whether the receipt has come before. */
export type Held = { payment: PaymentRow, subject: unknown, isKnown: boolean }

const paymentById = statement(db => db.select().from(payments).where(eq(payments.id, value('id'))))
const paymentToChange = statement(db => db.select().from(payments).where(eq(payments.id, value('id'))).for('update'))
const receiptOf = statement(db => db.select({ paymentId: paymentReceipts.paymentId }).from(paymentReceipts)
  .where(and(eq(paymentReceipts.gateway, value('gateway')), eq(paymentReceipts.tradeNo, value('tradeNo')))))
const insertReceipt = statement(db => db.insert(paymentReceipts).values({
  gateway: value('gateway'), tradeNo: value('tradeNo'), paymentId: value('paymentId'), amount: value('amount'), outcome: value('outcome'), reason: value('reason'), receivedAt: value('receivedAt'),
}))

export async function lockPayment(tx: Tx, id: string): Promise<PaymentRow | undefined> {
  const [row] = await paymentToChange(tx, { id })
  return row
}

export async function findPayment(tx: Tx, id: string): Promise<PaymentRow | undefined> {
  const [row] = await paymentById(tx, { id })
  return row
}

/** Locks what a payment is for, then the payment: in the order in which those do who cancel and refund. `found` where it was read before. */
export async function holdPayment(tx: Tx, id: string, tradeNo: string, found?: PaymentRow): Promise<Held | undefined> {
  const row = found ?? await findPayment(tx, id)
  if (!row) return undefined
  const { gateway, purpose, subjectId } = row
  const [subject, payment, receipts] = await together([payableOf(purpose).lock(tx, subjectId), lockPayment(tx, id), receiptOf(tx, { gateway, tradeNo })])
  return payment && { payment, subject, isKnown: receipts.length > 0 }
}

/** Records a receipt. */
export async function settle(tx: Tx, deps: Deps, { payment, subject, isKnown }: Held, receipt: Receipt): Promise<Outcome> {
  if (isKnown) return 'known'
  const misfit = misfitOf(payment, receipt)
  const settlement: Settlement = misfit ? { accepted: false, reason: misfit } : await payableOf(payment.purpose).settle(tx, deps, payment, subject)
  const reason = settlement.accepted ? null : settlement.reason
  await together([settlement.accepted && settlement.moved, misfit === null && succeed(tx, deps, payment, receipt, settlement.accepted), settlement.accepted && post(tx, settlement.entry)])
  leave(tx, insertReceipt(tx, {
    gateway: payment.gateway, tradeNo: receipt.tradeNo, paymentId: payment.id, amount: receipt.amount, outcome: reason ? 'returned' : 'used', reason, receivedAt: deps.clock.now(),
  }))
  if (!reason) return 'used'
  if (payment.gateway !== 'balance') await returnReceipt(tx, deps, payment, receipt, reason)
  return 'returned'
}

/** Why the money cannot be used, whatever it is for; null when it can. */
function misfitOf(payment: PaymentRow, receipt: Receipt): Misfit | null {
  if (receipt.amount !== payment.amount) return 'wrong_amount'
  if (payment.state === 'created' || payment.state === 'pending' || payment.state === 'expired') return null
  return payment.state === 'failed' ? 'too_late' : 'double_payment'
}

async function succeed(tx: Tx, deps: Deps, payment: PaymentRow, receipt: Receipt, used: boolean): Promise<void> {
  // A payer who paid twice has two trades. When the other one's notification comes first and that of the one we opened
  // never does, only asking finds the money that must go back.
  const isOpened = payment.gateway === 'balance' || receipt.tradeNo === payment.tradeNo
  await transition(tx, deps.clock, paymentLifecycle, payments, {
    id: payment.id, action: 'succeed', actor: 'gateway', key: payment.subjectId, set: { paidAt: receipt.at, tradeNo: receipt.tradeNo, queryAt: isOpened ? null : deps.clock.now() },
    data: { purpose: payment.purpose, subjectId: payment.subjectId, payerId: payment.payerId, amount: payment.amount.toString(), used },
  })
}

/** The money is not ours to keep: it is booked as such, and a refund of this very receipt is under way from now on. */
async function returnReceipt(tx: Tx, deps: Deps, row: PaymentRow, receipt: Receipt, reason: RefundReason): Promise<void> {
  const facts = { paymentId: row.id, payerId: row.payerId, channel: row.channel, amount: receipt.amount }
  await post(tx, receiveSuspense({ ...facts, at: deps.clock.now(), receipt: receipt.tradeNo, ...(row.purpose === 'order' && { orderId: row.subjectId }) }))
  const refund = await requestRefund(tx, deps, { payment: row, tradeNo: receipt.tradeNo, amount: receipt.amount, source: 'suspense', reason })
  await emit(tx, deps.clock, 'payment.returned', { id: row.id, refundId: refund.id, subjectId: row.subjectId, purpose: row.purpose, payerId: row.payerId, amount: receipt.amount.toString(), reason }, row.subjectId)
}
