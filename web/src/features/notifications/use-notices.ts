/** Notices and how many are unread, kept fresh by the socket. */
import { computed } from 'vue'
import { api } from '@/lib/api.ts'
import type { RowOf } from '@/lib/api-types.ts'
import { onLive } from '@/lib/live.ts'
import { invalidate, useApiMutation, useApiPages, useApiQuery } from '@/lib/query.ts'
import { useSession } from '@/lib/session.ts'

export type Notice = RowOf<typeof api.notifications.list>

export function useUnreadNotices() {
  const { viewer } = useSession()
  const { data } = useApiQuery(api.notifications.unread, undefined, { enabled: () => viewer.value !== null })
  onLive('notice.created', () => invalidate('notifications'))
  onLive('notice.read', () => invalidate('notifications'))
  return computed(() => data.value?.count ?? 0)
}

export function useNotices(limit = 20) {
  const pages = useApiPages(api.notifications.list, { query: { limit } })
  const readAll = useApiMutation(api.notifications.readAll, { invalidates: ['notifications'] })
  const read = useApiMutation(api.notifications.read, { invalidates: ['notifications'], quiet: true })
  return {
    ...pages,
    markAll: () => readAll.mutate({}),
    markRead: (notice: Notice) => {
      if (!notice.read) read.mutate({ params: { id: notice.id } })
    },
  }
}
