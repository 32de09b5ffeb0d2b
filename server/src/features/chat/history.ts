/** Reading a conversation's messages, and saying how far one has read. */
import { and, asc, desc, eq, gt, gte, lt, ne, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Message } from '@miaodan/shared/chat/model'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { conversations, messages, participants } from './tables.ts'
import { messageViews } from './views.ts'

export type HistoryQuery = { after?: number | undefined, before?: number | undefined, limit: number }
type Marks = { lastSeq: number, readSeq: number, otherReadSeq: number }
/** `begunAt`: no message is older, so that the months before it need not be looked into. */
type Pair = Marks & { otherId: string, begunAt: Date }

/** @throws problem `kernel.not_found`, also to a stranger. */
async function marksOf(db: Executor, conversationId: string, viewerId: string): Promise<Pair> {
  const rows = await db.select({ userId: participants.userId, readSeq: participants.readSeq, lastSeq: conversations.lastSeq, begunAt: conversations.createdAt }).from(participants)
    .innerJoin(conversations, eq(conversations.id, participants.conversationId)).where(eq(participants.conversationId, conversationId))
  const me = rows.find(row => row.userId === viewerId)
  const other = rows.find(row => row.userId !== viewerId)
  if (!me || !other) throw problem('kernel.not_found')
  return { lastSeq: me.lastSeq, readSeq: me.readSeq, otherReadSeq: other.readSeq, otherId: other.userId, begunAt: me.begunAt }
}

/**
 * Messages in ascending order. `after` answers with the first ones that a client lacks; `before`, or nothing, with the
 * latest ones. `lastSeq` is read first, so that what it counts is in the pages that follow.
 */
export async function history(db: Executor, viewerId: string, conversationId: string, { after, before, limit }: HistoryQuery): Promise<Marks & { items: Message[] }> {
  const { lastSeq, readSeq, otherReadSeq, begunAt } = await marksOf(db, conversationId, viewerId)
  const range = and(eq(messages.conversationId, conversationId), gte(messages.createdAt, begunAt), after === undefined ? undefined : gt(messages.seq, after), before === undefined ? undefined : lt(messages.seq, before))
  const rows = await db.select().from(messages).where(range).orderBy(after === undefined ? desc(messages.seq) : asc(messages.seq)).limit(limit)
  const items = await messageViews(db, after === undefined ? rows.reverse() : rows)
  return { items, lastSeq: Math.max(lastSeq, items.at(-1)?.seq ?? 0), readSeq, otherReadSeq }
}

/** Moves a person's mark forward, never back and never past the last message. Both are told: one's other windows, and the sender. */
export async function markRead(tx: Tx, deps: Deps, viewerId: string, conversationId: string, seq: number): Promise<{ readSeq: number, unread: number }> {
  const before = await marksOf(tx, conversationId, viewerId)
  const [row] = await tx.update(participants).set({ readSeq: sql`greatest(${participants.readSeq}, least(${seq}::integer, ${before.lastSeq}::integer))` })
    .where(and(eq(participants.conversationId, conversationId), eq(participants.userId, viewerId))).returning({ readSeq: participants.readSeq })
  const readSeq = row?.readSeq ?? before.readSeq
  const [left] = await tx.select({ unread: sql<number>`count(*)::int` }).from(messages)
    .where(and(eq(messages.conversationId, conversationId), gte(messages.createdAt, before.begunAt), gt(messages.seq, readSeq), ne(messages.senderId, viewerId)))
  if (readSeq > before.readSeq) afterCommit(tx, () => deps.live.notify([viewerId, before.otherId], { type: 'conversation.read', conversationId, userId: viewerId, seq: readSeq }))
  return { readSeq, unread: left?.unread ?? 0 }
}
