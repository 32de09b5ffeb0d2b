/** What staff set for the catalog: the platform's fee and the categories. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { moneySchema, positiveMoneySchema, priceSchema } from '../kernel/money.ts'
import { lineSchema, momentSchema } from '../kernel/wire.ts'
import { slugSchema } from './model.ts'

/** The law asks that what costs people more is announced this long before it counts. */
export const FEE_NOTICE = { days: 7 } as const
export const MAX_FEE_BPS = 5_000
/** Icons the web has for a category. */
export const CATEGORY_ICONS = ['stamp', 'app-window', 'shopping-bag', 'clapperboard', 'pen-line', 'presentation', 'scale', 'chart-column', 'shapes'] as const

const bilingual = z.object({ zh: z.string(), en: z.string() })
const categoryRef = z.object({ id: idSchema, slug: z.string(), name: bilingual, parent: bilingual.nullable() })
const termsShape = {
  feeBps: z.number().int().min(0).max(MAX_FEE_BPS).meta({ description: 'Hundredths of a per cent of what is released.' }),
  minimum: priceSchema.nullable().meta({ description: 'At least this much for an order.' }),
  maximum: priceSchema.nullable().meta({ description: 'At most this much for an order.' }),
}
const ruleInput = z.object({ ...termsShape, category: slugSchema.nullable().meta({ description: 'Null: for every category that has no rule of its own.' }), validFrom: momentSchema })

export const feeRuleSchema = z.object({
  id: idSchema,
  category: categoryRef.nullable(),
  feeBps: z.number().int(),
  minimum: moneySchema.nullable(),
  maximum: moneySchema.nullable(),
  validFrom: momentSchema,
  state: z.enum(['past', 'current', 'coming']),
}).meta({ id: 'FeeRule' })

const previewSide = z.object({ feeBps: z.number().int(), minimum: moneySchema.nullable(), maximum: moneySchema.nullable(), fee: moneySchema })
const feeErrors = ['catalog.category_not_found', 'catalog.fee_bounds', 'catalog.fee_in_past'] as const
const feeAccess = { staff: 'fees.manage' } as const

export const fees = defineContracts('fees', {
  list: { method: 'GET', path: '/staff/fee-rules', access: feeAccess, summary: 'Every fee rule: general first, then by category, the newest first.', output: z.object({ items: z.array(feeRuleSchema) }) },
  preview: {
    method: 'POST', path: '/staff/fee-rules/preview', access: feeAccess, summary: 'What an order would pay by the terms in force when the rule begins, and by the rule.', errors: feeErrors,
    body: ruleInput.extend({ amount: positiveMoneySchema }),
    output: z.object({ before: previewSide, after: previewSide, rise: z.boolean(), shortNotice: z.boolean().meta({ description: 'A rise that begins sooner than seven days from now.' }) }),
  },
  add: {
    method: 'POST', path: '/staff/fee-rules', access: feeAccess, status: 201, output: feeRuleSchema, summary: 'Set a rule for orders made from a moment on. Orders made before keep theirs.',
    body: ruleInput.extend({ shortNotice: z.boolean().default(false).meta({ description: 'A rise is meant although it was not announced seven days before.' }) }),
    errors: [...feeErrors, 'catalog.fee_short_notice', 'catalog.fee_same_start'],
  },
  remove: { method: 'DELETE', path: '/staff/fee-rules/:id', access: feeAccess, params: idParams, summary: 'Take back a rule that has not begun.', errors: ['kernel.not_found', 'catalog.fee_in_force'] },
})

const deskCategory = z.object({
  id: idSchema, slug: z.string(), name: bilingual, icon: z.string().nullable(), services: z.number().int(), archivedAt: momentSchema.nullable(),
})
const nameShape = { nameZh: lineSchema(20), nameEn: lineSchema(40) }
const access = { staff: 'categories.manage' } as const

export const categories = defineContracts('categories', {
  list: { method: 'GET', path: '/staff/categories', access, summary: 'Both levels in their order, archived ones too.', output: z.object({ items: z.array(deskCategory.extend({ children: z.array(deskCategory) })) }) },
  create: {
    method: 'POST', path: '/staff/categories', access, status: 201, output: z.object({ id: idSchema }), summary: 'Make a category, or one below another.', errors: ['catalog.category_not_found', 'catalog.category_level', 'catalog.slug_taken'],
    body: z.object({ ...nameShape, slug: slugSchema, parentId: idSchema.nullable(), icon: z.enum(CATEGORY_ICONS).nullable() }),
  },
  rename: { method: 'PUT', path: '/staff/categories/:id/name', access, params: idParams, body: z.object(nameShape), summary: 'Rename it in both languages. Its address stays.', errors: ['catalog.category_not_found'] },
  move: {
    method: 'PUT', path: '/staff/categories/:id/parent', access, params: idParams, body: z.object({ parentId: idSchema }), summary: 'Put it below another category, last.',
    errors: ['catalog.category_not_found', 'catalog.category_level'],
  },
  arrange: { method: 'PUT', path: '/staff/category-order', access, body: z.object({ ids: z.array(idSchema).min(1).max(200) }), summary: 'Put these, all of one level and parent, in this order.', errors: ['catalog.category_level'] },
  archive: { method: 'PUT', path: '/staff/categories/:id/archive', access, params: idParams, summary: 'Offer it no longer. What stands in it stays.', errors: ['catalog.category_not_found', 'catalog.category_has_children'] },
  restore: { method: 'DELETE', path: '/staff/categories/:id/archive', access, params: idParams, summary: 'Offer it again.', errors: ['catalog.category_not_found', 'catalog.category_level'] },
})
