/** What is looked for in the hall, read from the address and written to it. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/lib/api.ts'
import type { ArgumentsOf } from '@/lib/api-types.ts'
import { useApiQuery } from '@/lib/query.ts'

export const HALL_PAGE_SIZE = 20
export const HALL_CONDITIONS = ['q', 'category', 'minBudget', 'maxBudget', 'within', 'way'] as const
const SORTS = ['fit', 'newest', 'budget_up', 'budget_down', 'deadline'] as const
type Name = typeof HALL_CONDITIONS[number] | 'sort' | 'page'
export type HallChange = Partial<Record<Name, string | null>>
type HallQuery = NonNullable<NonNullable<ArgumentsOf<typeof api.requirements.hall>>['query']>

export function useHall() {
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const one = (name: Name): string | undefined => {
    const value = route.query[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  function queryWith(change: HallChange = {}): Record<string, string> {
    const merged: Record<string, string> = {}
    for (const name of [...HALL_CONDITIONS, 'sort', 'page'] as Name[]) {
      const value = name in change ? change[name] : one(name)
      if (value) merged[name] = value
    }
    // Whatever is changed, one reads on from the first page.
    if (!('page' in change)) delete merged['page']
    return merged
  }
  const asked = computed(() => ({ ...queryWith({ page: one('page') ?? null }), limit: HALL_PAGE_SIZE }) as HallQuery)
  return {
    one,
    apply: (change: HallChange): Promise<unknown> => router.push({ query: queryWith(change) }),
    clear: (): Promise<unknown> => router.push({ query: one('sort') ? { sort: one('sort')! } : {} }),
    result: useApiQuery(api.requirements.hall, () => ({ query: asked.value }), { keepPrevious: true }),
    filtered: computed(() => HALL_CONDITIONS.some(name => one(name))),
    sort: computed(() => SORTS.find(sort => sort === one('sort')) ?? 'fit'),
    sorts: computed(() => SORTS.map(value => ({ value, label: t(`requirements.hall.sorts.${value}`) }))),
    page: computed(() => Math.max(1, Number(one('page')) || 1)),
  }
}
export type Hall = ReturnType<typeof useHall>
