import type { RowOf } from '@/lib/api-types.ts'
import type { api } from '@/lib/api.ts'

export type AnnouncementHead = RowOf<typeof api.announcements.list>
export type StaffAnnouncement = RowOf<typeof api.announcementDesk.list>
/** What every look of one needs, be it public or being written. */
export type AnnouncementFacts = Pick<AnnouncementHead, 'kind' | 'effectiveAt'> & { publishedAt: string | null }
