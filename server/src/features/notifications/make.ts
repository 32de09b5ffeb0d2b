/** Notices that come of one thing that happened, each with the ways it will go out. */
import { sql } from 'drizzle-orm'
import { groupRule } from '@miaodan/shared/notifications/groups'
import { noticeText, type NoticeType } from '@miaodan/shared/notifications/texts'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import type { Event } from '../../kernel/outbox.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { contactChannelsOf } from '../accounts/index.ts'
import { quietUntil } from './quiet-hours.ts'
import type { NoticeDraft } from './rules.ts'
import { channelsFor, choicesOf, type Choices } from './settings.ts'
import { notices, noticeSendings } from './tables.ts'

export const SEND_NOTICES = 'notifications.send'

/**
 * Writes each notice once, however often it is called for the same event, and with it one row for each channel it has to
 * go out by: a unique one, so that no notice is sent twice on a channel.
 */
export async function makeNotices(tx: Tx, deps: Deps, { eventId, at }: Pick<Event, 'eventId' | 'at'>, drafts: readonly NoticeDraft[]): Promise<void> {
  if (drafts.length === 0) return
  const made = await tx.insert(notices).values(drafts.map(draft => ({ id: newId(), ...draft, createdAt: at, eventId }))).onConflictDoNothing()
    .returning({ id: notices.id, userId: notices.userId, type: notices.type })
  if (made.length === 0) return
  const people = made.map(({ userId }) => userId)
  const [choices, contacts] = await Promise.all([choicesOf(tx, people), contactChannelsOf(tx, people)])
  const sendings = made.flatMap(({ id, userId, type }) => {
    const has = contacts.get(userId) ?? []
    return waysOf(type, choices.get(userId) as Choices, { email: has.includes('email'), sms: has.includes('phone') }, deps.clock.now()).map(way => ({ id: newId(), noticeId: id, ...way, nextAttemptAt: sql`now()` }))
  })
  if (sendings.length > 0) await tx.insert(noticeSendings).values(sendings)
  for (const { id, userId, type } of made) if (!noticeText(type).outsideOnly) afterCommit(tx, () => deps.live.notify([userId], { type: 'notice.created', id }))
  wakeTask(tx, SEND_NOTICES)
}

function waysOf(type: NoticeType, { of, quiet }: Choices, reach: Parameters<typeof channelsFor>[2], now: Date) {
  const { group, inAppOnly } = noticeText(type)
  if (inAppOnly) return []
  const notBefore = quiet === null || groupRule(group).urgent ? null : quietUntil(now, quiet)
  return channelsFor(group, of(group), reach).map(channel => ({ channel, notBefore }))
}
