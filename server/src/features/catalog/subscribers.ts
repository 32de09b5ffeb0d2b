import { eq } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import type { Subscriber } from '../../kernel/outbox.ts'
import { indexCategory } from './category-desk.ts'
import { reindex } from './search-index.ts'
import { countReviews, countSales, uncountReviews } from './stats.ts'
import { services } from './tables.ts'

const indexServices: Subscriber<Deps> = {
  name: 'catalog.index-services',
  on: ['service.pause', 'service.resume', 'service.archive', 'service_change.approve'],
  handle: async (tx, event, deps) => reindex(tx, deps, [String(event.payload['serviceId'])]),
}

/** The provider's name, city, areas and verification stand in each of their documents. */
const indexProvider: Subscriber<Deps> = {
  name: 'catalog.index-provider',
  on: ['provider.updated'],
  handle: async (tx, event, deps) => {
    const rows = await tx.select({ id: services.id }).from(services).where(eq(services.providerId, String(event.payload['userId'])))
    await reindex(tx, deps, rows.map(row => row.id))
  },
}

export const subscribers: readonly Subscriber<Deps>[] = [indexServices, indexProvider, indexCategory, countSales, countReviews, uncountReviews]
