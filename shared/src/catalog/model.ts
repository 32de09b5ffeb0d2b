/** What a service is made of. A draft may be unfinished; what buyers see may not. */
import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { positiveMoneySchema, priceSchema } from '../kernel/money.ts'
import { lineSchema, textSchema } from '../kernel/wire.ts'

export const TIERS = ['basic', 'standard', 'premium'] as const
export const tierSchema = z.enum(TIERS)

export const MOTIFS = ['brand', 'screen', 'shop', 'video', 'words', 'photo', 'slides', 'ledger', 'chart', 'scene', 'space'] as const
export const PALETTES = ['clay', 'pine', 'sea', 'sand', 'rose', 'ink', 'fog', 'leaf', 'plum', 'tea', 'dusk', 'peach'] as const

/** The drawn cover of a service without pictures. */
export const coverSchema = z.object({ motif: z.enum(MOTIFS), palette: z.enum(PALETTES), variant: z.number().int().min(0).max(9) }).meta({ id: 'Cover' })
export type Cover = z.infer<typeof coverSchema>

/** Slug of a category: part of addresses, never changed. */
export const slugSchema = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/)

/** How much of anything one service may hold. */
export const SERVICE_LIMITS = { images: 8, addOns: 12, fields: 15, options: 20, includes: 12, skills: 10, faqs: 10, deliveryDays: 365, capacity: 100 } as const

const keySchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,60}$/)
const daysSchema = z.number().int().min(1).max(SERVICE_LIMITS.deliveryDays)

const unfinishedPackageSchema = z.object({
  tier: tierSchema,
  name: lineSchema(20, 0),
  price: positiveMoneySchema.nullable(),
  deliveryDays: daysSchema.nullable(),
  /** Null: without limit. */
  revisions: z.number().int().min(0).max(20).nullable(),
  includes: z.array(lineSchema(60)).max(SERVICE_LIMITS.includes),
})
export const packageSchema = unfinishedPackageSchema.extend({ name: lineSchema(20), price: positiveMoneySchema, deliveryDays: daysSchema }).meta({ id: 'ServicePackage' })
export type ServicePackage = z.infer<typeof packageSchema>

export const addOnSchema = z.object({
  id: keySchema,
  name: lineSchema(60),
  price: positiveMoneySchema,
  /** Days each one adds to the delivery; less than zero for an express add-on. */
  extraDays: z.number().int().min(-60).max(180),
  maxQuantity: z.number().int().min(1).max(99),
}).meta({ id: 'ServiceAddOn' })
export type ServiceAddOn = z.infer<typeof addOnSchema>

export const optionSchema = z.object({ label: lineSchema(60), price: priceSchema }).meta({ id: 'FieldOption' })
const options = z.array(optionSchema).min(1).max(SERVICE_LIMITS.options)
  .refine(list => new Set(list.map(option => option.label)).size === list.length, { params: { problem: 'catalog.options_repeat' } })

const fieldBase = { key: keySchema, label: lineSchema(60), required: z.boolean(), help: lineSchema(160).nullable() }
const count = (max: number) => z.number().int().min(1).max(max)

/** A question of the order form. */
export const fieldSchema = z.discriminatedUnion('type', [
  z.object({ ...fieldBase, type: z.literal('text'), maxLength: count(200) }),
  z.object({ ...fieldBase, type: z.literal('long_text'), maxLength: count(5000) }),
  z.object({ ...fieldBase, type: z.literal('choice'), options }),
  z.object({ ...fieldBase, type: z.literal('choices'), options, maxChoices: count(SERVICE_LIMITS.options) }),
  /** The first `included` units cost nothing, each further one `unitPrice`. */
  z.object({ ...fieldBase, type: z.literal('number'), unit: lineSchema(10), min: z.number().int().min(0).max(100_000), max: z.number().int().min(1).max(100_000), included: z.number().int().min(0).max(100_000), unitPrice: priceSchema })
    .refine(field => field.min <= field.max, { path: ['max'], params: { problem: 'catalog.number_bounds' } }),
  z.object({ ...fieldBase, type: z.literal('file'), accept: lineSchema(80).nullable(), maxFiles: count(20) }),
  z.object({ ...fieldBase, type: z.literal('date') }),
]).meta({ id: 'OrderFormField' })
export type OrderFormField = z.infer<typeof fieldSchema>

