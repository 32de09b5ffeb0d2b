/** The platform's fee. Its terms are frozen on the order when it is made. */
import { basisPoints } from '@miaodan/shared/kernel/money'

/** `feeBps` of what is released on the order, at least `minimum` and at most `maximum` minor units for the whole order. */
export type FeeTerms = { feeBps: number, minimum?: bigint, maximum?: bigint }

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
 * The fee to take when `amount` more is released. It is the difference of two totals, so the fees of an order's
 * milestones add up to the fee of the order to the fen, and minimum and maximum count once, however it is divided.
 */
export function feeOnRelease(terms: FeeTerms, releasedBefore: bigint, amount: bigint): bigint {
  return feeOn(terms, releasedBefore + amount) - feeOn(terms, releasedBefore)
}

/** The share of the fee to give back when `amount` of what was released is refunded: the same difference, backwards. */
export function feeOnRefund(terms: FeeTerms, releasedBefore: bigint, amount: bigint): bigint {
  return feeOn(terms, releasedBefore) - feeOn(terms, releasedBefore - amount)
}
