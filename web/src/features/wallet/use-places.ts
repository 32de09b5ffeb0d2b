/** "Where is my money", sorted into what the wallet shows of it. Which side comes first follows the role one is in. */
import { computed } from 'vue'
import { api } from '@/lib/api.ts'
import { useApiQuery } from '@/lib/query.ts'
import { useRole } from '@/lib/role.ts'
import type { WhereItem } from './types.ts'

const soonestFirst = (items: readonly WhereItem[]): WhereItem[] =>
  [...items].sort((a, b) => (a.place?.until ?? '9999').localeCompare(b.place?.until ?? '9999'))

export function usePlaces() {
  const { role } = useRole()
  const places = useApiQuery(api.orders.moneyWhere)
  const items = computed<WhereItem[]>(() => places.data.value?.items ?? [])
  const held = computed(() => items.value.filter(item => item.kind === 'held'))
  const mine = computed(() => held.value.filter(item => item.side === role.value))
  const isWaiting = (item: WhereItem): boolean => item.side === 'provider' && item.place?.why === 'waiting_for_provider'
  const clearing = computed(() => soonestFirst(items.value.filter(item => item.kind === 'clearing' || item.kind === 'frozen')))
  return {
    places,
    provides: computed(() => role.value === 'provider'),
    clearing,
    held: computed(() => soonestFirst(mine.value.filter(item => !isWaiting(item)))),
    /** Paid orders that the provider has not accepted: not theirs yet in any sense. */
    waiting: computed(() => mine.value.filter(isWaiting)),
    heldElsewhere: computed(() => soonestFirst(held.value.filter(item => item.side !== role.value && !isWaiting(item)))),
    /** What will be available at a date that is already fixed. */
    arrivals: computed(() => clearing.value.flatMap(item => (item.kind === 'clearing' && item.place?.until && item.place.state === 'clearing' ? [{ at: new Date(item.place.until).getTime(), fen: Number(item.amount.amount) }] : []))),
  }
}
