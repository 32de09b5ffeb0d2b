/** How services look to those who read them. */
import * as z from 'zod'
import { personCardSchema } from '../accounts/model.ts'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema } from '../kernel/money.ts'
import { momentSchema } from '../kernel/wire.ts'
import { addOnSchema, coverSchema, faqSchema, fieldSchema, packageSchema, serviceContentSchema, serviceDraftSchema } from './model.ts'
import { serviceChangeLifecycle, serviceLifecycle } from './lifecycle.ts'

export const bilingualSchema = z.object({ zh: z.string(), en: z.string() })

export const categorySchema = z.object({
  id: idSchema,
  slug: z.string(),
  name: bilingualSchema,
  summary: bilingualSchema.nullable(),
  icon: z.string().nullable(),
  skills: z.array(z.string()),
  /** Published services in it. */
  services: z.number().int(),
  children: z.array(z.object({ id: idSchema, slug: z.string(), name: bilingualSchema, services: z.number().int() })),
}).meta({ id: 'Category' })

export const imageSchema = z.object({ id: idSchema, url: z.string(), thumbnailUrl: z.string().nullable() }).meta({ id: 'ServiceImage' })

/** A mean with the count behind it; without reviews there is no mean. */
export const ratingSchema = z.object({ value: z.number().nullable(), count: z.number().int() }).meta({ id: 'Rating' })

const cardShape = {
  id: idSchema,
  title: z.string(),
  summary: z.string(),
  cover: coverSchema,
  image: imageSchema.nullable(),
  category: z.string(),
  subcategory: z.string(),
  provider: personCardSchema,
  priceFrom: moneySchema,
  deliveryDays: z.number().int(),
  rating: ratingSchema,
  /** Finished orders. */
  sales: z.number().int(),
  /** Whether the viewer keeps it; false for somebody who is not signed in. */
  favourite: z.boolean(),
}
export const serviceCardSchema = z.object(cardShape).meta({ id: 'ServiceCard' })

/** Why a service cannot be ordered now. */
export const closedReasonSchema = z.enum(['paused', 'full', 'holiday', 'own'])

export const serviceSchema = z.object({
  ...cardShape,
  version: z.number().int(),
  description: z.string(),
  skills: z.array(z.string()),
  packages: z.array(packageSchema),
  addOns: z.array(addOnSchema),
  fields: z.array(fieldSchema),
  images: z.array(imageSchema),
  faqs: z.array(faqSchema),
  closed: z.object({ reason: closedReasonSchema, freeFrom: momentSchema.nullable() }).nullable(),
  record: z.object({
    sales: z.number().int(),
    /** Orders delivered by their date, of those that had one. */
    onTime: z.number().int(),
    timed: z.number().int(),
  }),
  /** Means of the three ratings beside those of the category; null without reviews. */
  ratings: z.object({ attitude: z.number(), skill: z.number(), quality: z.number() }).nullable(),
  categoryRatings: z.object({ attitude: z.number(), skill: z.number(), quality: z.number() }).nullable(),
  publishedAt: momentSchema,
}).meta({ id: 'Service' })

const lineSchema = z.object({
  kind: z.enum(['package', 'addon', 'answer']),
  key: z.string(),
  label: z.string(),
  quantity: z.number().int(),
  unit: moneySchema,
  amount: moneySchema,
})
export const platformFeeSchema = z.object({ feeBps: z.number().int(), fee: moneySchema, net: moneySchema }).meta({ id: 'PlatformFee' })

export const priceQuoteSchema = z.object({
  lines: z.array(lineSchema),
  total: moneySchema,
  deliveryDays: z.number().int(),
  revisions: z.number().int().nullable(),
  /** What keeps the selection from being ordered; empty when it may be. */
  faults: z.array(z.object({ field: z.string(), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
}).meta({ id: 'PriceQuote' })

export const searchPageSchema = z.object({
  items: z.array(serviceCardSchema),
  total: z.number().int(),
  page: z.number().int(),
  pages: z.number().int(),
  /** Facet → choice → how many it would leave. */
  facets: z.object({
    category: z.record(z.string(), z.number()),
    subcategory: z.record(z.string(), z.number()),
    area: z.record(z.string(), z.number()),
    kind: z.record(z.string(), z.number()),
    verified: z.record(z.string(), z.number()),
    online: z.record(z.string(), z.number()),
    rating: z.record(z.string(), z.number()),
    deliveryDays: z.record(z.string(), z.number()),
  }),
  prices: z.object({ buckets: z.array(z.object({ from: moneySchema.nullable(), to: moneySchema.nullable(), count: z.number().int() })) }),
  correction: z.string().nullable(),
  relaxed: z.boolean(),
  engine: z.string(),
}).meta({ id: 'ServicePage' })

export const suggestionSchema = z.object({
  kind: z.enum(['service', 'category', 'skill', 'order']),
  text: z.string(),
  /** Where it leads: a category's slug or the order number; a text to search for otherwise. */
  target: z.string().nullable(),
  services: z.number().int().nullable(),
}).meta({ id: 'SearchSuggestion' })

const changeStateSchema = z.enum(serviceChangeLifecycle.states)
export const ownServiceSchema = z.object({
  id: idSchema,
  state: z.enum(serviceLifecycle.states),
  title: z.string(),
  cover: coverSchema,
  image: imageSchema.nullable(),
  priceFrom: moneySchema.nullable(),
  capacity: z.number().int().nullable(),
  activeOrders: z.number().int().nullable(),
  rating: ratingSchema,
  sales: z.number().int(),
  change: z.object({ state: changeStateSchema, reason: z.string().nullable(), updatedAt: momentSchema }).nullable(),
  updatedAt: momentSchema,
}).meta({ id: 'OwnService' })

export const ownServiceEditSchema = z.object({
  id: idSchema,
  state: z.enum(serviceLifecycle.states),
  version: z.number().int(),
  capacity: z.number().int().nullable(),
  /** What buyers see now; null before the first approval. */
  published: serviceContentSchema.nullable(),
  /** What is being written, else a copy of what is published. */
  draft: serviceDraftSchema,
  change: z.object({ state: changeStateSchema, reason: z.string().nullable(), submittedAt: momentSchema.nullable(), updatedAt: momentSchema }).nullable(),
  images: z.array(imageSchema),
}).meta({ id: 'OwnServiceEdit' })

export const moderationItemSchema = z.object({
  id: idSchema.meta({ description: 'Id of the change.' }),
  serviceId: idSchema,
  kind: z.enum(['new', 'edit']),
  state: changeStateSchema,
  title: z.string(),
  category: z.string().nullable(),
  provider: personCardSchema,
  submittedAt: momentSchema.nullable(),
  decidedAt: momentSchema.nullable(),
  reason: z.string().nullable(),
}).meta({ id: 'ModerationItem' })

export const moderationCaseSchema = moderationItemSchema.extend({
  before: serviceContentSchema.nullable(),
  after: serviceDraftSchema,
  images: z.array(imageSchema),
  flags: z.array(z.object({ kind: z.enum(['contact', 'word']), excerpt: z.string() })).meta({ description: 'What the rules found in its texts.' }),
  history: z.array(z.object({ state: changeStateSchema, reason: z.string().nullable(), at: momentSchema })),
}).meta({ id: 'ModerationCase' })
