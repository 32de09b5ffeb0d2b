/** Unread counts for the badges of the navigation. */
import { computed } from 'vue'
import { api } from './api.ts'
import { onLive } from './live.ts'
import { invalidate, useApiQuery } from './query.ts'
import { useSession } from './session.ts'

export function useUnread() {
  const { viewer } = useSession()
  const { data } = useApiQuery(api.chat.unread, undefined, { enabled: () => viewer.value !== null })
  onLive('message.created', () => invalidate('chat.unread'))
  onLive('conversation.read', () => invalidate('chat.unread'))
  return computed(() => data.value?.count ?? 0)
}
