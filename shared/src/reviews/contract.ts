import * as z from 'zod'
import { personCardSchema, personKindSchema } from '../accounts/model.ts'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { momentSchema, textSchema } from '../kernel/wire.ts'
import { reviewLifecycle } from './lifecycle.ts'

export const REVIEW_TEXT_LIMIT = 1000

const scoreSchema = z.number().int().min(1).max(5)
export const ratingsSchema = z.object({ attitude: scoreSchema, skill: scoreSchema, quality: scoreSchema }).meta({ id: 'Ratings' })

export const reviewSchema = z.object({
  id: idSchema,
  author: personCardSchema,
  side: z.enum(['buyer', 'provider']).meta({ description: 'Which side of the order wrote it.' }),
  title: z.string().meta({ description: 'Title of the order.' }),
  ratings: ratingsSchema,
  text: z.string(),
  answer: z.string().nullable(),
  at: momentSchema,
}).meta({ id: 'Review' })

const meanSchema = z.number().min(1).max(5)

/** A deal as strangers may read of it: what was done and by whom, and only what kind of buyer had it done. */
export const recentDealSchema = z.object({
  id: idSchema,
  title: z.string().meta({ description: 'Title of the order.' }),
  buyer: z.object({ kind: personKindSchema, city: z.string().nullable() }),
  provider: personCardSchema,
  rating: meanSchema,
  text: z.string(),
  at: momentSchema,
}).meta({ id: 'RecentDeal' })

export const reviewSummarySchema = z.object({
  count: z.number().int(),
  mean: meanSchema.nullable(),
  ratings: z.object({ attitude: meanSchema, skill: meanSchema, quality: meanSchema }).nullable(),
  spread: z.array(z.number().int()).length(5).meta({ description: 'How many reviews gave one to five stars, by their own mean rounded.' }),
}).meta({ id: 'ReviewSummary' })

const ownReviewSchema = z.object({
  state: z.enum(reviewLifecycle.states),
  closesAt: momentSchema,
  ratings: ratingsSchema.nullable(),
  text: z.string().nullable(),
  suggestion: z.string().nullable(),
})

const list = pageOf(reviewSchema).extend({ summary: reviewSummarySchema })

export const reviews = defineContracts('reviews', {
  ofOrder: {
    method: 'GET', path: '/orders/:id/reviews', access: 'user', params: idParams,
    summary: "Your review of a completed order and the other side's, which shows once both are published. Null while the order is not complete.",
    output: z.object({ mine: ownReviewSchema.nullable(), theirs: ownReviewSchema.extend({ id: idSchema, answer: z.string().nullable() }).nullable() }),
  },
  submit: {
    method: 'POST', path: '/orders/:id/reviews', access: 'user', params: idParams, summary: 'Review the other side of a completed order. It cannot be changed.',
    body: z.object({ ratings: ratingsSchema, text: textSchema(REVIEW_TEXT_LIMIT, 0), suggestion: textSchema(REVIEW_TEXT_LIMIT, 0).optional().meta({ description: 'For the other side alone.' }) }),
    errors: ['reviews.closed'],
  },
  answer: { method: 'POST', path: '/reviews/:id/answer', access: 'user', params: idParams, summary: 'Answer a review about you, once and in public.', body: z.object({ text: textSchema(500) }), errors: ['reviews.answered'] },
  ofService: { method: 'GET', path: '/services/:id/reviews', access: 'anyone', params: idParams, query: pageQuery, output: list, summary: 'Reviews of a service, newest first, with their summary.' },
  ofPerson: { method: 'GET', path: '/people/:id/reviews', access: 'anyone', params: idParams, query: pageQuery.extend({ side: z.enum(['buyer', 'provider']).default('buyer') }), output: list,
    summary: 'Reviews about a person, written by the given side of their orders.' },
  recent: { method: 'GET', path: '/reviews/recent', access: 'anyone', summary: 'Orders completed and reviewed last, without their buyers.', output: z.object({ items: z.array(recentDealSchema) }) },
  waiting: { method: 'GET', path: '/reviews/waiting', access: 'user', summary: 'Completed orders you may still review.', output: z.object({ items: z.array(z.object({ orderId: idSchema, number: z.string(), title: z.string(), closesAt: momentSchema })) }) },
})
