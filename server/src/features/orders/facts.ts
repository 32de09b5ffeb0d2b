/** What the events of an order tell, so that nobody who hears one must ask again. Amounts are fen as text. */
import { fen, type Money } from '@miaodan/shared/kernel/money'
import type { FeeTerms } from '../ledger/index.ts'
import type { MilestoneRow, OrderRow } from './tables.ts'

/** `paidAmount` is what the buyer pays: the price less what the coupon gives. */
export function orderFacts(order: OrderRow) {
  return {
    orderId: order.id, number: order.number, title: order.title, buyerId: order.buyerId, providerId: order.providerId, origin: order.origin,
    serviceId: order.serviceId, requirementId: order.requirementId, quoteId: order.quoteId, categoryId: order.categoryId, amount: order.price.toString(), paidAmount: (order.price - order.coupon).toString(),
  }
}

/** `amount` is the milestone's; the order's own is its `orderAmount`. */
export function milestoneFacts(order: OrderRow, milestone: MilestoneRow) {
  return {
    ...orderFacts(order), orderAmount: order.price.toString(), amount: milestone.price.toString(), ...(milestone.coupon > 0n && { coupon: milestone.coupon.toString() }),
    milestoneId: milestone.id, milestoneTitle: milestone.title, position: milestone.position,
  }
}

/** What the provider has of a closed milestone. */
export function netOf(milestone: Pick<MilestoneRow, 'price' | 'refunded' | 'fee'>): Money {
  return fen(milestone.price - milestone.refunded - (milestone.fee ?? 0n))
}

export function feeTermsOf(order: OrderRow): FeeTerms {
  return {
    feeBps: order.feeBps,
    ...(order.feeMinimum === null ? {} : { minimum: order.feeMinimum }),
    ...(order.feeMaximum === null ? {} : { maximum: order.feeMaximum }),
  }
}
