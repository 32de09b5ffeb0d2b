/** What a person has chosen about notices, and what follows from it. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { groupRule, NOTICE_CHANNELS, NOTICE_GROUP_NAMES, type NoticeChannel, type NoticeChoice, type NoticeGroup } from '@miaodan/shared/notifications/groups'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Locale } from '../../kernel/feature.ts'
import { maskedContactsOf } from '../accounts/index.ts'
import { clockText, minuteOf, type QuietHours } from './quiet-hours.ts'
import { noticeChoices, quietHours } from './tables.ts'

/** Which channels a person can be reached by: those with a confirmed contact. */
export type Reach = Readonly<Record<NoticeChannel, boolean>>

/** What one person has chosen, defaults included. */
export type Choices = { of: (group: NoticeGroup) => NoticeChoice, quiet: QuietHours | null }

/**
 * Where a notice of this group goes besides the app. What must not be missed goes to the other channel when nothing that
 * was chosen reaches the person; everything else then stays in the app.
 */
export function channelsFor(group: NoticeGroup, choice: NoticeChoice, reach: Reach): NoticeChannel[] {
  const chosen = NOTICE_CHANNELS.filter(channel => choice[channel] && reach[channel])
  if (chosen.length > 0 || !groupRule(group).required) return chosen
  return NOTICE_CHANNELS.filter(channel => reach[channel])
}

export async function choicesOf(db: Executor, userIds: readonly string[]): Promise<Map<string, Choices>> {
  const wanted = [...new Set(userIds)]
  const [chosen, hours] = await Promise.all([
    db.select().from(noticeChoices).where(inArray(noticeChoices.userId, wanted)),
    db.select().from(quietHours).where(inArray(quietHours.userId, wanted)),
  ])
  return new Map(wanted.map(userId => {
    const own = new Map(chosen.filter(row => row.userId === userId).map(row => [row.group, row]))
    return [userId, { of: group => own.get(group) ?? groupRule(group).defaults, quiet: hours.find(row => row.userId === userId) ?? null }]
  }))
}

export async function choiceOf(db: Executor, userId: string, group: NoticeGroup): Promise<NoticeChoice> {
  const [row] = await db.select().from(noticeChoices).where(and(eq(noticeChoices.userId, userId), eq(noticeChoices.group, group)))
  return row ?? groupRule(group).defaults
}

/** @throws problem `notifications.one_channel_needed` when it would switch off what must not be missed. */
export async function choose(tx: Tx, userId: string, group: NoticeGroup, { email, sms }: NoticeChoice): Promise<void> {
  if (groupRule(group).required && !email && !sms) throw problem('notifications.one_channel_needed')
  await tx.insert(noticeChoices).values({ userId, group, email, sms })
    .onConflictDoUpdate({ target: [noticeChoices.userId, noticeChoices.group], set: { email: sql`excluded.email`, sms: sql`excluded.sms` } })
}

export async function setQuietHours(tx: Tx, userId: string, { from, until, timeZone }: { from: string, until: string, timeZone: string }): Promise<void> {
  const hours = { fromMinute: minuteOf(from), untilMinute: minuteOf(until), timeZone }
  await tx.insert(quietHours).values({ userId, ...hours }).onConflictDoUpdate({ target: quietHours.userId, set: hours })
}

export async function endQuietHours(tx: Tx, userId: string): Promise<void> {
  await tx.delete(quietHours).where(eq(quietHours.userId, userId))
}

export const wordsOf = (group: NoticeGroup, locale: Locale) => groupRule(group)[locale === 'en' ? 'en' : 'zh']

export async function settingsView(db: Executor, deps: Deps, userId: string, locale: Locale) {
  const choices = (await choicesOf(db, [userId])).get(userId) as Choices
  const { quiet } = choices
  return {
    groups: NOTICE_GROUP_NAMES.map(group => {
      const { section, urgent, required } = groupRule(group)
      const { email, sms } = choices.of(group)
      return { group, section, urgent, required, email, sms, ...wordsOf(group, locale) }
    }),
    quietHours: quiet && { from: clockText(quiet.fromMinute), until: clockText(quiet.untilMinute), timeZone: quiet.timeZone },
    contacts: await maskedContactsOf(db, deps, userId),
  }
}
