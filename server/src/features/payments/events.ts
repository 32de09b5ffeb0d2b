/** What a gateway tells us, acted on once: each event id is kept under a unique key in the transaction of its effect. */
import { and, eq } from 'drizzle-orm'
import { idSchema } from '@miaodan/shared/kernel/ids'
import { paymentLifecycle } from '@miaodan/shared/payments/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { statement, together, value } from '../../kernel/statement.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { inTransaction } from '../../kernel/tx.ts'
import type { GatewayEvent, PaymentEvent, RefundEvent, TransferEvent } from '../../ports/payments/port.ts'
import { ASK } from './ask.ts'
import type { PaymentRow } from './payables.ts'
import { endPayout } from './payouts.ts'
import { endRefund } from './refunds.ts'
import { findPayment, holdPayment, lockPayment, settle } from './settle.ts'
import { gatewayEvents, payments, payouts, refunds } from './tables.ts'

const insertEvent = statement(db => db.insert(gatewayEvents).values({
  gateway: value('gateway'), eventId: value('eventId'), type: value('type'), subjectId: value('subjectId'), outcome: 'taken', amount: value('amount'), receivedAt: value('receivedAt'),
}).onConflictDoNothing().returning({ eventId: gatewayEvents.eventId }))

/** Takes in a verified event. Doing it again, in any order and at the same time, changes nothing. */
export async function takeEvent(deps: Deps, gateway: string, event: GatewayEvent): Promise<void> {
  await inTransaction(deps.db, async tx => {
    const subjectId = 'outBizNo' in event ? event.outBizNo : 'outRequestNo' in event ? event.outRequestNo : event.outTradeNo
    const id = idSchema.safeParse(subjectId).success ? subjectId : null
    const [fresh, payment] = await together([
      insertEvent(tx, { gateway, eventId: event.eventId, type: event.type, subjectId: id, amount: event.amount.amount, receivedAt: deps.clock.now() }),
      event.type === 'payment.succeeded' && id ? findPayment(tx, id) : undefined,
    ])
    if (fresh.length === 0) return
    const outcome = await act(tx, deps, gateway, event, payment)
    if (outcome === 'taken') return
    deps.log.warn({ gateway, eventId: event.eventId, type: event.type, subjectId, outcome }, 'gateway event not acted on')
    await tx.update(gatewayEvents).set({ outcome }).where(and(eq(gatewayEvents.gateway, gateway), eq(gatewayEvents.eventId, event.eventId)))
  })
}

type EventOutcome = 'taken' | 'unknown_subject' | 'distrusted_amount' | 'late'

async function act(tx: Tx, deps: Deps, gateway: string, event: GatewayEvent, payment: PaymentRow | undefined): Promise<EventOutcome> {
  switch (event.type) {
    case 'payment.succeeded': return paymentSucceeded(tx, deps, gateway, event, payment)
    case 'payment.failed':
    case 'payment.closed': return paymentEnded(tx, deps, gateway, event)
    case 'refund.succeeded':
    case 'refund.failed': return refundEnded(tx, deps, event)
    case 'transfer.paid':
    case 'transfer.failed': return transferEnded(tx, deps, event)
  }
}

/**
 * A right signature over a wrong amount is not believed either way: the gateway is asked how the trade really stands,
 * and its own answer to us decides.
 */
async function paymentSucceeded(tx: Tx, deps: Deps, gateway: string, event: PaymentEvent, found: PaymentRow | undefined): Promise<EventOutcome> {
  const held = found && await holdPayment(tx, found.id, event.tradeNo, found)
  if (held?.payment.gateway !== gateway) return 'unknown_subject'
  const { payment } = held
  if (event.amount.amount !== payment.amount || event.amount.currency !== payment.currency) {
    await tx.update(payments).set({ queryAt: deps.clock.now() }).where(eq(payments.id, payment.id))
    wakeTask(tx, ASK)
    return 'distrusted_amount'
  }
  await settle(tx, deps, held, { tradeNo: event.tradeNo, amount: event.amount.amount, at: event.at })
  return 'taken'
}

/** That a payment failed or was closed only matters while we still wait for it: a success that came first stands. */
async function paymentEnded(tx: Tx, deps: Deps, gateway: string, event: PaymentEvent): Promise<EventOutcome> {
  const row = idSchema.safeParse(event.outTradeNo).success ? await lockPayment(tx, event.outTradeNo) : undefined
  if (row?.gateway !== gateway) return 'unknown_subject'
  const action = event.type === 'payment.failed' ? 'fail' : 'expire'
  if (!canStep(paymentLifecycle, row.state, action)) return 'late'
  await transition(tx, deps.clock, paymentLifecycle, payments, {
    id: row.id, action, actor: action === 'fail' ? 'gateway' : 'timer', key: row.subjectId, set: { failure: event.reason, queryAt: null },
    data: { purpose: row.purpose, subjectId: row.subjectId, payerId: row.payerId },
  })
  return 'taken'
}

async function refundEnded(tx: Tx, deps: Deps, event: RefundEvent): Promise<EventOutcome> {
  const [row] = idSchema.safeParse(event.outRequestNo).success ? await tx.select().from(refunds).where(eq(refunds.id, event.outRequestNo)) : []
  if (!row) return 'unknown_subject'
  if (row.amount !== event.amount.amount) return 'distrusted_amount'
  await endRefund(tx, deps, row, event.type === 'refund.succeeded' ? 'succeeded' : 'credited')
  return 'taken'
}

async function transferEnded(tx: Tx, deps: Deps, event: TransferEvent): Promise<EventOutcome> {
  const [row] = idSchema.safeParse(event.outBizNo).success ? await tx.select().from(payouts).where(eq(payouts.id, event.outBizNo)) : []
  if (!row) return 'unknown_subject'
  if (row.amount !== event.amount.amount) return 'distrusted_amount'
  await endPayout(tx, deps, row, event.type === 'transfer.paid' ? { paid: true, at: event.at } : { paid: false, reason: event.reason ?? 'rejected' })
  return 'taken'
}
