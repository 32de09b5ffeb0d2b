/** The cases before and after this one, in the order and with the filters of the list it was opened from. */
import { computed, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { api } from '@/lib/api.ts'
import { useApiQuery } from '@/lib/query.ts'
import { queueQuery } from './queue-query.ts'

const MOST = 100
/** The list as it stood when this case was opened: a case that is ruled moves to its end, and would have nothing after it. */
const opened = shallowRef<{ id: string, ids: readonly string[] }>()

export function useNeighbours(id: () => string) {
  const route = useRoute()
  const { data } = useApiQuery(api.disputes.queue, () => ({ query: { ...queueQuery(route.query), limit: MOST as never } }), { keepPrevious: true })
  watch([id, data], () => {
    if (data.value && opened.value?.id !== id()) opened.value = { id: id(), ids: data.value.items.map(item => item.id) }
  }, { immediate: true })
  const ids = computed(() => opened.value?.ids ?? [])
  const at = computed(() => ids.value.indexOf(id()))
  const link = (target: string | undefined) => (target ? { path: `/staff/disputes/${target}`, query: route.query } : null)
  return {
    position: computed(() => (at.value < 0 ? null : at.value + 1)),
    count: computed(() => data.value?.counts[queueQuery(route.query).state] ?? ids.value.length),
    before: computed(() => link(at.value > 0 ? ids.value[at.value - 1] : undefined)),
    /** A case that is not in the list is followed by the first one in it. */
    after: computed(() => link(at.value < 0 ? ids.value[0] : ids.value[at.value + 1])),
  }
}
