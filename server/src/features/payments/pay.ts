/** Starting a payment: naming the price, then either taking it from the balance at once or opening it at the gateway. */
import { and, eq, inArray } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { formatMoney, type Money } from '@miaodan/shared/kernel/money'
import { ProblemError } from '@miaodan/shared/kernel/problem'
import { after } from '@miaodan/shared/kernel/time'
import { paymentLifecycle } from '@miaodan/shared/payments/lifecycle'
import type { PaymentChannel, PaymentPurpose } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { scheduleDeadline } from '../../kernel/deadlines.ts'
import { newId } from '../../kernel/ids.ts'
import { statement, together, value } from '../../kernel/statement.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { transition } from '../../kernel/transition.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { GatewayRefused, GatewayUnavailable } from '../../ports/payments/errors.ts'
import type { Channel } from '../../ports/payments/port.ts'
import { payableOf, type PaymentRow } from './payables.ts'
import { settle } from './settle.ts'
import { payments } from './tables.ts'

/** When to ask a silent gateway for the first time. */
const FIRST_QUERY_AFTER = { seconds: 20 }

export type Wanted = { purpose: PaymentPurpose, subjectId: string, channel: PaymentChannel, milestoneIds?: readonly string[] | undefined, changeId?: string | undefined, amount: Money }

const insertPayment = statement(db => db.insert(payments).values({
  id: value('id'), purpose: value('purpose'), subjectId: value('subjectId'), parts: value('parts'), title: value('title'), payerId: value('payerId'), amount: value('amount'), coupon: value('coupon'),
  gateway: value('gateway'), channel: value('channel'), state: paymentLifecycle.initial, expiresAt: value('expiresAt'), createdAt: value('createdAt'),
}).returning())

const openPayments = statement(db => db.select().from(payments).where(and(eq(payments.subjectId, value('subjectId')), eq(payments.payerId, value('payerId')),
  eq(payments.channel, value('channel')), inArray(payments.state, ['created', 'pending']))))

/**
 * Records the intention to pay. From the balance the money moves in the same transaction. An open payment of the same
 * kind is used again, so that going back and forth in the browser does not pile up payments.
 */
export async function createPayment(tx: Tx, deps: Deps, payerId: string, wanted: Wanted): Promise<{ payment: PaymentRow, isNew: boolean }> {
  const payable = payableOf(wanted.purpose)
  const fromBalance = wanted.channel === 'balance'
  const [bill, open] = await together([
    payable.bill(tx, deps, wanted.subjectId, payerId, { ...(wanted.milestoneIds && { milestoneIds: wanted.milestoneIds }), ...(wanted.changeId && { changeId: wanted.changeId }) }),
    fromBalance ? [] : openPayments(tx, { subjectId: wanted.subjectId, payerId, channel: wanted.channel }),
  ])
  if (bill.amount.amount !== wanted.amount.amount) throw problem('payments.amount_changed', { amount: formatMoney(bill.amount) }, { field: 'body.amount' })
  const now = deps.clock.now()
  if (bill.expiresAt <= now) throw problem('payments.not_payable')
  const reusable = open.find(row => JSON.stringify(row.parts) === JSON.stringify(bill.parts))
  if (reusable?.amount === bill.amount.amount && reusable.coupon === (bill.coupon?.amount ?? 0n)) return { payment: reusable, isNew: false }
  const subject = fromBalance ? await payable.lock(tx, wanted.subjectId) : undefined
  const [payment] = await insertPayment(tx, {
    id: newId(), purpose: wanted.purpose, subjectId: wanted.subjectId, parts: bill.parts, title: bill.title, payerId, amount: bill.amount.amount, coupon: bill.coupon?.amount ?? 0n,
    gateway: fromBalance ? 'balance' : deps.gateway.name, channel: wanted.channel, expiresAt: bill.expiresAt, createdAt: now,
  })
  if (!payment) throw new Error('the payment was not inserted')
  if (fromBalance) {
    const outcome = await settle(tx, deps, { payment, subject, isKnown: false }, { tradeNo: payment.id, amount: payment.amount, at: now }).catch(error => {
      throw error instanceof ProblemError && error.code === 'ledger.insufficient_balance' ? problem('payments.balance_too_low') : error
    })
    if (outcome !== 'used') throw problem('payments.not_payable')
    return { payment: await rereadPayment(tx, payment.id), isNew: true }
  }
  await scheduleDeadline(tx, { entity: 'payment', entityId: payment.id, action: 'expire', dueAt: payment.expiresAt })
  return { payment, isNew: true }
}

async function rereadPayment(tx: Tx, id: string): Promise<PaymentRow> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, id))
  if (!row) throw new Error(`payment ${id} is gone`)
  return row
}

/** Opens the payment at the gateway. Between the two transactions stands the network, which knows the payment by our id: repeating is harmless. */
export async function openAtGateway(deps: Deps, payment: PaymentRow): Promise<void> {
  if (payment.state === 'pending' && payment.cashierUrl) return
  if (payment.state !== 'created' && payment.state !== 'pending') throw problem('payments.closed')
  const { publicUrl } = deps.config
  const opened = await deps.gateway.createPayment({
    outTradeNo: payment.id, amount: { amount: payment.amount, currency: payment.currency }, subject: payment.title.slice(0, 128), channel: payment.channel as Channel,
    notifyUrl: `${deps.config.callbackUrl}/api/v1/callbacks/${deps.gateway.name}`, returnUrl: `${publicUrl}/payments/${payment.id}/return`, expireAt: payment.expiresAt,
  }).catch(error => {
    if (error instanceof GatewayRefused) throw problem('payments.gateway_refused')
    if (error instanceof GatewayUnavailable) throw problem('payments.gateway_unavailable')
    throw error
  })
  await inTransaction(deps.db, async tx => {
    const [current] = await tx.select().from(payments).where(eq(payments.id, payment.id)).for('update')
    if (current?.state !== 'created') return
    await transition(tx, deps.clock, paymentLifecycle, payments, {
      id: payment.id, action: 'redirect', actor: 'buyer', actorId: payment.payerId, key: payment.subjectId,
      set: { tradeNo: opened.tradeNo, cashierUrl: opened.cashierUrl, queryAt: after(deps.clock.now(), FIRST_QUERY_AFTER) },
    })
    wakeTask(tx, 'payments.ask')
  })
}
