/** What was announced and is new to the reader. */
import { computed } from 'vue'
import { api } from '@/lib/api.ts'
import { useApiMutation, useApiQuery } from '@/lib/query.ts'
import { useSession } from '@/lib/session.ts'

export function useNews() {
  const { viewer, known } = useSession()
  const { data: news } = useApiQuery(api.announcements.news, undefined, { enabled: known })
  const read = useApiMutation(api.announcements.read, { quiet: true, invalidates: ['announcements'] })
  return {
    news,
    unread: computed(() => news.value?.unread ?? 0),
    /** With all before it. Nothing is kept of who is not signed in. */
    markRead: ({ id, read: done }: { id: string, read: boolean }): void => {
      if (viewer.value && !done) read.mutate({ params: { id } })
    },
  }
}
