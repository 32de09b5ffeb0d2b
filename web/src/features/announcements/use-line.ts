/**
 * The line above the pages: the newest announcement about maintenance or rules that is new to the reader. It comes and goes when
 * the page changes, and never moves what somebody is reading; only who puts it away sees it go at once.
 */
import { shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { onLive } from '@/lib/live.ts'
import { invalidate } from '@/lib/query.ts'
import { useSession } from '@/lib/session.ts'
import { recall, remember } from '@/lib/storage.ts'
import { lineFor } from './line-for.ts'
import { keepLineRoom, lineRoom } from './line-room.ts'
import type { AnnouncementHead } from './types.ts'
import { useNews } from './use-news.ts'

/** When what a guest has put away was published. */
const GUEST_READ = 'announcements-read'
/** All browsers are told in one moment; they do not all ask in it. */
const LONGEST_SPREAD_MS = 3_000

export function useLine() {
  const route = useRoute()
  const { viewer, known } = useSession()
  const { news, markRead } = useNews()
  const shown = shallowRef<AnnouncementHead | null>(null)
  const wanted = () => lineFor(news.value?.line, { guest: viewer.value === null, readUntil: recall(GUEST_READ), openId: route.params['id'] })

  onLive('announcements.changed', () => setTimeout(() => void invalidate('announcements'), Math.random() * LONGEST_SPREAD_MS))
  watch(() => (known.value ? viewer.value?.id ?? 'guest' : null), (_now, before) => { if (before) void invalidate('announcements') })
  watch(() => route.path, () => {
    if (!news.value) return
    shown.value = wanted()
    keepLineRoom(shown.value !== null)
  })
  watch(news, () => { if (lineRoom.value && !shown.value) shown.value = wanted() }, { immediate: true })

  return {
    shown,
    putAway(line: AnnouncementHead): void {
      remember(GUEST_READ, line.publishedAt)
      markRead(line)
      shown.value = null
      keepLineRoom(false)
    },
  }
}
