/** Searching services: the query of the contract to that of the search port, and its answer back to cards. */
import type * as z from 'zod'
import type { searchQuery } from '@miaodan/shared/catalog/contract'
import type { suggestionSchema } from '@miaodan/shared/catalog/views'
import { fen } from '@miaodan/shared/kernel/money'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { searchLimits, type Filters, type Query } from '../../ports/search/port.ts'
import { onlineProviders } from '../accounts/index.ts'
import { cardsOf } from './cards.ts'
import { allCategories } from './categories.ts'
import { servicesIndex } from './search-index.ts'

type SearchQuery = z.output<typeof searchQuery>
type ServiceFilters = Filters<typeof servicesIndex>

/** Yuan; roughly equal steps to the eye, since prices are spread over four powers of ten. */
const PRICE_STEPS = [100, 200, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 4000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 50_000].map(yuan => BigInt(yuan) * 100n)
/** An id nobody has: a filter on an empty list would be no filter. */
const NOBODY = 'nobody'

const sorts: Record<SearchQuery['sort'], Query<typeof servicesIndex>['sort']> = {
  relevance: undefined,
  sales: { by: 'sales', direction: 'desc' },
  rating: { by: 'rating', direction: 'desc' },
  price_up: { by: 'price', direction: 'asc' },
  price_down: { by: 'price', direction: 'desc' },
  newest: { by: 'published', direction: 'desc' },
}

export async function searchServices(db: Executor, deps: Deps, query: SearchQuery, viewer: Viewer | null) {
  const online = await onlineIds(db, deps)
  const filters = await filtersOf(db, query, query.online ? online : undefined)
  const sort = sorts[query.sort]
  const [found, othersOnline] = await Promise.all([
    deps.search.query(servicesIndex, {
      ...(query.q ? { text: query.q } : {}), ...(sort ? { sort } : {}), correct: query.exact !== true, filters,
      facets: { values: ['category', 'subcategory', 'areas', 'kind', 'verified', 'ratingAtLeast', 'deliveredWithin'], histograms: { price: PRICE_STEPS } },
      offset: (query.page - 1) * query.limit, limit: query.limit,
    }),
    query.online ? undefined : deps.search.query(servicesIndex, { ...(query.q ? { text: query.q } : {}), correct: query.exact !== true, filters: { ...filters, provider: online }, limit: 0 }),
  ])
  const { facets } = found
  const counts = (name: string) => ({ ...facets[name] })
  return {
    items: await cardsOf(db, deps, found.hits.map(hit => hit.id), viewer),
    total: found.total, page: query.page, pages: Math.ceil(Math.min(found.total, searchLimits.depth) / query.limit),
    facets: {
      category: counts('category'), subcategory: counts('subcategory'), area: counts('areas'), kind: counts('kind'), verified: counts('verified'),
      rating: counts('ratingAtLeast'), deliveryDays: counts('deliveredWithin'), online: { true: (othersOnline ?? found).total },
    },
    prices: { buckets: (found.histograms['price']?.buckets ?? []).map(({ from, to, count }) => ({ from: from === null ? null : fen(from), to: to === null ? null : fen(to), count })) },
    correction: found.correction, relaxed: found.relaxed, engine: found.engine,
  }
}

async function filtersOf(db: Executor, query: SearchQuery, online: readonly string[] | undefined): Promise<ServiceFilters> {
  const category = query.category ? (await allCategories(db)).find(row => row.slug === query.category) : undefined
  return {
    ...(query.category === undefined ? {} : category?.parentId ? { subcategory: query.category } : { category: query.category }),
    ...(query.minPrice === undefined && query.maxPrice === undefined ? {} : { price: { ...(query.minPrice === undefined ? {} : { min: query.minPrice }), ...(query.maxPrice === undefined ? {} : { max: query.maxPrice }) } }),
    ratingAtLeast: query.minRating, deliveredWithin: query.maxDays, areas: query.area, kind: query.kind, provider: online,
    ...(query.verified ? { verified: true } : {}),
  }
}

/** Presence changes by the minute and is therefore not in the index: the people who are here are the filter. */
async function onlineIds(db: Executor, deps: Deps): Promise<readonly string[]> {
  const ids = await onlineProviders(db, deps, searchLimits.filterValues)
  return ids.length > 0 ? ids : [NOBODY]
}

/** An order's number, as it stands on every page and paper of the order. */
const ORDER_NUMBER = /^MD\d{8,20}$/
const SUGGESTIONS = 8

type SearchSuggestion = z.output<typeof suggestionSchema>

export async function suggest(deps: Deps, typed: string, viewer: Viewer | null): Promise<SearchSuggestion[]> {
  const text = typed.trim()
  if (text === '') return []
  if (viewer && ORDER_NUMBER.test(text.toUpperCase())) return [{ kind: 'order', text: text.toUpperCase(), target: text.toUpperCase(), services: null }]
  const [found, known] = await Promise.all([deps.search.suggest(servicesIndex, text, { limit: SUGGESTIONS }), allCategories(deps.db)])
  return found.flatMap(({ text, kind, documents }): SearchSuggestion[] => {
    if (kind !== 'category') return [{ kind: kind === 'skill' ? 'skill' : 'service', text, target: null, services: documents }]
    const category = known.find(row => row.nameZh === text || row.nameEn === text)
    return category ? [{ kind: 'category', text, target: category.slug, services: documents }] : []
  })
}
