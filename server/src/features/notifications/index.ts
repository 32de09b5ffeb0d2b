/** Notices: events of every feature become notices to the people concerned, in the app and, as each has chosen, by e-mail and SMS. */
import { and, count, desc, eq, isNull, notInArray, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { notifications as contracts } from '@miaodan/shared/notifications/contract'
import { OUTSIDE_ONLY } from '@miaodan/shared/notifications/texts'
import { cursorAt, earlierThan } from '../../kernel/cursor.ts'
import { registerDeadWork } from '../../kernel/failures.ts'
import { defineFeature, handle } from '../../kernel/feature.ts'
import { wake } from '../../kernel/waker.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { makeNotices, SEND_NOTICES } from './make.ts'
import { reminderDeadlines, remind } from './reminders.ts'
import { renderNotice } from './render.ts'
import { noticeRules } from './rules.ts'
import { sendNotices } from './send.ts'
import { choose, endQuietHours, setQuietHours, settingsView } from './settings.ts'
import { notices } from './tables.ts'
import { oneClick, subscribe, subscriptionView } from './unsubscribe.ts'

/** What is told outside has its own place in the app. */
const inApp = OUTSIDE_ONLY.length === 0 ? undefined : notInArray(notices.type, [...OUTSIDE_ONLY])

registerDeadWork('sending', {
  table: sql`notice_sendings`, id: sql`id`, name: sql`'notice.' || channel`, about: sql`notice_id::text`,
  values: sql`(select jsonb_build_object('type', type, 'userId', user_id, 'link', link) from notices where notices.id = notice_id)`,
  again: sql`next_attempt_at = now(), claimed_until = null`, wake: () => wake(SEND_NOTICES),
})

export const notificationsFeature = defineFeature({
  name: 'notifications',
  routes: [
    handle(contracts.list, async ({ db, viewer, query, locale }) => {
      const rows = await db.select().from(notices).where(and(eq(notices.userId, viewer.userId), inApp, earlierThan(query.cursor, notices.createdAt, notices.id))).orderBy(desc(notices.createdAt), desc(notices.id)).limit(query.limit + 1)
      const shown = rows.slice(0, query.limit)
      const last = shown.at(-1)
      return {
        items: shown.map(row => ({ id: row.id, type: row.type, ...renderNotice(row, locale), link: row.link, at: row.createdAt, read: row.readAt !== null })),
        next: rows.length > query.limit && last ? cursorAt(last.createdAt, last.id) : null,
      }
    }),
    handle(contracts.unread, async ({ db, viewer }) => {
      const [row] = await db.select({ count: count() }).from(notices).where(and(eq(notices.userId, viewer.userId), inApp, isNull(notices.readAt)))
      return { count: row?.count ?? 0 }
    }),
    handle(contracts.read, async ({ tx, deps, viewer, params }) => {
      const found = await tx.update(notices).set({ readAt: deps.clock.now() }).where(and(eq(notices.id, params.id), eq(notices.userId, viewer.userId))).returning({ id: notices.id })
      if (found.length === 0) throw problem('kernel.not_found')
      afterCommit(tx, () => deps.live.notify([viewer.userId], { type: 'notice.read' }))
    }),
    handle(contracts.readAll, async ({ tx, deps, viewer }) => {
      await tx.update(notices).set({ readAt: deps.clock.now() }).where(and(eq(notices.userId, viewer.userId), isNull(notices.readAt)))
      afterCommit(tx, () => deps.live.notify([viewer.userId], { type: 'notice.read' }))
    }),
    handle(contracts.settings, async ({ db, deps, viewer, locale }) => settingsView(db, deps, viewer.userId, locale)),
    handle(contracts.choose, async ({ tx, deps, viewer, params, body, locale }) => {
      await choose(tx, viewer.userId, params.group, body)
      return settingsView(tx, deps, viewer.userId, locale)
    }),
    handle(contracts.setQuietHours, async ({ tx, deps, viewer, body, locale }) => {
      await setQuietHours(tx, viewer.userId, body)
      return settingsView(tx, deps, viewer.userId, locale)
    }),
    handle(contracts.endQuietHours, async ({ tx, deps, viewer, locale }) => {
      await endQuietHours(tx, viewer.userId)
      return settingsView(tx, deps, viewer.userId, locale)
    }),
    handle(contracts.subscription, async ({ db, deps, query, locale }) => subscriptionView(db, deps, query.token, locale)),
    handle(contracts.subscribe, async ({ tx, deps, body, locale }) => {
      await subscribe(tx, deps, body.token, body.subscribed)
      return subscriptionView(tx, deps, body.token, locale)
    }),
  ],
  plugin: oneClick,
  subscribers: [{
    name: 'notifications.notice',
    on: Object.keys(noticeRules),
    handle: async (tx, event, deps) => makeNotices(tx, deps, event, (noticeRules[event.topic]?.(event.payload) ?? []).flatMap(draft => draft ?? [])),
  }, remind],
  deadlines: reminderDeadlines,
  tasks: { [SEND_NOTICES]: sendNotices },
})
