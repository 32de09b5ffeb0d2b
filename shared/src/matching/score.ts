/**
 * How well a provider fits a requirement: a weighted sum of parts from 0 to 1, each with the facts behind it. Pure, so
 * that the ranking can be tested on small examples and measured on labelled ones.
 */
import { fen } from '../kernel/money.ts'
import { FIT_PARTS, type Fit, type FitPart, type FitReason } from '../requirements/fit.ts'
import { MATCH_WEIGHTS, PRIORS, type MatchWeights } from './weights.ts'

/** What is looked for. `budget` in fen; an instant one has its price twice. */
export type Wanted = {
  skills: readonly string[]
  categoryId: string | null
  /** All subcategories of the same first-level category, its own among them. */
  siblingIds: readonly string[]
  budgetMin: bigint | null
  budgetMax: bigint | null
  /** A city where the work must be done on the spot, else null. */
  city: string | null
}

export type Candidate = {
  providerId: string
  /** How well the texts agree, from 0 to 1, the best of this search being 1. */
  text: number
  skills: readonly string[]
  areas: readonly string[]
  city: string | null
  offers: readonly { categoryId: string, prices: readonly bigint[] }[]
  /** Mean of each review, summed up. */
  ratingSum: number
  ratings: number
  onTime: number
  timed: number
  /** Median minutes to the first answer; null without any. */
  replyMinutes: number | null
  replies: number
  online: boolean
  running: number
  capacity: number
  finished: number
  finishedInCategory: number
}

/** How rare a skill is: few have it, much it counts. */
export type Rarity = (skill: string) => number
export const rarityOf = (holders: ReadonlyMap<string, number>, providers: number): Rarity => skill => Math.log(1 + providers / (1 + (holders.get(plainSkill(skill)) ?? 0)))

export const plainSkill = (skill: string): string => skill.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
const SERVES_EVERYWHERE = 'all'

type Part = { value: number, reasons: FitReason[] }

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** Whether the provider does such work at all; the rest only ranks. */
export function isSuitable(wanted: Wanted, candidate: Candidate): boolean {
  if (wanted.city !== null && !candidate.areas.includes(wanted.city) && !candidate.areas.includes(SERVES_EVERYWHERE) && candidate.city !== wanted.city) return false
  if (candidate.finishedInCategory > 0 || candidate.offers.some(offer => offer.categoryId === wanted.categoryId)) return true
  if (matchedSkills(wanted, candidate).length > 0) return true
  return candidate.text >= NEAR_TEXT && candidate.offers.some(offer => wanted.siblingIds.includes(offer.categoryId))
}
const NEAR_TEXT = 0.5

export const isNewcomer = (candidate: Pick<Candidate, 'finished'>): boolean => candidate.finished === 0

const SHOWN_REASONS = 4

export function fitOf(wanted: Wanted, candidate: Candidate, rarity: Rarity, weights: MatchWeights = MATCH_WEIGHTS): Fit {
  const parts: Record<FitPart, Part> = {
    text: textPart(candidate), skills: skillsPart(wanted, candidate, rarity), price: pricePart(wanted, candidate), rating: ratingPart(candidate),
    onTime: onTimePart(candidate), reply: replyPart(candidate), online: onlinePart(candidate), capacity: capacityPart(candidate),
  }
  const total = FIT_PARTS.reduce((sum, part) => sum + weights[part], 0)
  const score = FIT_PARTS.reduce((sum, part) => sum + weights[part] * parts[part].value, 0) / total
  const reasons = FIT_PARTS.toSorted((a, b) => weights[b] * parts[b].value - weights[a] * parts[a].value).flatMap(part => parts[part].reasons)
  const first: FitReason[] = [...placeReason(wanted, candidate), ...isNewcomer(candidate) ? [{ code: 'newcomer' as const, services: candidate.offers.length }] : []]
  return {
    score: Math.round(score * 100),
    parts: FIT_PARTS.map(part => ({ part, value: Math.round(parts[part].value * 100) })),
    reasons: [...reasons.slice(0, SHOWN_REASONS - first.length), ...first],
  }
}

function textPart({ text }: Candidate): Part {
  return { value: clamp(text), reasons: [] }
}

function matchedSkills(wanted: Wanted, candidate: Candidate): string[] {
  const known = new Set(candidate.skills.map(plainSkill))
  return wanted.skills.filter(skill => known.has(plainSkill(skill)))
}

/** How much the work in the category itself counts beside the skills that were named. */
const CATEGORY_SHARE = 0.35
const SIBLING_VALUE = 0.4

function skillsPart(wanted: Wanted, candidate: Candidate, rarity: Rarity): Part {
  const matched = matchedSkills(wanted, candidate)
  const weightOf = (skills: readonly string[]) => skills.reduce((sum, skill) => sum + rarity(skill), 0)
  const inCategory = candidate.offers.filter(offer => offer.categoryId === wanted.categoryId).length
  const category = candidate.finishedInCategory > 0 || inCategory > 0 ? 1 : candidate.offers.some(offer => wanted.siblingIds.includes(offer.categoryId)) ? SIBLING_VALUE : 0
  const named = wanted.skills.length === 0 ? category : weightOf(matched) / weightOf(wanted.skills)
  return {
    value: clamp((1 - CATEGORY_SHARE) * named + CATEGORY_SHARE * category),
    reasons: [
      ...(candidate.finishedInCategory > 0 ? [{ code: 'category_orders' as const, count: candidate.finishedInCategory }] : inCategory > 0 ? [{ code: 'category_services' as const, count: inCategory }] : []),
      ...(matched.length > 0 ? [{ code: 'skills' as const, matched: matched.length, wanted: wanted.skills.length, names: matched }] : []),
    ],
  }
}

