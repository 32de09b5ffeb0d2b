/** Money for milestones has come: the order moves on, the milestones are funded, and the first of them starts. */
import { after } from '@miaodan/shared/kernel/time'
import { milestoneLifecycle, orderLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import { together } from '../../kernel/statement.ts'
import { transition } from '../../kernel/transition.ts'
import { spendCoupon } from '../rewards/index.ts'
import { currentMilestone, isClosed, readDeal, turnOf, type Deal } from './deal.ts'
import { milestoneFacts, orderFacts } from './facts.ts'
import { milestones, orders, type MilestoneRow, type OrderRow } from './tables.ts'

/** Paid, and accepted already: work begins. */
export async function startOrder(tx: Tx, deps: Deps, order: OrderRow, actor: 'gateway' | 'system'): Promise<void> {
  await together([
    cancelDeadlines(tx, 'order', order.id, 'expire'),
    transition(tx, deps.clock, orderLifecycle, orders, { id: order.id, action: 'start', actor, set: { startedAt: deps.clock.now() }, data: orderFacts(order) }),
    order.couponId && spendCoupon(tx, deps, order.couponId),
  ])
}

/** Paid; the provider has until `acceptBy` to take it, and it is their turn. */
export async function payOrder(tx: Tx, deps: Deps, { order, milestones }: Deal): Promise<void> {
  const acceptBy = after(deps.clock.now(), order.rules.acceptWithin)
  const turn = turnOf({ order: { ...order, state: 'paid', acceptBy }, milestones })
  await together([
    transition(tx, deps.clock, orderLifecycle, orders, { id: order.id, action: 'pay', actor: 'gateway', set: { acceptBy, ...turn }, data: { ...orderFacts(order), acceptBy: acceptBy.toISOString() } }),
    scheduleDeadline(tx, { entity: 'order', entityId: order.id, action: 'lapse', dueAt: acceptBy, instead: 'expire' }),
  ])
}

/** The order's row is locked. Afterwards `moveOn` when the order is under way. */
export async function fundMilestones(tx: Tx, deps: Deps, order: OrderRow, list: readonly MilestoneRow[], by: { paymentId: string, actor: 'gateway' | 'system' }): Promise<void> {
  await together(list.map(milestone => transition(tx, deps.clock, milestoneLifecycle, milestones, {
    id: milestone.id, action: 'fund', actor: by.actor, key: order.id, set: { paymentId: by.paymentId, fundedAt: deps.clock.now() },
    data: { ...milestoneFacts(order, milestone), paymentId: by.paymentId },
  })))
}

/** Starts the next milestone when its money is there and nothing is under way; ends the order when all are closed. */
export async function moveOn(tx: Tx, deps: Deps, orderId: string): Promise<void> {
  const deal = await readDeal(tx, orderId)
  if (!deal) throw new Error(`order ${orderId} is gone`)
  const { order } = deal
  if (order.state !== 'in_progress') return
  const current = currentMilestone(deal.milestones)
  const now = deps.clock.now()
  if (!current) {
    if (!deal.milestones.every(isClosed)) return
    const action = deal.milestones.every(milestone => milestone.state === 'refunded') ? 'call_off' : 'complete'
    await transition(tx, deps.clock, orderLifecycle, orders, { id: order.id, action, actor: 'system', set: { endedAt: now }, data: { ...orderFacts(order), onTime: wasOnTime(deal.milestones) } })
  } else if (current.state === 'funded') {
    const dueAt = after(now, { days: current.days })
    await transition(tx, deps.clock, milestoneLifecycle, milestones, {
      id: current.id, action: 'start', actor: 'system', key: order.id, set: { startedAt: now, dueAt }, data: { ...milestoneFacts(order, current), dueAt: dueAt.toISOString() },
    })
  }
}

/** Every milestone that was delivered came in time. Null when nothing was delivered. */
function wasOnTime(list: readonly MilestoneRow[]): boolean | null {
  const delivered = list.filter(milestone => milestone.onTime !== null)
  return delivered.length === 0 ? null : delivered.every(milestone => milestone.onTime)
}
