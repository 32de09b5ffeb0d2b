/** The cases before and after this one, in the order and with the filters of the list it was opened from. */
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { api } from '@/lib/api.ts'
import { useApiQuery } from '@/lib/query.ts'
import { queueQuery } from './queue-query.ts'

const MOST = 100

export function useNeighbours(id: () => string) {
  const route = useRoute()
  const { data } = useApiQuery(api.disputes.queue, () => ({ query: { ...queueQuery(route.query), limit: MOST as never } }), { keepPrevious: true })
  const ids = computed(() => data.value?.items.map(item => item.id) ?? [])
  const at = computed(() => ids.value.indexOf(id()))
  const link = (target: string | undefined) => (target ? { path: `/staff/disputes/${target}`, query: route.query } : null)
  return {
    position: computed(() => (at.value < 0 ? null : at.value + 1)),
    count: computed(() => data.value?.counts[queueQuery(route.query).state] ?? ids.value.length),
    before: computed(() => link(at.value > 0 ? ids.value[at.value - 1] : undefined)),
    /** A case that has left the list is followed by the first one in it. */
    after: computed(() => link(at.value < 0 ? ids.value.find(other => other !== id()) : ids.value[at.value + 1])),
  }
}