/** Prices this many times over the budget, or this many times below it, fit not at all. */
const TOO_DEAR = 2.5
const TOO_CHEAP = 5
/** Without a lower limit the budget is taken to begin at this share of the upper one. */
const ASSUMED_MIN = 0.4

function pricePart(wanted: Wanted, candidate: Candidate): Part {
  const comparable = candidate.offers.filter(offer => offer.categoryId === wanted.categoryId)
  const prices = (comparable.length > 0 ? comparable : candidate.offers.filter(offer => wanted.siblingIds.includes(offer.categoryId))).flatMap(offer => offer.prices)
  const [first, ...others] = prices
  if (first === undefined || wanted.budgetMax === null) return { value: PRIORS.price, reasons: [] }
  const low = others.reduce((least, price) => (price < least ? price : least), first)
  const high = others.reduce((most, price) => (price > most ? price : most), first)
  const count = prices.length
  // Ratios only rank: no amount is computed here.
  const [max, min] = [Number(wanted.budgetMax), wanted.budgetMin === null ? Number(wanted.budgetMax) * ASSUMED_MIN : Number(wanted.budgetMin)]
  if (Number(low) > max) return { value: clamp(1 - Math.log(Number(low) / max) / Math.log(TOO_DEAR)), reasons: [{ code: 'price_above', low: fen(low), count }] }
  if (Number(high) < min) return { value: clamp(1 - Math.log(min / Number(high)) / Math.log(TOO_CHEAP)), reasons: [{ code: 'price_below', high: fen(high), count }] }
  return { value: 1, reasons: [{ code: 'price_within', low: fen(low), high: fen(high), count }] }
}

/** The rating at which the part is nothing; 5 is full. */
const RATING_FLOOR = 3.5

function ratingPart({ ratingSum, ratings }: Candidate): Part {
  const shrunk = (ratingSum + PRIORS.rating.mean * PRIORS.rating.count) / (ratings + PRIORS.rating.count)
  return { value: clamp((shrunk - RATING_FLOOR) / (5 - RATING_FLOOR)), reasons: ratings > 0 ? [{ code: 'rating', value: Math.round(ratingSum / ratings * 100) / 100, count: ratings }] : [] }
}

function onTimePart({ onTime, timed }: Candidate): Part {
  return { value: clamp((onTime + PRIORS.onTime.share * PRIORS.onTime.count) / (timed + PRIORS.onTime.count)), reasons: timed > 0 ? [{ code: 'on_time', onTime, timed }] : [] }
}

/** An answer after so many minutes is worth half. */
const HALF_REPLY_MINUTES = 20

function replyPart({ replyMinutes, replies }: Candidate): Part {
  if (replyMinutes === null) return { value: PRIORS.reply, reasons: [] }
  return { value: 1 / (1 + replyMinutes / HALF_REPLY_MINUTES), reasons: [{ code: 'reply', minutes: Math.max(1, Math.round(replyMinutes)), count: replies }] }
}

function onlinePart({ online }: Candidate): Part {
  return online ? { value: 1, reasons: [{ code: 'online' }] } : { value: 0, reasons: [] }
}

/** Room for so many orders counts as plenty. */
const PLENTY_FREE = 2

function capacityPart({ running, capacity }: Candidate): Part {
  const free = Math.max(0, capacity - running)
  return { value: clamp(free / PLENTY_FREE), reasons: free > 0 ? [{ code: 'capacity', free }] : [] }
}

function placeReason(wanted: Wanted, candidate: Candidate): FitReason[] {
  return wanted.city !== null && (candidate.areas.includes(wanted.city) || candidate.city === wanted.city) ? [{ code: 'area', city: wanted.city }] : []
}

export type Ranked<T> = T & { score: number, newcomer: boolean }

/**
 * Deals the best into waves. In each wave a share belongs to newcomers: when too few are among the best, the next best
 * newcomers take the last places of those who are none. Nobody is dealt twice, and each wave stays in order of score.
 */
export function dealWaves<T>(ranked: readonly Ranked<T>[], sizes: readonly number[], newcomerShare: number): Ranked<T>[][] {
  let left = [...ranked]
  return sizes.map(size => {
    const wave = left.slice(0, size)
    const missing = Math.floor(size * newcomerShare) - wave.filter(item => item.newcomer).length
    const brought = left.slice(size).filter(item => item.newcomer).slice(0, Math.max(0, missing))
    for (const newcomer of brought) {
      const place = wave.findLastIndex(item => !item.newcomer)
      if (place >= 0) wave.splice(place, 1)
      wave.push(newcomer)
    }
    left = left.filter(item => !wave.includes(item))
    return wave.toSorted((a, b) => b.score - a.score)
  })
}
