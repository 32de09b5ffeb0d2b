/** The life of a change order. Every step is taken under the lock of the order's row. */
import { and, count, eq, inArray, sql } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { formatMoney, type Money } from '@miaodan/shared/kernel/money'
import { ProblemError } from '@miaodan/shared/kernel/problem'
import { after } from '@miaodan/shared/kernel/time'
import { changeEffectSchema, changeLineSchema, changeTermsSchema, type ChangeTerms } from '@miaodan/shared/orders/change-model'
import { changeOrderLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { Side } from '@miaodan/shared/orders/model'
import { CHANGE_ANSWERED_WITHIN, CHANGE_PAID_WITHIN } from '@miaodan/shared/orders/rules'
import type { Deps } from '../../deps.ts'
import { constraintOf, type Executor, type Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { applyChange, checklistsOf } from './change-apply.ts'
import { outcomeOf, type Outcome } from './change-terms.ts'
import { changeDeal, type Deal } from './deal.ts'
import { orderFacts } from './facts.ts'
import { sideOf } from './policy.ts'
import { changeOrders, type ChangeOrderRow, type OrderRow } from './tables.ts'

const OPEN_CHANGES = ['proposed', 'awaiting_payment'] as const
const ENTITY = changeOrderLifecycle.name

export const outcomeNow = async (executor: Executor, deal: Deal, terms: ChangeTerms): Promise<Outcome> => outcomeOf(deal, await checklistsOf(executor, deal), terms)
export const storedTerms = (change: Pick<ChangeOrderRow, 'terms'>): ChangeTerms => z.decode(changeTermsSchema, change.terms)
const stored = ({ lines, effect }: Outcome) => ({ lines: z.encode(z.array(changeLineSchema), lines), effect: z.encode(changeEffectSchema, effect) })

/** What its events tell. `otherId` is who did not take the step. */
export function changeFacts(order: OrderRow, change: Pick<ChangeOrderRow, 'side' | 'number'>, { effect }: Pick<Outcome, 'effect'>, by?: Side) {
  const proposerId = change.side === 'buyer' ? order.buyerId : order.providerId
  return {
    ...orderFacts(order), change: change.number, proposerId, answererId: proposerId === order.buyerId ? order.providerId : order.buyerId,
    otherId: by === 'buyer' ? order.providerId : by === 'provider' ? order.buyerId : proposerId,
    payAmount: effect.pay.amount.toString(), refundAmount: effect.refund.amount.toString(),
  }
}

export async function proposeChange(tx: Tx, deps: Deps, viewer: Viewer, orderId: string, { reason, ...terms }: ChangeTerms & { reason: string }): Promise<string> {
  return withOpenChange(tx, orderId, async deal => {
    const side = requireParty(deal.order, viewer)
    const outcome = await outcomeNow(tx, deal, terms)
    const now = deps.clock.now()
    const [before] = await tx.select({ count: count() }).from(changeOrders).where(eq(changeOrders.orderId, orderId))
    const row = {
      id: newId(), orderId, number: (before?.count ?? 0) + 1, state: changeOrderLifecycle.initial, side, proposedBy: viewer.userId, reason,
      terms: z.encode(changeTermsSchema, terms), ...stored(outcome), answerBy: after(now, CHANGE_ANSWERED_WITHIN), createdAt: now,
    }
    await tx.insert(changeOrders).values(row).catch(error => {
      throw constraintOf(error) === 'change_orders_open' ? problem('orders.change_open') : error
    })
    await scheduleDeadline(tx, { entity: ENTITY, entityId: row.id, action: 'lapse', dueAt: row.answerBy })
    await emit(tx, deps.clock, `${ENTITY}.proposed`, { id: row.id, ...changeFacts(deal.order, row, outcome, side), actorId: viewer.userId, reason }, orderId)
    return row.id
  })
}

/** `seen` is what the person was shown: milestones may have been paid since. */
export async function agreeToChange(tx: Tx, deps: Deps, viewer: Viewer, id: string, seen: { pay: Money, refund: Money }): Promise<void> {
  await withChange(tx, viewer, id, async (deal, change, side) => {
    if (side === change.side) throw problem('kernel.forbidden')
    if (change.state !== 'proposed' || change.answerBy <= deps.clock.now()) throw problem('kernel.illegal_transition')
    const outcome = await outcomeNow(tx, deal, storedTerms(change))
    const { pay, refund } = outcome.effect
    if (pay.amount !== seen.pay.amount || refund.amount !== seen.refund.amount) throw problem('orders.change_moved', { pay: formatMoney(pay), refund: formatMoney(refund) })
    const step = { id, actor: side, actorId: viewer.userId, key: deal.order.id, data: changeFacts(deal.order, change, outcome, side) }
    await cancelDeadlines(tx, ENTITY, id)
    if (pay.amount > 0n) {
      const payBy = after(deps.clock.now(), CHANGE_PAID_WITHIN)
      await transition(tx, deps.clock, changeOrderLifecycle, changeOrders, { ...step, action: 'agree_to_pay', set: { ...stored(outcome), payBy } })
      await scheduleDeadline(tx, { entity: ENTITY, entityId: id, action: 'expire', dueAt: payBy })
    } else {
      await applyChange(tx, deps, deal, outcome, null)
      await transition(tx, deps.clock, changeOrderLifecycle, changeOrders, { ...step, action: 'agree', set: { ...stored(outcome), endedAt: deps.clock.now() } })
    }
  })
}

export async function rejectChange(tx: Tx, deps: Deps, viewer: Viewer, id: string, answer: string): Promise<void> {
  await withChange(tx, viewer, id, async (deal, change, side) => {
    if (side === change.side) throw problem('kernel.forbidden')
    await end(tx, deps, deal.order, change, { action: 'reject', actor: side, actorId: viewer.userId, set: { answer: answer || null } })
  })
}

/** A proposal is its proposer's to take back; one that is agreed and not paid the buyer's. */
export async function withdrawChange(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  await withChange(tx, viewer, id, async (deal, change, side) => {
    if (side !== (change.state === 'awaiting_payment' ? 'buyer' : change.side)) throw problem('kernel.forbidden')
    await end(tx, deps, deal.order, change, { action: 'withdraw', actor: side, actorId: viewer.userId })
  })
}

/** The deadline of the answer. */
export const lapseChange = (tx: Tx, deps: Deps, id: string): Promise<void> => endIfPossible(tx, deps, id, 'lapse', 'timer')
/** The deadline of the payment. */
export const expireChange = (tx: Tx, deps: Deps, id: string): Promise<void> => endIfPossible(tx, deps, id, 'expire', 'timer')

/** A milestone of the order was closed: an open change order about it is over. */
export async function overtakeChange(tx: Tx, deps: Deps, orderId: string): Promise<void> {
  const [open] = await tx.select().from(changeOrders).where(and(eq(changeOrders.orderId, orderId), inArray(changeOrders.state, OPEN_CHANGES)))
  if (open) await endIfPossible(tx, deps, open.id, 'overtake', 'system')
}

async function endIfPossible(tx: Tx, deps: Deps, id: string, action: 'lapse' | 'expire' | 'overtake', actor: 'timer' | 'system'): Promise<void> {
  const [known] = await tx.select({ orderId: changeOrders.orderId }).from(changeOrders).where(eq(changeOrders.id, id))
  if (!known) return
  await withOpenChange(tx, known.orderId, async deal => {
    const change = await lockChange(tx, id)
    if (!canStep(changeOrderLifecycle, change.state, action)) return
    if (action === 'overtake' && await stillPossible(tx, deal, change)) return
    await end(tx, deps, deal.order, change, { action, actor })
  })
}

async function stillPossible(tx: Tx, deal: Deal, change: ChangeOrderRow): Promise<boolean> {
  try {
    await outcomeNow(tx, deal, storedTerms(change))
    return true
  } catch (error) {
    // A refund that is asked may come to nothing: then the change can still be agreed to.
    if (error instanceof ProblemError) return error.code === 'orders.refund_open'
    throw error
  }
}

type Ending = { action: 'reject' | 'withdraw' | 'lapse' | 'expire' | 'overtake', actor: Side | 'timer' | 'system', actorId?: string, set?: { answer: string | null } }

async function end(tx: Tx, deps: Deps, order: OrderRow, change: ChangeOrderRow, { set, ...step }: Ending): Promise<void> {
  const by = step.actor === 'buyer' || step.actor === 'provider' ? step.actor : undefined
  const effect = z.decode(changeEffectSchema, change.effect)
  await transition(tx, deps.clock, changeOrderLifecycle, changeOrders, {
    ...step, id: change.id, key: order.id, set: { ...set, endedAt: deps.clock.now() }, data: { ...changeFacts(order, change, { effect }, by), ...(set?.answer && { reason: set.answer }) },
  })
  await cancelDeadlines(tx, ENTITY, change.id)
}

/** As `changeDeal`; afterwards the order's row also says for whom its open change waits. */
async function withOpenChange<T>(tx: Tx, orderId: string, work: (deal: Deal) => Promise<T>): Promise<T> {
  return changeDeal(tx, orderId, async deal => {
    const result = await work(deal)
    await keepOpenChange(tx, orderId)
    return result
  })
}

/** Who is to answer or to pay, and until when; nobody when no change is open. */
export async function keepOpenChange(tx: Tx, orderId: string): Promise<void> {
  await tx.execute(sql`
    update orders set (change_for, change_step, change_at) = (
      select case when state = 'awaiting_payment' or side = 'provider' then 'buyer' else 'provider' end, case state when 'proposed' then 'answer' else 'pay' end, case state when 'proposed' then answer_by else pay_by end
      from change_orders where order_id = ${orderId} and state in ('proposed', 'awaiting_payment'))
    where id = ${orderId}`)
}

/** Runs a step of one of the two sides. @throws problem `kernel.not_found` for everybody else */
async function withChange(tx: Tx, viewer: Viewer, id: string, work: (deal: Deal, change: ChangeOrderRow, side: Side) => Promise<void>): Promise<void> {
  const [known] = await tx.select({ orderId: changeOrders.orderId }).from(changeOrders).where(eq(changeOrders.id, id))
  if (!known) throw problem('kernel.not_found')
  await withOpenChange(tx, known.orderId, async deal => {
    const side = requireParty(deal.order, viewer)
    await work(deal, await lockChange(tx, id), side)
  })
}

function requireParty(order: OrderRow, viewer: Viewer): Side {
  const side = sideOf(order, viewer.userId)
  if (!side) throw problem('kernel.not_found')
  return side
}

/** After the order's row. @throws problem `kernel.not_found` */
export async function lockChange(tx: Tx, id: string): Promise<ChangeOrderRow> {
  const [row] = await tx.select().from(changeOrders).where(eq(changeOrders.id, id)).for('update')
  if (!row) throw problem('kernel.not_found')
  return row
}
