/** What a change order proposes, and what it would do. */
import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema, positiveMoneySchema } from '../kernel/money.ts'
import { lineSchema, momentSchema, textSchema } from '../kernel/wire.ts'
import { changeOrderLifecycle } from './lifecycle.ts'
import { milestonePlanSchema, sideSchema } from './model.ts'
import { ORDER_LIMITS } from './rules.ts'

/** A milestone as it shall be. What is left out stays as it is. */
export const milestoneChangeSchema = z.object({
  id: idSchema,
  title: lineSchema(60).optional(),
  price: positiveMoneySchema.optional(),
  days: z.number().int().min(1).max(ORDER_LIMITS.days).optional().meta({ description: 'Days from its start to its first delivery; moves the date of a milestone under way.' }),
  checklist: z.array(lineSchema(160)).max(ORDER_LIMITS.checklistLines).optional(),
}).meta({ id: 'MilestoneChange' })

export const changeTermsSchema = z.object({
  milestones: z.array(milestoneChangeSchema).max(ORDER_LIMITS.milestones),
  added: z.array(milestonePlanSchema).max(ORDER_LIMITS.milestones).meta({ description: 'New milestones, after those there are. Paid when their turn comes.' }),
}).meta({ id: 'ChangeTerms' })
export type ChangeTerms = z.output<typeof changeTermsSchema>

export const changeInputSchema = changeTermsSchema.extend({ reason: textSchema(2000) })

const change = { before: moneySchema, after: moneySchema }
/** The order as a whole, and what moves at once. */
export const changeEffectSchema = z.object({
  price: z.object(change),
  fee: z.object(change).meta({ description: "The platform's fee at the terms frozen on the order; the provider bears it." }),
  net: z.object(change).meta({ description: 'What the provider gets of the order.' }),
  coupon: z.object(change).meta({ description: 'What the coupon gives of the price. A decrease takes its part of it; an increase is the buyer\'s alone.' }),
  pay: moneySchema.meta({ description: 'What the buyer pays before the change counts: the increase of what is in escrow.' }),
  refund: moneySchema.meta({ description: 'What goes back from escrow to the buyer when it is agreed.' }),
  couponReturned: moneySchema.meta({ description: 'What goes back from escrow to who bore the coupon.' }),
}).meta({ id: 'ChangeEffect' })
export type ChangeEffect = z.output<typeof changeEffectSchema>

const planSchema = z.object({ title: z.string(), price: moneySchema, days: z.number().int(), checklist: z.array(z.string()) })
/** One milestone before and after; null before for a new one. */
export const changeLineSchema = z.object({
  milestoneId: idSchema.nullable(),
  position: z.number().int(),
  before: planSchema.nullable(),
  after: planSchema,
}).meta({ id: 'ChangeLine' })
export type ChangeLine = z.output<typeof changeLineSchema>

export const changeOrderSchema = z.object({
  id: idSchema,
  orderId: idSchema,
  number: z.number().int().meta({ description: 'Counts the change orders of an order.' }),
  state: z.enum(changeOrderLifecycle.states),
  by: sideSchema,
  reason: z.string(),
  answer: z.string().nullable().meta({ description: 'What the other side said when it refused.' }),
  lines: z.array(changeLineSchema),
  effect: changeEffectSchema,
  answerBy: momentSchema,
  payBy: momentSchema.nullable(),
  createdAt: momentSchema,
  endedAt: momentSchema.nullable(),
  actions: z.array(z.enum(['agree', 'reject', 'withdraw', 'pay'])),
}).meta({ id: 'ChangeOrder' })
export type ChangeOrderView = z.output<typeof changeOrderSchema>
