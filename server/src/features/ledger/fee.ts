/** The platform's fee. Its terms are frozen on the order when it is made. */
import { basisPoints } from '@miaodan/shared/kernel/money'
import { shareOf } from '@miaodan/shared/ledger/share'

/** `feeBps` of what is released on the order, at least `minimum` and at most `maximum` minor units for the whole order. */
export type FeeTerms = { feeBps: number, minimum?: bigint, maximum?: bigint }

/** What was released, less what was taken back of it, and the fee the platform holds for that. */
export type Released = { amount: bigint, fee: bigint }

/**
 * The fee on an order of which `released` has been released: rounded half up to the fen, kept between minimum and
 * maximum, and never more than what was released.
 */
export function feeOn(terms: FeeTerms, released: bigint): bigint {
  const rate = basisPoints(released, terms.feeBps)
  const atLeast = terms.minimum !== undefined && rate < terms.minimum ? terms.minimum : rate
  const atMost = terms.maximum !== undefined && atLeast > terms.maximum ? terms.maximum : atLeast
  return atMost < released ? atMost : released
}

/**
 * The fee to take when `amount` more is released: what the order's fee is then, less what the platform holds already.
 * So the fees of an order's milestones add up to the fee of the order to the fen, and minimum and maximum count once,
 * however it is divided.
 */
export function feeOnRelease(terms: FeeTerms, before: Released, amount: bigint): bigint {
  const owed = feeOn(terms, before.amount + amount) - before.fee
  if (owed < 0n) return 0n
  return owed < amount ? owed : amount
}

/**
 * The share of a milestone's fee to give back when `amount` of it is refunded after `refundedBefore`: in proportion,
 * rounded half up as a running total, so that parts which make the whole give back the whole fee.
 */
export function feeOnRefund(milestone: Released, refundedBefore: bigint, amount: bigint): bigint {
  return shareOf(milestone.fee, milestone.amount, refundedBefore, amount)
}

/** What a coupon added to the price of a milestone. */
export type Discounted = { price: bigint, coupon: bigint }

/**
 * The share of a milestone's coupon that goes back to who bore it when `amount` of the price is refunded after
 * `refundedBefore`: by the same rule as the fee. The rest of `amount` is the buyer's.
 */
export function couponOnRefund(milestone: Discounted, refundedBefore: bigint, amount: bigint): bigint {
  return shareOf(milestone.coupon, milestone.price, refundedBefore, amount)
}

/**
 * What a coupon adds to each of these prices: in proportion, rounded down, and what is left over to the last, or to the
 * one before where the last has no room. Of every price at least one fen is left to pay. `coupon` leaves room for that.
 */
export function spreadCoupon(prices: readonly bigint[], coupon: bigint): bigint[] {
  const total = prices.reduce((sum, price) => sum + price, 0n)
  if (coupon < 0n || coupon > total - BigInt(prices.length)) throw new RangeError('a coupon leaves at least one fen of every price')
  const shares = prices.map(price => coupon * price / total)
  let left = coupon - shares.reduce((sum, share) => sum + share, 0n)
  for (let index = prices.length - 1; left > 0n; index--) {
    const room = (prices[index] as bigint) - 1n - (shares[index] as bigint)
    const more = room < left ? room : left
    shares[index] = (shares[index] as bigint) + more
    left -= more
  }
  return shares
}
