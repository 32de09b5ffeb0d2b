/** Services as cards: one statement for the services, and one each for their people, pictures and the viewer's hearts. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Cover } from '@miaodan/shared/catalog/model'
import { fen } from '@miaodan/shared/kernel/money'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { peopleByIds } from '../accounts/index.ts'
import { categories, favouriteServices, services, serviceStats } from './tables.ts'

const parents = alias(categories, 'parents')

/** What a card needs of a service, read out of its document by the database. */
async function cardRows(db: Executor, ids: readonly string[]) {
  return db.select({
    id: services.id, providerId: services.providerId, priceFrom: services.priceFrom, deliveryDays: services.deliveryDays,
    title: sql<string>`${services.content} ->> 'title'`, summary: sql<string>`${services.content} ->> 'summary'`,
    cover: sql<Cover>`${services.content} -> 'cover'`, imageId: sql<string | null>`${services.content} -> 'images' ->> 0`,
    subcategory: categories.slug, category: parents.slug,
    sales: serviceStats.sales, reviews: serviceStats.reviews, attitude: serviceStats.attitude, skill: serviceStats.skill, quality: serviceStats.quality,
  }).from(services)
    .innerJoin(categories, eq(categories.id, services.categoryId))
    .innerJoin(parents, eq(parents.id, sql`coalesce(${categories.parentId}, ${categories.id})`))
    .leftJoin(serviceStats, eq(serviceStats.serviceId, services.id))
    .where(inArray(services.id, [...ids]))
}

/** The mean of all three ratings of a service, to two decimals; null without reviews. */
export function meanRating(sums: { reviews: number | null, attitude: number | null, skill: number | null, quality: number | null }): number | null {
  if (!sums.reviews) return null
  return Math.round(((sums.attitude ?? 0) + (sums.skill ?? 0) + (sums.quality ?? 0)) / (3 * sums.reviews) * 100) / 100
}

/** Cards in the order of `ids`. A service that was never published, or whose provider is gone, has none. */
export async function cardsOf(db: Executor, deps: Deps, ids: readonly string[], viewer: Viewer | null) {
  if (ids.length === 0) return []
  const rows = await cardRows(db, ids)
  const [people, pictures, kept] = await Promise.all([
    peopleByIds(db, deps, rows.map(row => row.providerId)),
    uploadsByIds(db, rows.flatMap(row => row.imageId ?? [])),
    favouritesAmong(db, viewer, ids),
  ])
  const cards = new Map(rows.flatMap(row => {
    const provider = people.get(row.providerId)
    if (!provider || row.priceFrom === null || row.deliveryDays === null) return []
    const image = row.imageId ? pictures.get(row.imageId) : undefined
    return [[row.id, {
      id: row.id, title: row.title, summary: row.summary, cover: row.cover, category: row.category, subcategory: row.subcategory, provider,
      image: image ? { id: image.id, url: image.url, thumbnailUrl: image.thumbnailUrl } : null,
      priceFrom: fen(row.priceFrom), deliveryDays: row.deliveryDays,
      rating: { value: meanRating(row), count: row.reviews ?? 0 }, sales: row.sales ?? 0, favourite: kept.has(row.id),
    }] as const]
  }))
  return ids.flatMap(id => cards.get(id) ?? [])
}

async function favouritesAmong(db: Executor, viewer: Viewer | null, ids: readonly string[]): Promise<Set<string>> {
  if (!viewer) return new Set()
  const rows = await db.select({ id: favouriteServices.serviceId }).from(favouriteServices).where(and(eq(favouriteServices.userId, viewer.userId), inArray(favouriteServices.serviceId, [...ids])))
  return new Set(rows.map(row => row.id))
}
