/** Parts of an amount, in whole fen. Percents are only for the eye: what counts is the amount. */
const HUNDRED = 100n
const TEN_THOUSAND = 10_000n

/** Percent with at most one decimal: 66.7. */
export function percentOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Math.round(Number((part * TEN_THOUSAND) / whole) / 10) / 10
}
/** So many percent of it, to the nearest fen. */
export function percentAmount(percent: number, whole: bigint): bigint {
  return (whole * BigInt(Math.round(percent * 100)) + TEN_THOUSAND / 2n) / TEN_THOUSAND
}
export const bpsAmount = (bps: number, whole: bigint): bigint => (whole * BigInt(bps) + TEN_THOUSAND / 2n) / TEN_THOUSAND
/** The next whole percent up or down; from 66.7 that is 67 or 66. */
export function stepPercent(part: bigint, whole: bigint, step: 1 | -1): bigint {
  if (whole === 0n) return 0n
  const exact = part * HUNDRED
  const below = exact / whole
  const next = step === 1 ? below + 1n : exact % whole === 0n ? below - 1n : below
  const percent = next < 0n ? 0n : next > HUNDRED ? HUNDRED : next
  const amount = (whole * percent + HUNDRED / 2n) / HUNDRED
  if (amount !== part) return amount
  // Of a few fen a percent is nothing: then a fen is the step.
  const fen = part + BigInt(step)
  return fen < 0n || fen > whole ? part : fen
}
