/** The steps of an order between payment and work. Money that was held goes back in the same transaction. */
import { milestoneLifecycle, orderLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { post, refundEscrow } from '../ledger/index.ts'
import { requestRefund } from '../payments/index.ts'
import { changeDeal, type Deal } from './deal.ts'
import { milestoneFacts, orderFacts } from './facts.ts'
import { moveOn } from './funding.ts'
import { requireSide } from './policy.ts'
import { milestones, orders, type MilestoneRow, type OrderRow } from './tables.ts'

export async function acceptOrder(tx: Tx, deps: Deps, viewer: Viewer, orderId: string): Promise<void> {
  await changeDeal(tx, orderId, async ({ order }) => {
    requireSide(order, viewer, 'provider')
    await transition(tx, deps.clock, orderLifecycle, orders, { id: order.id, action: 'accept', actor: 'provider', actorId: viewer.userId, set: { startedAt: deps.clock.now() }, data: orderFacts(order) })
    await cancelDeadlines(tx, 'order', order.id, 'lapse')
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

type Ending = { action: 'decline' | 'withdraw' | 'expire' | 'lapse', actor: 'buyer' | 'provider' | 'timer', actorId?: string, data?: { reason: string } }

async function end(tx: Tx, deps: Deps, order: OrderRow, { data, ...step }: Ending): Promise<void> {
  await transition(tx, deps.clock, orderLifecycle, orders, { ...step, id: order.id, set: { endedAt: deps.clock.now() }, data: { ...orderFacts(order), ...data } })
  await cancelDeadlines(tx, 'order', order.id)
}

/** Sends all that is held for the order back to the payer, each payment the way it came. */
async function refundHeld(tx: Tx, deps: Deps, { order, milestones: list }: Deal, reason: RefundReason): Promise<void> {
  const held = new Map<string, MilestoneRow[]>()
  for (const milestone of list) {
    if (milestone.state !== 'funded') continue
    if (!milestone.paymentId) throw new Error(`milestone ${milestone.id} is funded by no payment`)
    held.set(milestone.paymentId, [...held.get(milestone.paymentId) ?? [], milestone])
  }
  for (const [paymentId, paid] of [...held].sort(([a], [b]) => (a < b ? -1 : 1))) await refundPayment(tx, deps, order, paymentId, paid, reason)
}

async function refundPayment(tx: Tx, deps: Deps, order: OrderRow, paymentId: string, paid: readonly MilestoneRow[], reason: RefundReason): Promise<void> {
  const refundId = newId()
  const now = deps.clock.now()
  for (const milestone of paid) {
    await post(tx, refundEscrow({ at: now, refundId, orderId: order.id, milestoneId: milestone.id, payerId: order.buyerId, paymentId, amount: milestone.price }))
    await transition(tx, deps.clock, milestoneLifecycle, milestones, { id: milestone.id, action: 'refund', actor: 'system', key: order.id, set: { closedAt: now }, data: { ...milestoneFacts(order, milestone), refundId, reason } })
  }
  await requestRefund(tx, deps, { id: refundId, payment: { id: paymentId }, amount: paid.reduce((total, milestone) => total + milestone.price, 0n), source: 'escrow', reason, orderId: order.id })
}
