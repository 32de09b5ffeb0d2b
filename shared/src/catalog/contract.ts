/** Endpoints of the catalog: what everybody may read, the provider's workbench, moderation, favourites. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { asOfSchema, flagSchema, lineSchema, manyOf, textSchema } from '../kernel/wire.ts'
import { SERVICE_LIMITS, selectionSchema, serviceDraftSchema, slugSchema } from './model.ts'
import {
  categorySchema, moderationCaseSchema, moderationItemSchema, ownServiceEditSchema, ownServiceSchema, platformFeeSchema, priceQuoteSchema, searchPageSchema, serviceCardSchema, serviceSchema,
  suggestionSchema,
} from './views.ts'

export const SORTS = ['relevance', 'sales', 'rating', 'price_up', 'price_down', 'newest'] as const
/** Results can be paged to this depth; whoever looks further narrows the search. */
export const MAX_PAGE = 400

const fenQuery = z.coerce.bigint().min(0n).max(1_000_000_000n).optional()
const cards = z.array(serviceCardSchema)

export const searchQuery = z.object({
  q: z.string().max(200).optional(),
  category: slugSchema.optional().meta({ description: 'A category of either level.' }),
  minPrice: fenQuery.meta({ description: 'Fen.' }),
  maxPrice: fenQuery.meta({ description: 'Fen.' }),
  minRating: z.enum(['4', '4.5', '4.8']).optional(),
  maxDays: z.enum(['1', '3', '7', '14', '30']).optional(),
  area: manyOf(lineSchema(40), 20),
  kind: manyOf(z.enum(['person', 'studio', 'company']), 3),
  online: flagSchema.optional(),
  verified: flagSchema.optional(),
  sort: z.enum(SORTS).default('relevance'),
  exact: flagSchema.optional().meta({ description: 'True searches what was typed instead of its correction.' }),
  page: z.coerce.number().int().min(1).max(MAX_PAGE).default(1),
  limit: z.coerce.number().int().min(1).max(60).default(24),
})