const unfinishedFaqSchema = z.object({ question: lineSchema(120, 0), answer: textSchema(1000, 0) })
export const faqSchema = z.object({ question: lineSchema(120), answer: textSchema(1000) })

const draftShape = {
  title: lineSchema(60, 0),
  summary: lineSchema(160, 0),
  description: textSchema(10_000, 0),
  category: slugSchema.nullable(),
  skills: z.array(lineSchema(20)).max(SERVICE_LIMITS.skills),
  packages: z.array(unfinishedPackageSchema).max(TIERS.length),
  addOns: z.array(addOnSchema).max(SERVICE_LIMITS.addOns),
  fields: z.array(fieldSchema).max(SERVICE_LIMITS.fields),
  /** Ids of uploads. */
  images: z.array(idSchema).max(SERVICE_LIMITS.images),
  cover: coverSchema,
  faqs: z.array(unfinishedFaqSchema).max(SERVICE_LIMITS.faqs),
}

type Shape = { packages: readonly { tier: string }[], addOns: readonly { id: string, extraDays: number, maxQuantity: number }[], fields: readonly { key: string }[] }

/** What must hold between the parts: each tier, add-on and question stands once, and haste is sold once. */
function checkParts(value: Shape, context: z.core.$RefinementCtx): void {
  const once = (name: 'packages' | 'addOns' | 'fields', keys: readonly string[], code: string) => keys.forEach((key, index) => {
    if (keys.indexOf(key) < index) context.addIssue({ code: 'custom', path: [name, index], params: { problem: code } })
  })
  once('packages', value.packages.map(item => item.tier), 'catalog.package_repeated')
  once('addOns', value.addOns.map(item => item.id), 'catalog.add_on_key_repeated')
  once('fields', value.fields.map(item => item.key), 'catalog.field_key_repeated')
  value.addOns.forEach((addOn, index) => {
    if (addOn.extraDays < 0 && addOn.maxQuantity > 1) context.addIssue({ code: 'custom', path: ['addOns', index, 'maxQuantity'], params: { problem: 'catalog.express_once' } })
  })
}

/** What the editor saves while it is being written. */
export const serviceDraftSchema = z.object(draftShape).superRefine(checkParts).meta({ id: 'ServiceDraft' })
export type ServiceDraft = z.infer<typeof serviceDraftSchema>

/** What may be submitted, and what buyers see. */
export const serviceContentSchema = z.object({
  ...draftShape,
  title: lineSchema(60, 4),
  summary: lineSchema(160, 4),
  description: textSchema(10_000, 20),
  category: slugSchema,
  packages: z.array(packageSchema).min(1).max(TIERS.length),
  faqs: z.array(faqSchema).max(SERVICE_LIMITS.faqs),
}).superRefine(checkParts).meta({ id: 'ServiceContent' })
export type ServiceContent = z.infer<typeof serviceContentSchema>

export const answerSchema = z.union([z.string().max(5000), z.number(), z.array(z.string().max(100)).max(50)])

/** What a buyer chose on the page of a service. */
export const selectionSchema = z.object({
  package: tierSchema,
  addOns: z.array(z.object({ id: keySchema, quantity: z.number().int().min(1).max(99) })).max(SERVICE_LIMITS.addOns),
  answers: z.record(keySchema, answerSchema).refine(answers => Object.keys(answers).length <= SERVICE_LIMITS.fields),
}).meta({ id: 'ServiceSelection' })

/** What an order keeps of the service as it was when it was made; later changes of the service do not reach it. */
export const serviceSnapshotSchema = z.object({
  serviceId: idSchema,
  providerId: idSchema,
  categoryId: idSchema,
  version: z.number().int(),
  title: z.string(),
  summary: z.string(),
  cover: coverSchema,
  package: packageSchema,
  selection: selectionSchema,
  /** The answers with the questions they answer. */
  brief: z.array(z.object({ key: z.string(), label: z.string(), type: z.enum(['text', 'long_text', 'choice', 'choices', 'number', 'file', 'date']), answer: answerSchema })),
}).meta({ id: 'ServiceSnapshot' })
export type ServiceSnapshot = z.infer<typeof serviceSnapshotSchema>
