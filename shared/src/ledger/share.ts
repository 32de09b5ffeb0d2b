/**
 * The part of `part` that goes with `amount` of a whole of which `before` has gone already: in proportion, rounded half up
 * as a running total, so that amounts which make the whole take the whole part with them. Fees and coupons go back by it.
 */
export function shareOf(part: bigint, whole: bigint, before: bigint, amount: bigint): bigint {
  const upTo = (moved: bigint) => (2n * part * moved + whole) / (2n * whole)
  return upTo(before + amount) - upTo(before)
}
