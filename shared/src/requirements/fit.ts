/** How well a provider and a requirement fit: a score with its parts, and reasons as facts with counts. Matching works it out; requirements show it. */
import * as z from 'zod'
import { moneySchema } from '../kernel/money.ts'

export const FIT_PARTS = ['text', 'skills', 'price', 'rating', 'onTime', 'reply', 'online', 'capacity'] as const
export type FitPart = typeof FIT_PARTS[number]

const count = z.number().int()
/** A reason is a code and its facts; the reader's language makes the sentence of it. */
export const fitReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('skills'), matched: count, wanted: count, names: z.array(z.string()) }),
  z.object({ code: z.literal('category_orders'), count }),
  z.object({ code: z.literal('category_services'), count }),
  z.object({ code: z.literal('price_within'), low: moneySchema, high: moneySchema, count }),
  z.object({ code: z.literal('price_above'), low: moneySchema, count }),
  z.object({ code: z.literal('price_below'), high: moneySchema, count }),
  z.object({ code: z.literal('rating'), value: z.number(), count }),
  z.object({ code: z.literal('on_time'), onTime: count, timed: count }),
  z.object({ code: z.literal('reply'), minutes: z.number(), count }),
  z.object({ code: z.literal('online') }),
  z.object({ code: z.literal('capacity'), free: count }),
  z.object({ code: z.literal('area'), city: z.string() }),
  z.object({ code: z.literal('newcomer'), services: count }),
]).meta({ id: 'FitReason' })
export type FitReason = z.output<typeof fitReasonSchema>

export const fitSchema = z.object({
  score: count.min(0).max(100),
  parts: z.array(z.object({ part: z.enum(FIT_PARTS), value: count.min(0).max(100) })),
  reasons: z.array(fitReasonSchema).meta({ description: 'The strongest first.' }),
}).meta({ id: 'Fit' })
export type Fit = z.output<typeof fitSchema>
