/** What is searched for, read from the address and written to it: a link to it shows the same, and Back goes a step back. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import type { ArgumentsOf } from '@/lib/api-types.ts'
import { api } from '@/lib/api.ts'
import { moneyLabel } from '@/lib/money.ts'
import { useApiQuery } from '@/lib/query.ts'
import { useAreaNames } from '../use-area-names.ts'
import { useCategories } from '../use-categories.ts'

export const SORTS = ['relevance', 'sales', 'rating', 'price_up', 'price_down', 'newest'] as const
export const PAGE_SIZE = 24
const CONDITIONS = ['q', 'category', 'minPrice', 'maxPrice', 'minRating', 'maxDays', 'area', 'kind', 'online', 'verified'] as const
const MANY = new Set<string>(['area', 'kind'])

type Name = typeof CONDITIONS[number] | 'sort' | 'page' | 'exact'
export type Change = Partial<Record<Name, string | string[] | null>>
export type SearchQuery = NonNullable<NonNullable<ArgumentsOf<typeof api.catalog.search>>['query']>
/** A condition that stands, with what to change to be without it. */
export type Applied = { key: string, label: string, without: Change }

const listOf = (value: LocationQuery[string] | undefined): string[] => (Array.isArray(value) ? value : [value]).filter((item): item is string => !!item)

export function useMarket() {
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const areaName = useAreaNames()
  const { nameOf } = useCategories()

  const one = (name: Name): string | undefined => listOf(route.query[name])[0]
  const many = (name: 'area' | 'kind'): string[] => listOf(route.query[name])

  function queryWith(change: Change = {}): Record<string, string | string[]> {
    const merged: Record<string, string | string[]> = {}
    for (const name of [...CONDITIONS, 'sort', 'page', 'exact'] as Name[]) {
      const value = name in change ? change[name] : MANY.has(name) ? listOf(route.query[name]) : one(name)
      if (value && value.length > 0) merged[name] = value
    }
    // Whatever is changed, one reads on from the first page.
    if (!('page' in change)) delete merged['page']
    return merged
  }
  const apply = (change: Change): Promise<unknown> => router.push({ path: '/market', query: queryWith(change) })
  const clear = (): Promise<unknown> => apply(Object.fromEntries(CONDITIONS.filter(name => name !== 'q').map(name => [name, null])))

  const asked = computed(() => ({ ...queryWith({ page: one('page') ?? null }), limit: PAGE_SIZE }) as SearchQuery)
  const result = useApiQuery(api.catalog.search, () => ({ query: asked.value }), { keepPrevious: true })

  const priceLabel = computed(() => {
    const [min, max] = [one('minPrice'), one('maxPrice')].map(fen => (fen && /^\d+$/.test(fen) ? moneyLabel(BigInt(fen)) : undefined))
    return min && max ? `${min} – ${max}` : min ? t('market.atLeast', { price: min }) : max ? t('market.atMost', { price: max }) : null
  })
  const applied = computed<Applied[]>(() => {
    const found: Applied[] = []
    const add = (key: string, label: string | null | undefined, without: Change) => { if (label) found.push({ key, label, without }) }
    add('category', one('category') && (nameOf(one('category')) || one('category')), { category: null })
    add('price', priceLabel.value, { minPrice: null, maxPrice: null })
    add('online', one('online') === 'true' ? t('market.facets.online') : null, { online: null })
    add('verified', one('verified') === 'true' ? t('market.facets.verified') : null, { verified: null })
    for (const kind of many('kind')) add(`kind-${kind}`, t(`catalog.kinds.${kind}`), { kind: many('kind').filter(other => other !== kind) })
    add('days', one('maxDays') ? t('market.within', { count: Number(one('maxDays')) }, Number(one('maxDays'))) : null, { maxDays: null })
    add('rating', one('minRating') ? t('market.ratedAtLeast', { rating: one('minRating') }) : null, { minRating: null })
    for (const area of many('area')) add(`area-${area}`, areaName(area) || area, { area: many('area').filter(other => other !== area) })
    return found
  })
  return { one, many, apply, clear, queryWith, result, applied, text: computed(() => one('q') ?? ''), sort: computed(() => SORTS.find(sort => sort === one('sort')) ?? 'relevance'), page: computed(() => Math.max(1, Number(one('page')) || 1)) }
}
export type Market = ReturnType<typeof useMarket>
