/** Money of milestones goes back to the buyer: booked as on its way, and asked of the payment it came with. The order's row is locked. */
import { milestoneLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { transition } from '../../kernel/transition.ts'
import { post, refundEscrow, refundReleased } from '../ledger/index.ts'
import { requestRefund } from '../payments/index.ts'
import { returnFromCoupon } from '../rewards/index.ts'
import { milestoneFacts } from './facts.ts'
import { couponBack, sumOf } from './money.ts'
import { paymentOf, takeFromPayments } from './top-ups.ts'
import { milestones, type MilestoneRow, type OrderRow } from './tables.ts'

type Part = { milestone: MilestoneRow, amount: bigint }
/** `amount` of the milestone goes back: `coupon` of it to who bore the coupon, the rest to the buyer through the payment. */
type Piece = Part & { paymentId: string, coupon: bigint }

/**
 * One refund for each payment, in the order of their ids, so that two of these never wait for each other in a circle.
 * @returns what of it all went back to who bore the coupon.
 */
export async function refundFromEscrow(tx: Tx, deps: Deps, order: OrderRow, parts: readonly Part[], reason: RefundReason): Promise<bigint> {
  const pieces: Piece[] = []
  for (const part of parts) pieces.push(...await piecesOf(tx, part))
  const byPayment = Map.groupBy(pieces, ({ paymentId }) => paymentId)
  for (const [paymentId, paid] of [...byPayment].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const refundId = newId()
    for (const { milestone, amount, coupon } of paid) {
      await post(tx, refundEscrow({ at: deps.clock.now(), refundId, orderId: order.id, milestoneId: milestone.id, payerId: order.buyerId, paymentId, amount, coupon }))
    }
    await giveBack(tx, deps, order, refundId, paid, reason)
  }
  return sumOf(pieces, ({ coupon }) => coupon)
}

/** Through which payments it goes back. The coupon's share goes with the first. */
async function piecesOf(tx: Tx, { milestone, amount }: Part): Promise<Piece[]> {
  const coupon = couponBack(milestone, amount)
  const pieces = (await takeFromPayments(tx, milestone, amount - coupon)).map(piece => ({ ...piece, milestone, coupon: 0n }))
  const [first, ...rest] = pieces.length > 0 || coupon === 0n ? pieces : [{ paymentId: paymentOf(milestone), amount: 0n, milestone, coupon: 0n }]
  return first ? [{ ...first, amount: first.amount + coupon, coupon }, ...rest] : []
}

/** What is booked for this refund is asked of the payment, and what the coupon had given counts as returned. */
async function giveBack(tx: Tx, deps: Deps, order: OrderRow, id: string, pieces: readonly Piece[], reason: RefundReason): Promise<void> {
  const coupon = sumOf(pieces, piece => piece.coupon)
  const amount = sumOf(pieces, piece => piece.amount) - coupon
  const [first] = pieces
  if (first && amount > 0n) await requestRefund(tx, deps, { id, payment: { id: first.paymentId }, amount, source: 'escrow', reason, orderId: order.id })
  if (order.couponId && coupon > 0n) await returnFromCoupon(tx, deps, order.couponId, coupon)
}

/** From what a refund request has frozen of a released milestone. @returns the shares of the fee and of the coupon that were given back. */
export async function refundFromFrozen(tx: Tx, deps: Deps, order: OrderRow, part: Part, reason: RefundReason, requestId: string): Promise<{ fee: bigint, coupon: bigint }> {
  const pieces = await piecesOf(tx, part)
  let fees = 0n
  for (const piece of pieces) {
    const refundId = newId()
    const { fee } = await refundReleased(tx, {
      at: deps.clock.now(), refundId, orderId: order.id, milestoneId: part.milestone.id, providerId: order.providerId, payerId: order.buyerId, amount: piece.amount, coupon: piece.coupon, frozenBy: requestId,
    })
    await giveBack(tx, deps, order, refundId, [piece], reason)
    fees += fee
  }
  return { fee: fees, coupon: sumOf(pieces, ({ coupon }) => coupon) }
}

export async function closeAsRefunded(tx: Tx, deps: Deps, order: OrderRow, milestone: MilestoneRow, reason: RefundReason): Promise<void> {
  await transition(tx, deps.clock, milestoneLifecycle, milestones, {
    id: milestone.id, action: 'refund', actor: 'system', key: order.id, set: { closedAt: deps.clock.now(), refunded: milestone.price, couponRefunded: milestone.coupon }, data: { ...milestoneFacts(order, milestone), reason },
  })
}
