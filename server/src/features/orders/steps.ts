/** The steps of an order between payment and work. Money that was held goes back in the same transaction. */
import { orderLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { releaseCoupon, spendCoupon } from '../rewards/index.ts'
import { changeDeal, type Deal } from './deal.ts'
import { orderFacts } from './facts.ts'
import { moveOn } from './funding.ts'
import { closeAsRefunded, refundFromEscrow } from './giving-back.ts'
import { requireSide } from './policy.ts'
import { orders, type OrderRow } from './tables.ts'

export async function acceptOrder(tx: Tx, deps: Deps, viewer: Viewer, orderId: string): Promise<void> {
  await changeDeal(tx, orderId, async ({ order }) => {
    requireSide(order, viewer, 'provider')
    await transition(tx, deps.clock, orderLifecycle, orders, { id: order.id, action: 'accept', actor: 'provider', actorId: viewer.userId, set: { startedAt: deps.clock.now() }, data: orderFacts(order) })
    await cancelDeadlines(tx, 'order', order.id, 'lapse')
    if (order.couponId) await spendCoupon(tx, deps, order.couponId)
    await moveOn(tx, deps, order.id)
  })
}

export async function declineOrder(tx: Tx, deps: Deps, viewer: Viewer, orderId: string, reason: string): Promise<void> {
  await changeDeal(tx, orderId, async deal => {
    requireSide(deal.order, viewer, 'provider')
    await end(tx, deps, deal.order, { action: 'decline', actor: 'provider', actorId: viewer.userId, data: { reason } })
    await refundHeld(tx, deps, deal, 'declined')
  })
}

export async function withdrawOrder(tx: Tx, deps: Deps, viewer: Viewer, orderId: string): Promise<void> {
  await changeDeal(tx, orderId, async ({ order }) => {
    requireSide(order, viewer, 'buyer')
    await end(tx, deps, order, { action: 'withdraw', actor: 'buyer', actorId: viewer.userId })
  })
}

/** The deadline of payment. A payment that was faster has taken the order out of this state. */
export async function expireOrder(tx: Tx, deps: Deps, orderId: string): Promise<void> {
  await changeDeal(tx, orderId, async ({ order }) => {
    if (canStep(orderLifecycle, order.state, 'expire')) await end(tx, deps, order, { action: 'expire', actor: 'timer' })
  })
}

/** Nobody accepted in time: the buyer is refunded at once. */
export async function lapseOrder(tx: Tx, deps: Deps, orderId: string): Promise<void> {
  await changeDeal(tx, orderId, async deal => {
    if (!canStep(orderLifecycle, deal.order.state, 'lapse')) return
    await end(tx, deps, deal.order, { action: 'lapse', actor: 'timer' })
    await refundHeld(tx, deps, deal, 'not_accepted')
  })
}

/** The buyer changes their mind before the provider has accepted. */
export async function recallOrder(tx: Tx, deps: Deps, viewer: Viewer, orderId: string): Promise<void> {
  await changeDeal(tx, orderId, async deal => {
    requireSide(deal.order, viewer, 'buyer')
    await end(tx, deps, deal.order, { action: 'recall', actor: 'buyer', actorId: viewer.userId })
    await refundHeld(tx, deps, deal, 'not_accepted')
  })
}

type Ending = { action: 'decline' | 'recall' | 'withdraw' | 'expire' | 'lapse', actor: 'buyer' | 'provider' | 'timer', actorId?: string, data?: { reason: string } }

async function end(tx: Tx, deps: Deps, order: OrderRow, { data, ...step }: Ending): Promise<void> {
  await transition(tx, deps.clock, orderLifecycle, orders, { ...step, id: order.id, set: { endedAt: deps.clock.now() }, data: { ...orderFacts(order), ...data } })
  await cancelDeadlines(tx, 'order', order.id)
  if (order.couponId) await releaseCoupon(tx, deps, order.couponId, 'system')
}

/** Sends all that is held for the order back to the payer, each payment the way it came. */
async function refundHeld(tx: Tx, deps: Deps, { order, milestones: list }: Deal, reason: RefundReason): Promise<void> {
  const held = list.filter(milestone => milestone.state === 'funded')
  await refundFromEscrow(tx, deps, order, held.map(milestone => ({ milestone, amount: milestone.price })), reason)
  for (const milestone of held) await closeAsRefunded(tx, deps, order, milestone, reason)
}
