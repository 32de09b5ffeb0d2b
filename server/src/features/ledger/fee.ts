/** The platform's fee. Its terms are frozen on the order when it is made. */
import { basisPoints } from '@miaodan/shared/kernel/money'

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
  const givenBack = (refunded: bigint) => (2n * milestone.fee * refunded + milestone.amount) / (2n * milestone.amount)
  return givenBack(refundedBefore + amount) - givenBack(refundedBefore)
}
