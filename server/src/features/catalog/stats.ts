/** Sales and ratings of a service, kept from the events that tell of them. */
import { eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Deps } from '../../deps.ts'
import type { Subscriber } from '../../kernel/outbox.ts'
import { reindex } from './search-index.ts'
import { serviceSales, serviceStats } from './tables.ts'

const id = z.uuid()
const score = z.number().int().min(1).max(5)
/** An order that did not come from a service tells no service, and is nothing to the catalog. */
const completedOrder = z.object({ id, serviceId: id.nullish(), onTime: z.boolean().nullish() })
const publishedReview = z.object({ serviceId: id.nullish(), ratings: z.object({ attitude: score, skill: score, quality: score }) })

export const countSales: Subscriber<Deps> = {
  name: 'catalog.count-sales',
  on: ['order.complete'],
  handle: async (tx, event, deps) => {
    const { id: orderId, serviceId, onTime = null } = completedOrder.parse(event.payload)
    if (!serviceId) return
    const added = await tx.insert(serviceSales).values({ orderId, serviceId, onTime, at: event.at }).onConflictDoNothing().returning({ id: serviceSales.orderId })
    if (added.length === 0) return
    const first = { sales: 1, onTime: onTime ? 1 : 0, timed: onTime === null ? 0 : 1 }
    await tx.insert(serviceStats).values({ serviceId, ...first }).onConflictDoUpdate({ target: serviceStats.serviceId, set: {
      sales: sql`${serviceStats.sales} + 1`, onTime: sql`${serviceStats.onTime} + ${first.onTime}`, timed: sql`${serviceStats.timed} + ${first.timed}`,
    } })
    await reindex(tx, deps, [serviceId])
  },
}

/** A review that staff took out counts no more. */
export const uncountReviews: Subscriber<Deps> = {
  name: 'catalog.uncount-reviews',
  on: ['review.remove'],
  handle: async (tx, event, deps) => {
    const { serviceId, ratings } = publishedReview.parse(event.payload)
    if (!serviceId) return
    await tx.update(serviceStats).set({
      reviews: sql`${serviceStats.reviews} - 1`, attitude: sql`${serviceStats.attitude} - ${ratings.attitude}`, skill: sql`${serviceStats.skill} - ${ratings.skill}`, quality: sql`${serviceStats.quality} - ${ratings.quality}`,
    }).where(eq(serviceStats.serviceId, serviceId))
    await reindex(tx, deps, [serviceId])
  },
}

export const countReviews: Subscriber<Deps> = {
  name: 'catalog.count-reviews',
  on: ['reviews.published'],
  handle: async (tx, event, deps) => {
    const { serviceId, ratings } = publishedReview.parse(event.payload)
    if (!serviceId) return
    await tx.insert(serviceStats).values({ serviceId, reviews: 1, ...ratings }).onConflictDoUpdate({ target: serviceStats.serviceId, set: {
      reviews: sql`${serviceStats.reviews} + 1`, attitude: sql`${serviceStats.attitude} + ${ratings.attitude}`, skill: sql`${serviceStats.skill} + ${ratings.skill}`, quality: sql`${serviceStats.quality} + ${ratings.quality}`,
    } })
    await reindex(tx, deps, [serviceId])
  },
}
