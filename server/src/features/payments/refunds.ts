/**
 * Refunds to the payer's own channel. The money is booked as on its way when the refund is asked for; the gateway is
 * called by a task, repeated until it answers, and what it cannot return ends in the payer's balance with a notice.
 */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { paymentLifecycle } from '@miaodan/shared/payments/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { transition } from '../../kernel/transition.ts'
import { creditRefund, creditSuspense, post, refundSent, returnSuspense } from '../ledger/index.ts'
import type { PaymentRow } from './payables.ts'
import { payments, refunds } from './tables.ts'

export type RefundRow = typeof refunds.$inferSelect
export const SEND_REFUNDS = 'payments.send-refunds'

export type NewRefund = {
  id?: string
  payment: Pick<PaymentRow, 'id'>
  /** The receipt to return; the used one unless given. */
  tradeNo?: string
  amount: bigint
  source: 'escrow' | 'suspense'
  reason: RefundReason
  orderId?: string
}

/**
 * Asks for a refund. With the source `escrow` the caller has posted the money to refund:<payer>:<id> in this same
 * transaction. What was paid from the balance is back there at once.
 */
export async function requestRefund(tx: Tx, deps: Deps, request: NewRefund): Promise<RefundRow> {
  const [payment] = await tx.select().from(payments).where(eq(payments.id, request.payment.id)).for('update')
  if (!payment) throw new Error(`payment ${request.payment.id} is gone`)
  const fromBalance = payment.gateway === 'balance'
  const now = deps.clock.now()
  const [refund] = await tx.insert(refunds).values({
    id: request.id ?? newId(), paymentId: payment.id, payerId: payment.payerId, orderId: request.orderId ?? (payment.purpose === 'order' ? payment.subjectId : null),
    tradeNo: fromBalance ? null : request.tradeNo ?? payment.tradeNo, amount: request.amount, source: request.source, reason: request.reason,
    state: 'requested', nextAttemptAt: fromBalance ? null : sql`now()`, createdAt: now,
  }).returning()
  if (!refund) throw new Error('the refund was not inserted')
  if (request.source === 'escrow') await countRefund(tx, deps, payment, request.amount)
  if (fromBalance) return endRefund(tx, deps, refund, 'credited')
  wakeTask(tx, SEND_REFUNDS)
  return refund
}

/** A refund of used money shows on its payment; a returned receipt never counted as paid. */
async function countRefund(tx: Tx, deps: Deps, payment: PaymentRow, amount: bigint): Promise<void> {
  const refundedAmount = payment.refundedAmount + amount
  if (refundedAmount > payment.amount) throw new Error(`refunds of payment ${payment.id} would exceed it`)
  await transition(tx, deps.clock, paymentLifecycle, payments, {
    id: payment.id, action: payment.state === 'succeeded' ? 'refund' : 'refund_again', actor: 'system', key: payment.subjectId, set: { refundedAmount }, data: { amount: amount.toString() },
  })
}

/** The refund is over: at the payer's channel (`succeeded`) or in their balance (`credited`). Only the first end counts. */
export async function endRefund(tx: Tx, deps: Deps, refund: Pick<RefundRow, 'id'>, end: 'succeeded' | 'credited'): Promise<RefundRow> {
  const at = deps.clock.now()
  const [ended] = await tx.update(refunds).set({ state: end, settledAt: at, nextAttemptAt: null, claimedUntil: null })
    .where(and(eq(refunds.id, refund.id), inArray(refunds.state, ['requested', 'processing']))).returning()
  if (!ended) {
    const [already] = await tx.select().from(refunds).where(eq(refunds.id, refund.id))
    if (!already) throw new Error(`refund ${refund.id} is gone`)
    return already
  }
  const [payment] = await tx.select().from(payments).where(eq(payments.id, ended.paymentId)).for('update')
  if (!payment) throw new Error(`payment ${ended.paymentId} is gone`)
  const facts = { at, payerId: ended.payerId, paymentId: ended.paymentId, amount: ended.amount, ...(ended.orderId && { orderId: ended.orderId }) }
  if (ended.source === 'suspense') await post(tx, suspenseEntry(payment, ended, end, facts))
  else await post(tx, end === 'succeeded' ? refundSent({ ...facts, refundId: ended.id, channel: payment.channel }) : creditRefund({ ...facts, refundId: ended.id }))
  if (ended.source === 'escrow' && payment.state === 'refunding') await finishPayment(tx, deps, payment)
  await emit(tx, deps.clock, `refund.${end}`, { id: ended.id, paymentId: payment.id, subjectId: payment.subjectId, purpose: payment.purpose, payerId: ended.payerId, amount: ended.amount.toString(), reason: ended.reason }, payment.subjectId)
  return ended
}

type SuspenseFacts = { at: Date, payerId: string, paymentId: string, amount: bigint }

function suspenseEntry(payment: PaymentRow, refund: RefundRow, end: 'succeeded' | 'credited', facts: SuspenseFacts) {
  const receipt = refund.tradeNo as string
  return end === 'succeeded'
    ? returnSuspense({ ...facts, channel: payment.channel, receipt })
    : creditSuspense({ ...facts, channel: payment.channel, receipt })
}

/** When no refund of it is under way any more, the payment reads as refunded (partly or fully). */
async function finishPayment(tx: Tx, deps: Deps, payment: PaymentRow): Promise<void> {
  const [open] = await tx.select({ count: sql<string>`count(*)` }).from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), eq(refunds.source, 'escrow'), inArray(refunds.state, ['requested', 'processing'])))
  if (Number(open?.count) > 0) return
  await transition(tx, deps.clock, paymentLifecycle, payments, { id: payment.id, action: 'settle_refund', actor: 'gateway', key: payment.subjectId })
}
