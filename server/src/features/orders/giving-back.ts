/** Money of milestones goes back to the buyer: booked as on its way, and asked of the payment it came with. The order's row is locked. */
import { milestoneLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { transition } from '../../kernel/transition.ts'
import { post, refundEscrow, refundReleased } from '../ledger/index.ts'
import { requestRefund } from '../payments/index.ts'
import { milestoneFacts } from './facts.ts'
import { takeFromPayments } from './top-ups.ts'
import { milestones, type MilestoneRow, type OrderRow } from './tables.ts'

type Part = { milestone: MilestoneRow, amount: bigint }

/** One refund for each payment, in the order of their ids, so that two of these never wait for each other in a circle. */
export async function refundFromEscrow(tx: Tx, deps: Deps, order: OrderRow, parts: readonly Part[], reason: RefundReason): Promise<void> {
  const byPayment = new Map<string, Part[]>()
  for (const { milestone, amount: whole } of parts) {
    for (const { paymentId, amount } of await takeFromPayments(tx, milestone, whole)) byPayment.set(paymentId, [...byPayment.get(paymentId) ?? [], { milestone, amount }])
  }
  for (const [paymentId, paid] of [...byPayment].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const refundId = newId()
    for (const { milestone, amount } of paid) {
      await post(tx, refundEscrow({ at: deps.clock.now(), refundId, orderId: order.id, milestoneId: milestone.id, payerId: order.buyerId, paymentId, amount }))
    }
    await requestRefund(tx, deps, { id: refundId, payment: { id: paymentId }, amount: paid.reduce((total, { amount }) => total + amount, 0n), source: 'escrow', reason, orderId: order.id })
  }
}

/** From what a refund request has frozen of a released milestone. @returns the share of the fee the platform gave back. */
export async function refundFromFrozen(tx: Tx, deps: Deps, order: OrderRow, { milestone, amount }: Part, reason: RefundReason, requestId: string): Promise<bigint> {
  let fees = 0n
  for (const piece of await takeFromPayments(tx, milestone, amount)) {
    const refundId = newId()
    const { fee } = await refundReleased(tx, {
      at: deps.clock.now(), refundId, orderId: order.id, milestoneId: milestone.id, providerId: order.providerId, payerId: order.buyerId, amount: piece.amount, frozenBy: requestId,
    })
    await requestRefund(tx, deps, { id: refundId, payment: { id: piece.paymentId }, amount: piece.amount, source: 'escrow', reason, orderId: order.id })
    fees += fee
  }
  return fees
}

export async function closeAsRefunded(tx: Tx, deps: Deps, order: OrderRow, milestone: MilestoneRow, reason: RefundReason): Promise<void> {
  await transition(tx, deps.clock, milestoneLifecycle, milestones, {
    id: milestone.id, action: 'refund', actor: 'system', key: order.id, set: { closedAt: deps.clock.now(), refunded: milestone.price }, data: { ...milestoneFacts(order, milestone), reason },
  })
}
