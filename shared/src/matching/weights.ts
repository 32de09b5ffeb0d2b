/** How matching weighs and when it tells whom, unless the operator says otherwise: to be measured and changed, not guessed at in code. */
import type { Duration } from '../kernel/time.ts'
import { FIT_PARTS, type FitPart } from '../requirements/fit.ts'

/** Points of each part; together a hundred. */
export type MatchWeights = Readonly<Record<FitPart, number>>
export const MATCH_WEIGHTS: MatchWeights = { text: 22, skills: 24, price: 14, rating: 12, onTime: 10, reply: 6, online: 6, capacity: 6 }

/** What is assumed of somebody of whom little is known, and how many cases that assumption is worth. */
export const PRIORS = { rating: { mean: 4.6, count: 5 }, onTime: { share: 0.85, count: 4 }, reply: 0.5, price: 0.5 } as const

export type Waves = { sizes: readonly number[], wait: Duration, newcomerShare: number }
export const WAVES: Waves = {
  /** How many are told at once, wave by wave; after the last the hall opens. */
  sizes: [5, 8],
  wait: { minutes: 2 },
  /** At least this share of each wave are newcomers, when there are suitable ones. */
  newcomerShare: 0.2,
}

/**
 * Weights as an operator writes them: `text=30,price=10`; parts that are not named keep theirs.
 * @throws an Error that names what is no part or no weight
 */
export function readWeights(written: string): MatchWeights {
  const weights = { ...MATCH_WEIGHTS }
  for (const pair of written.split(',').map(part => part.trim()).filter(Boolean)) {
    const [name = '', value = ''] = pair.split('=').map(side => side.trim())
    const part = FIT_PARTS.find(known => known === name)
    if (!part || !/^\d{1,3}$/.test(value)) throw new Error(`"${pair}" is no weight: write <part>=<0 to 999>, with a part of ${FIT_PARTS.join(', ')}`)
    weights[part] = Number(value)
  }
  if (Object.values(weights).every(weight => weight === 0)) throw new Error('all weights are 0: nothing would be ranked')
  return weights
}
