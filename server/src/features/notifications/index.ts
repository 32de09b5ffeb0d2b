/** Notices: events of every feature become notices to the people concerned, in the app and, when important, by SMS and e-mail. */
import { and, count, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { notifications as contracts } from '@miaodan/shared/notifications/contract'
import { noticeTexts } from '@miaodan/shared/notifications/texts'
import { defineFeature, handle } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { renderNotice } from './render.ts'
import { noticeRules } from './rules.ts'
import { sendNotices } from './send.ts'
import { notices, noticeSendings } from './tables.ts'

const SEND = 'notifications.send'

export const notificationsFeature = defineFeature({
  name: 'notifications',
  routes: [
    handle(contracts.list, async ({ db, viewer, query, locale }) => {
      const [at, id] = query.cursor?.split('|') ?? []
      const before = at && id ? or(lt(notices.createdAt, new Date(at)), and(eq(notices.createdAt, new Date(at)), lt(notices.id, id))) : undefined
      const rows = await db.select().from(notices).where(and(eq(notices.userId, viewer.userId), before)).orderBy(desc(notices.createdAt), desc(notices.id)).limit(query.limit + 1)
      const shown = rows.slice(0, query.limit)
      const last = shown.at(-1)
      return {
        items: shown.map(row => ({ id: row.id, type: row.type, ...renderNotice(row, locale), link: row.link, at: row.createdAt, read: row.readAt !== null })),
        next: rows.length > query.limit && last ? `${last.createdAt.toISOString()}|${last.id}` : null,
      }
    }),
    handle(contracts.unread, async ({ db, viewer }) => {
      const [row] = await db.select({ count: count() }).from(notices).where(and(eq(notices.userId, viewer.userId), isNull(notices.readAt)))
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
  ],
  subscribers: [{
    name: 'notifications.notice',
    on: Object.keys(noticeRules),
    handle: async (tx, event, deps) => {
      for (const draft of noticeRules[event.topic]?.(event.payload) ?? []) {
        if (!draft) continue
        const id = newId()
        const made = await tx.insert(notices).values({ id, ...draft, createdAt: event.at, eventId: event.eventId }).onConflictDoNothing().returning({ id: notices.id })
        if (made.length === 0) continue
        for (const channel of noticeTexts[draft.type].channels) await tx.insert(noticeSendings).values({ id: newId(), noticeId: id, channel, nextAttemptAt: sql`now()` })
        afterCommit(tx, () => deps.live.notify([draft.userId], { type: 'notice.created', id }))
      }
      wakeTask(tx, SEND)
    },
  }],
  tasks: { [SEND]: sendNotices },
})
