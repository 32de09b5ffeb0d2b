/** How matching weighs and when it tells whom. Configuration: to be measured and changed, not guessed at in code. */
import type { Duration } from '../kernel/time.ts'
import type { FitPart } from '../requirements/fit.ts'

/** Points of each part; together a hundred. */
export const MATCH_WEIGHTS: Readonly<Record<FitPart, number>> = { text: 22, skills: 24, price: 14, rating: 12, onTime: 10, reply: 6, online: 6, capacity: 6 }

/** What is assumed of somebody of whom little is known, and how many cases that assumption is worth. */
export const PRIORS = { rating: { mean: 4.6, count: 5 }, onTime: { share: 0.85, count: 4 }, reply: 0.5, price: 0.5 } as const

export const WAVES: { sizes: readonly number[], wait: Duration, newcomerShare: number } = {
  /** How many are told at once, wave by wave; after the last the hall opens. */
  sizes: [5, 8],
  wait: { minutes: 2 },
  /** At least this share of each wave are newcomers, when there are suitable ones. */
  newcomerShare: 0.2,
}
