/** What an order and a quote are made of. */
import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema, positiveMoneySchema } from '../kernel/money.ts'
import { lineSchema, momentSchema, textSchema } from '../kernel/wire.ts'
import { ORDER_LIMITS } from './rules.ts'

export const ORDER_ORIGINS = ['direct', 'quote', 'instant'] as const
export type OrderOrigin = typeof ORDER_ORIGINS[number]
export const originSchema = z.enum(ORDER_ORIGINS)

export const sideSchema = z.enum(['buyer', 'provider'])
export type Side = z.infer<typeof sideSchema>
/** Staff see an order as nobody's side. */
export const perspectiveSchema = z.enum(['buyer', 'provider', 'staff'])
export type Perspective = z.infer<typeof perspectiveSchema>

/** Null: without limit. */
export const revisionsSchema = z.number().int().min(0).max(ORDER_LIMITS.revisions).nullable().meta({ description: 'Revisions of each milestone; null means without limit.' })
const daysSchema = z.number().int().min(1).max(ORDER_LIMITS.days)

export const milestonePlanSchema = z.object({
  title: lineSchema(60),
  price: positiveMoneySchema,
  days: daysSchema.meta({ description: 'Days from its start to its first delivery.' }),
  checklist: z.array(lineSchema(160)).max(ORDER_LIMITS.checklistLines),
}).meta({ id: 'MilestonePlan' })
export type MilestonePlan = z.output<typeof milestonePlanSchema>

/** What one side proposes. The milestones' prices add up to the total. */
export const quoteTermsSchema = z.object({
  message: textSchema(2000, 0),
  revisions: revisionsSchema,
  milestones: z.array(milestonePlanSchema).min(1).max(ORDER_LIMITS.milestones),
}).meta({ id: 'QuoteTerms' })
export type QuoteTerms = z.output<typeof quoteTermsSchema>

/** How a line of the checklist is met, said at delivery. */
export const proofSchema = z.object({ position: z.number().int().min(1).max(ORDER_LIMITS.checklistLines), note: lineSchema(200) }).meta({ id: 'ChecklistProof' })

export const deliveryInputSchema = z.object({
  message: textSchema(4000),
  uploads: z.array(idSchema).max(ORDER_LIMITS.uploads),
  proofs: z.array(proofSchema).max(ORDER_LIMITS.checklistLines).default([]),
})

/** Where an amount of an order is, as the wire and the screen name it. */
export const MONEY_STATES = ['planned', 'due', 'held', 'disputed', 'released', 'clearing', 'available', 'refunded'] as const
export type MoneyState = typeof MONEY_STATES[number]
export const moneyStateSchema = z.enum(MONEY_STATES)
export const segmentSchema = z.object({ state: moneyStateSchema, amount: moneySchema })

export const NEXT_CODES = ['pay', 'accept_order', 'deliver', 'revise', 'check', 'pay_milestone', 'answer_refund', 'arbitration', 'clearing', 'completed', 'expired', 'cancelled'] as const
export type NextCode = typeof NEXT_CODES[number]

/** What happens by itself when the deadline of a step passes. */
export const CONSEQUENCES = ['order_expires', 'refunded', 'late', 'accepted', 'available', 'refund_as_asked', 'arbitration'] as const
export type Consequence = typeof CONSEQUENCES[number]

/** The one thing to do next, by whom, until when, and what follows without it. */
export const nextStepSchema = z.object({
  code: z.enum(NEXT_CODES),
  by: z.enum(['buyer', 'provider', 'system', 'staff', 'nobody']),
  at: momentSchema.nullable(),
  otherwise: z.enum(CONSEQUENCES).nullable(),
  amount: moneySchema.nullable().meta({ description: 'What this step pays or releases.' }),
  milestone: z.object({ id: idSchema, position: z.number().int(), title: z.string(), count: z.number().int() }).nullable(),
  reason: z.string().nullable().meta({ description: 'What the buyer asked to change, or why the order ended.' }),
}).meta({ id: 'OrderNextStep' })
export type NextStep = z.output<typeof nextStepSchema>
