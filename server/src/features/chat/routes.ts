import { and, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { chat as contracts } from '@miaodan/shared/chat/contract'
import type { Tx } from '../../kernel/db.ts'
import { handle } from '../../kernel/feature.ts'
import { personById } from '../accounts/index.ts'
import { conversationOf, noteSubject, subjectFor } from './conversations.ts'
import { history, markRead } from './history.ts'
import { send } from './send.ts'
import { participants } from './tables.ts'
import { conversationView, listConversations, unreadOf } from './views.ts'

export const routes = [
  handle(contracts.start, async ({ tx, deps, viewer, body }) => {
    if (body.userId === viewer.userId) throw problem('chat.with_oneself', {}, { field: 'body.userId' })
    await personById(tx, deps, body.userId)
    const subject = body.subject && await subjectFor(tx, viewer.userId, body.subject)
    const id = await conversationOf(tx, deps, viewer.userId, body.userId)
    if (subject) await noteSubject(tx, id, subject, deps.clock.now())
    return conversationView(tx, deps, viewer.userId, id)
  }),
  handle(contracts.list, async ({ db, deps, viewer, query }) => listConversations(db, deps, viewer.userId, query)),
  handle(contracts.unread, async ({ db, viewer }) => unreadOf(db, viewer.userId)),
  handle(contracts.get, async ({ db, deps, viewer, params }) => conversationView(db, deps, viewer.userId, params.id)),
  handle(contracts.messages, async ({ db, viewer, params, query }) => history(db, viewer.userId, params.id, query)),
  handle(contracts.send, async ({ deps, viewer, params, body }) => send(deps, viewer.userId, params.id, body), { transaction: false }),
  handle(contracts.read, async ({ tx, deps, viewer, params, body }) => markRead(tx, deps, viewer.userId, params.id, body.seq)),
  handle(contracts.mute, async ({ tx, deps, viewer, params, body }) => {
    await change(tx, params.id, viewer.userId, { muted: body.muted })
    return conversationView(tx, deps, viewer.userId, params.id)
  }),
  handle(contracts.block, async ({ tx, deps, viewer, params }) => {
    await change(tx, params.id, viewer.userId, { blockedAt: deps.clock.now() })
    return conversationView(tx, deps, viewer.userId, params.id)
  }),
  handle(contracts.unblock, async ({ tx, deps, viewer, params }) => {
    await change(tx, params.id, viewer.userId, { blockedAt: null })
    return conversationView(tx, deps, viewer.userId, params.id)
  }),
]

async function change(tx: Tx, conversationId: string, userId: string, set: { muted?: boolean, blockedAt?: Date | null }): Promise<void> {
  const changed = await tx.update(participants).set(set).where(and(eq(participants.conversationId, conversationId), eq(participants.userId, userId))).returning({ userId: participants.userId })
  if (changed.length === 0) throw problem('kernel.not_found')
}
