/** What waits in the queues of the person at the desk, read again every half minute. */
import { computed } from 'vue'
import { api } from '@/lib/api.ts'
import { useApiQuery } from '@/lib/query.ts'
import { queuePlaces } from './queues.ts'

const REFRESH_MS = 30_000

export function useWaiting() {
  const queues = useApiQuery(api.admin.queues, undefined, { refetchInterval: REFRESH_MS, staleTime: 0 })
  const counts = computed(() => new Map((queues.data.value?.items ?? []).flatMap(({ name, waiting }) => (queuePlaces[name] ? [[queuePlaces[name].to.split('?')[0], waiting] as const] : []))))
  return { queues, waitingAt: (to: string): number => counts.value.get(to) ?? 0 }
}
