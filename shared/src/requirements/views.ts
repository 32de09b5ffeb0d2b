/** How requirements look to those who read them. */
import * as z from 'zod'
import { personCardSchema } from '../accounts/model.ts'
import { bilingualSchema } from '../catalog/views.ts'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema } from '../kernel/money.ts'
import { uploadSchema } from '../kernel/uploads.ts'
import { momentSchema } from '../kernel/wire.ts'
import { fitSchema } from './fit.ts'
import { requirementLifecycle } from './lifecycle.ts'
import { requirementDraftSchema, waySchema } from './model.ts'

export const requirementCategorySchema = z.object({ slug: z.string(), name: bilingualSchema, parent: z.object({ slug: z.string(), name: bilingualSchema }) })

/** Why the rules held a text back: the kind of thing that was found, where, and the words themselves. */
export const flagSchema = z.object({ kind: z.enum(['contact', 'word']), field: z.string(), excerpt: z.string() }).meta({ id: 'RequirementFlag' })
export type RequirementFlag = z.infer<typeof flagSchema>

const state = z.enum(requirementLifecycle.states)
const cardShape = {
  id: idSchema,
  way: waySchema,
  state,
  title: z.string(),
  category: requirementCategorySchema.nullable(),
  budget: z.object({ min: moneySchema.nullable(), max: moneySchema.nullable() }).meta({ description: 'The fixed price twice for an instant one.' }),
  deadline: z.string().nullable(),
  area: z.string().nullable(),
  skills: z.array(z.string()),
  openedAt: momentSchema.nullable(),
  expiresAt: momentSchema.nullable(),
}

/** What a buyer has done here before: posted, and how many of these led to an order. */
export const buyerRecordSchema = z.object({ posted: z.number().int(), awarded: z.number().int() }).meta({ id: 'BuyerRecord' })

export const requirementCardSchema = z.object({
  ...cardShape,
  summary: z.string(),
  files: z.number().int(),
  buyer: personCardSchema,
  record: buyerRecordSchema,
  fit: fitSchema.nullable().meta({ description: 'How well it fits the provider who reads it.' }),
}).meta({ id: 'RequirementCard' })
export type RequirementCard = z.output<typeof requirementCardSchema>

export const ownRequirementSchema = z.object({
  ...cardShape,
  waitsFor: z.enum(['finishing', 'review', 'payment']).nullable().meta({ description: 'What keeps it from opening.' }),
  reason: z.string().nullable(),
  orderId: idSchema.nullable(),
  updatedAt: momentSchema,
}).meta({ id: 'OwnRequirement' })

export const REQUIREMENT_ACTIONS = ['edit', 'pay', 'withdraw', 'extend', 'cancel', 'approve', 'return', 'take', 'quote'] as const

export const requirementSchema = z.object({
  ...cardShape,
  side: z.enum(['buyer', 'provider', 'staff']),
  background: z.string(),
  details: z.string(),
  checklist: z.array(z.string()),
  files: z.array(uploadSchema),
  buyer: personCardSchema,
  record: buyerRecordSchema,
  submittedAt: momentSchema.nullable(),
  hallAt: momentSchema.nullable().meta({ description: 'Since when every provider sees it.' }),
  endedAt: momentSchema.nullable(),
  extended: z.boolean(),
  openHours: z.number().int().meta({ description: 'For how long it opens.' }),
  /** For its buyer and staff. */
  review: z.enum(['clear', 'flagged']).nullable(),
  flags: z.array(flagSchema),
  reason: z.string().nullable(),
  funded: z.object({ amount: moneySchema, at: momentSchema }).nullable().meta({ description: 'What its buyer has in escrow for an instant one.' }),
  draft: requirementDraftSchema.nullable().meta({ description: 'For its buyer while it is being written.' }),
  award: z.object({ providerId: idSchema, orderId: idSchema, at: momentSchema }).nullable().meta({ description: 'For the two sides of the order and staff.' }),
  actions: z.array(z.enum(REQUIREMENT_ACTIONS)),
}).meta({ id: 'Requirement' })
export type RequirementView = z.output<typeof requirementSchema>

export const hallPageSchema = z.object({
  items: z.array(requirementCardSchema),
  total: z.number().int(),
  page: z.number().int(),
  pages: z.number().int(),
  facets: z.object({ category: z.record(z.string(), z.number()), subcategory: z.record(z.string(), z.number()), way: z.record(z.string(), z.number()) }),
  correction: z.string().nullable(),
}).meta({ id: 'RequirementPage' })

export const priceBandSchema = z.object({
  source: z.enum(['orders', 'packages']).meta({ description: 'Finished orders of the category; where there are too few, the packages on offer in it.' }),
  count: z.number().int(),
  low: moneySchema,
  quarter: moneySchema,
  median: moneySchema,
  threeQuarters: moneySchema,
  high: moneySchema,
  bars: z.array(z.object({ from: moneySchema, to: moneySchema, count: z.number().int() })),
}).meta({ id: 'PriceBand' })

export const readSentenceSchema = z.object({ title: z.string(), category: z.string().nullable(), budgetMin: moneySchema.nullable(), budgetMax: moneySchema.nullable(), deadline: z.string().nullable() }).meta({ id: 'ReadSentence' })

export const moderationRowSchema = z.object({ id: idSchema, way: waySchema, title: z.string(), category: requirementCategorySchema.nullable(), buyer: personCardSchema, submittedAt: momentSchema.nullable(), flags: z.array(flagSchema) }).meta({ id: 'RequirementModerationRow' })
