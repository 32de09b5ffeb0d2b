/** The index of published services: what it holds, and how a row becomes a document. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { inTurn } from '../../kernel/search-indexes.ts'
import { defineIndex, type SearchDocument } from '../../ports/search/port.ts'
import { providersByIds } from '../accounts/index.ts'
import { meanRating } from './cards.ts'
import { categoryPaths } from './categories.ts'
import { services, serviceStats } from './tables.ts'

export const RATING_STEPS = ['4', '4.5', '4.8'] as const
export const DAY_STEPS = ['1', '3', '7', '14', '30'] as const

export const servicesIndex = defineIndex({
  name: 'services',
  version: 1,
  fields: { title: 'A', skills: 'B', category: 'B', summary: 'C', provider: 'C', description: 'D' },
  filters: {
    category: 'keyword', subcategory: 'keyword', provider: 'keyword', price: 'integer', areas: 'keywords', kind: 'keyword', verified: 'boolean',
    // Every step a service reaches, so that each choice counts what it would leave.
    ratingAtLeast: 'keywords', deliveredWithin: 'keywords',
  },
  sorts: { price: 'integer', sales: 'integer', rating: 'number', published: 'timestamp' },
})
export type ServiceDocument = SearchDocument<typeof servicesIndex>

const REBUILD_BATCH = 500

/** Documents of those of these services that are published. */
export async function documentsOf(db: Executor, deps: Deps, ids: readonly string[]): Promise<ServiceDocument[]> {
  const rows = await db.select({ service: services, stats: serviceStats }).from(services).leftJoin(serviceStats, eq(serviceStats.serviceId, services.id))
    .where(and(inArray(services.id, [...ids]), eq(services.state, 'published')))
  const providerIds = rows.map(row => row.service.providerId)
  const [providers, paths] = await Promise.all([
    providersByIds(db, deps, providerIds), categoryPaths(db, rows.flatMap(row => row.service.categoryId ?? [])),
  ])
  return rows.flatMap(({ service, stats }) => {
    const path = service.categoryId ? paths.get(service.categoryId) : undefined
    const provider = providers.get(service.providerId)
    if (!service.content || !path || !provider) return []
    const { content } = service
    const rating = stats ? meanRating(stats) : null
    const days = service.deliveryDays ?? Infinity
    const names = [path.nameZh, path.nameEn, path.parent.nameZh, path.parent.nameEn]
    return [{
      id: service.id,
      fields: { title: content.title, skills: content.skills, category: names, summary: content.summary, provider: provider.displayName, description: content.description },
      filters: {
        category: path.parent.slug, subcategory: path.slug, provider: service.providerId, price: service.priceFrom, kind: provider.kind, verified: provider.verified !== null,
        areas: [...new Set([...(provider.city ? [provider.city] : []), ...provider.profile.areas])],
        ratingAtLeast: RATING_STEPS.filter(step => rating !== null && rating >= Number(step)), deliveredWithin: DAY_STEPS.filter(step => days <= Number(step)),
      },
      sorts: { price: service.priceFrom, sales: stats?.sales ?? 0, rating, published: service.publishedAt },
      quality: qualityOf(rating, stats?.reviews ?? 0, stats?.sales ?? 0),
      suggestions: [{ text: content.title, kind: 'service' }, { text: path.nameZh, kind: 'category' }, { text: path.nameEn, kind: 'category' }, ...content.skills.map(text => ({ text, kind: 'skill' }))],
    }]
  })
}

/** How many reviews it takes for a service's own mean to weigh as much as the mean of all. */
const PRIOR_REVIEWS = 5
const PRIOR_RATING = 4.5
/** Finished orders at which half of what sales can add is reached. */
const HALFWAY_SALES = 20

/** From 0 to 1: the rating shrunk towards the mean, and sales with less and less weight for each more. */
export function qualityOf(rating: number | null, reviews: number, sales: number): number {
  const shrunk = ((rating ?? PRIOR_RATING) * reviews + PRIOR_RATING * PRIOR_REVIEWS) / (reviews + PRIOR_REVIEWS)
  return Math.min(1, Math.max(0, 0.7 * (shrunk - 3) / 2 + 0.3 * sales / (sales + HALFWAY_SALES)))
}

/** Brings the index into line with these services: published ones are in it, others are not. */
export async function reindex(db: Executor, deps: Deps, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await inTurn(db, servicesIndex, ids)
  const documents = await documentsOf(db, deps, ids)
  const present = new Set(documents.map(document => document.id))
  await deps.search.upsert(servicesIndex, documents)
  await deps.search.remove(servicesIndex, ids.filter(id => !present.has(id)))
}

async function* everyDocument(deps: Deps): AsyncGenerator<ServiceDocument> {
  let last: string | undefined
  for (;;) {
    const rows = await deps.db.select({ id: services.id }).from(services)
      .where(and(eq(services.state, 'published'), last === undefined ? undefined : gt(services.id, last))).orderBy(asc(services.id)).limit(REBUILD_BATCH)
    if (rows.length === 0) return
    yield* await documentsOf(deps.db, deps, rows.map(row => row.id))
    last = rows.at(-1)?.id
  }
}

export const publishedServices = (db: Executor): Promise<number> => db.$count(services, eq(services.state, 'published'))

/** Makes the whole index anew from Postgres; searches are answered meanwhile. */
export async function rebuildServicesIndex(deps: Deps): Promise<{ documents: number }> {
  return deps.search.rebuild(servicesIndex, everyDocument(deps))
}
