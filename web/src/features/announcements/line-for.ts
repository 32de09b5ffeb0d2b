import type { AnnouncementHead } from './types.ts'

/** What stands in the line for this reader. `readUntil`: what a guest has put away. `openId`: the announcement on the page that is open. */
export function lineFor(line: AnnouncementHead | null | undefined, { guest, readUntil, openId }: { guest: boolean, readUntil: string | null, openId: unknown }): AnnouncementHead | null {
  if (!line || line.id === openId) return null
  return guest && readUntil !== null && line.publishedAt <= readUntil ? null : line
}