export const catalog = defineContracts('catalog', {
  categories: { method: 'GET', path: '/categories', access: 'anyone', summary: 'All categories with the number of services in each.', output: z.object({ items: z.array(categorySchema) }) },
  search: { method: 'GET', path: '/services', access: 'anyone', summary: 'Search and filter published services, with counts.', query: searchQuery, output: searchPageSchema },
  suggest: { method: 'GET', path: '/services/suggestions', access: 'anyone', summary: 'Completions while typing.', query: z.object({ q: z.string().max(60) }), output: z.object({ items: z.array(suggestionSchema) }) },
  showcase: { method: 'GET', path: '/services/showcase', access: 'anyone', summary: 'Recommended and hot services.', query: z.object({ category: slugSchema.optional() }), output: z.object({ recommended: cards, hot: cards }) },
  pulse: { method: 'GET', path: '/pulse', access: 'anyone', summary: 'Live numbers of the marketplace. A number that is not known is null.',
    output: z.object({ asOf: asOfSchema, ordersCompleted30Days: z.number().int().nullable(), medianFirstMatchSeconds: z.number().nullable(), providersOnline: z.number().int().nullable(), servicesPublished: z.number().int() }) },
  getService: { method: 'GET', path: '/services/:id', access: 'anyone', summary: 'One service as its page shows it.', params: idParams, output: serviceSchema, errors: ['catalog.service_not_found'] },
  similar: { method: 'GET', path: '/services/:id/similar', access: 'anyone', summary: 'Services like this one.', params: idParams, output: z.object({ items: cards }), errors: ['catalog.service_not_found'] },
  servicesOf: { method: 'GET', path: '/providers/:id/services', access: 'anyone', summary: "A provider's published services.", params: idParams, output: z.object({ items: cards }) },
  quotePrice: { method: 'POST', path: '/services/:id/price', access: 'anyone', summary: 'Price of a selection, line by line, and what is missing.', params: idParams, body: selectionSchema, output: priceQuoteSchema,
    errors: ['catalog.service_not_found'] },
  platformFee: { method: 'GET', path: '/platform-fee', access: 'user', summary: 'What a provider would be left of a price, by the rule in force now. An order made now freezes that rule.',
    query: z.object({ category: slugSchema.meta({ description: 'A subcategory.' }), amount: z.coerce.bigint().min(1n).max(1_000_000_000n).meta({ description: 'Fen.' }) }), output: platformFeeSchema, errors: ['catalog.category_unknown'] },

  favourites: { method: 'GET', path: '/favourites/services', access: 'user', summary: 'Services the person keeps, newest first.', query: pageQuery, output: pageOf(serviceCardSchema) },
  addFavourite: { method: 'PUT', path: '/favourites/services/:id', access: 'user', summary: 'Keep a service.', params: idParams, errors: ['catalog.service_not_found'] },
  removeFavourite: { method: 'DELETE', path: '/favourites/services/:id', access: 'user', summary: 'Keep a service no longer.', params: idParams },

  ownServices: { method: 'GET', path: '/workbench/services', access: 'provider', summary: "The provider's own services in every state.", output: z.object({ items: z.array(ownServiceSchema) }) },
  ownService: { method: 'GET', path: '/workbench/services/:id', access: 'provider', summary: 'An own service with what is being written.', params: idParams, output: ownServiceEditSchema, errors: ['catalog.service_not_found'] },
  createService: { method: 'POST', path: '/workbench/services', access: 'provider', summary: 'Start a service.', body: serviceDraftSchema, output: z.object({ id: idSchema }), status: 201, perMinute: 30 },
  saveDraft: { method: 'PUT', path: '/workbench/services/:id/draft', access: 'provider', summary: 'Save what is being written. What buyers see stays.', params: idParams, body: serviceDraftSchema,
    errors: ['catalog.service_not_found', 'catalog.in_review', 'kernel.upload_missing'] },
  discardDraft: { method: 'DELETE', path: '/workbench/services/:id/draft', access: 'provider', summary: 'Give up the changes to a published service.', params: idParams, errors: ['catalog.service_not_found', 'catalog.in_review'] },
  submitService: { method: 'POST', path: '/workbench/services/:id/submit', access: 'provider', summary: 'Send what was written to review.', params: idParams,
    errors: ['catalog.service_not_found', 'catalog.nothing_to_submit', 'catalog.category_unknown', 'kernel.illegal_transition'] },
  withdrawService: { method: 'POST', path: '/workbench/services/:id/withdraw', access: 'provider', summary: 'Take it back out of review.', params: idParams, errors: ['catalog.service_not_found', 'kernel.illegal_transition'] },
  pauseService: { method: 'POST', path: '/workbench/services/:id/pause', access: 'provider', summary: 'Take no new orders for now.', params: idParams, errors: ['catalog.service_not_found', 'kernel.illegal_transition'] },
  resumeService: { method: 'POST', path: '/workbench/services/:id/resume', access: 'provider', summary: 'Take orders again.', params: idParams, errors: ['catalog.service_not_found', 'kernel.illegal_transition'] },
  archiveService: { method: 'POST', path: '/workbench/services/:id/archive', access: 'provider', summary: 'Take it down for good. Orders keep their copy.', params: idParams, errors: ['catalog.service_not_found', 'kernel.illegal_transition'] },
  setCapacity: { method: 'PUT', path: '/workbench/services/:id/capacity', access: 'provider', summary: 'How many orders may run at one time; null for no limit.', params: idParams,
    body: z.object({ capacity: z.number().int().min(1).max(SERVICE_LIMITS.capacity).nullable() }), errors: ['catalog.service_not_found'] },

  moderationQueue: { method: 'GET', path: '/staff/services', access: { staff: 'services.moderate' }, summary: 'Services and changes to review, longest waiting first.',
    query: pageQuery.extend({ state: z.enum(['in_review', 'approved', 'rejected']).default('in_review') }), output: pageOf(moderationItemSchema).extend({ waiting: z.number().int() }) },
  moderationCase: { method: 'GET', path: '/staff/services/:id', access: { staff: 'services.moderate' }, summary: 'A change, with what it would replace.', params: idParams, output: moderationCaseSchema },
  approveChange: { method: 'POST', path: '/staff/services/:id/approve', access: { staff: 'services.moderate' }, summary: 'Let it replace what buyers see.', params: idParams, errors: ['kernel.illegal_transition', 'catalog.no_own_decision'] },
  rejectChange: { method: 'POST', path: '/staff/services/:id/reject', access: { staff: 'services.moderate' }, summary: 'Send it back with a reason.', params: idParams,
    body: z.object({ reason: textSchema(500, 4) }), errors: ['kernel.illegal_transition', 'catalog.no_own_decision'] },
})
