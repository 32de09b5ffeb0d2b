/** How conversations and messages look to one of the two people in them. */
import * as z from 'zod'
import { and, desc, eq, inArray, ne, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { problem } from '@miaodan/shared/errors'
import { cardSchema, type Conversation, type Message, type Subject } from '@miaodan/shared/chat/model'
import { fen } from '@miaodan/shared/kernel/money'
import type { Deps } from '../../deps.ts'
import { cursorAt, earlierThan } from '../../kernel/cursor.ts'
import type { Executor } from '../../kernel/db.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { peopleByIds } from '../accounts/index.ts'
import { conversations, messages, participants, subjects, type MessageRow } from './tables.ts'

const MAX_SUBJECTS = 8

const me = alias(participants, 'me')
const other = alias(participants, 'other')

/** Counted from the messages themselves each time, so that no count can drift from them. None is older than its conversation: months before it are not looked into. */
const unread = sql<number>`(select count(*)::int from messages m where m.conversation_id = ${conversations.id}
  and m.created_at >= ${conversations.createdAt} and m.seq > ${me.readSeq} and m.sender_id <> ${me.userId})`

export async function messageViews(db: Executor, rows: readonly MessageRow[]): Promise<Message[]> {
  const uploads = await uploadsByIds(db, rows.flatMap(row => row.uploadIds))
  return rows.map(({ seq, clientId, senderId, kind, text, uploadIds, card, createdAt, removedAt }) => ({
    seq, clientId, senderId, kind, at: createdAt, ...(removedAt && { removed: true }),
    text: removedAt ? '' : text, uploads: removedAt ? [] : uploadIds.flatMap(id => uploads.get(id) ?? []),
    card: card && z.decode(cardSchema, card),
  }))
}

/** The person's conversations that meet a condition, the latest first. */
async function read(db: Executor, deps: Deps, viewerId: string, condition: SQL | undefined, limit: number): Promise<Conversation[]> {
  const rows = await db.select({ conversation: conversations, me, other, last: messages, unread }).from(me)
    .innerJoin(conversations, eq(conversations.id, me.conversationId))
    .innerJoin(other, and(eq(other.conversationId, me.conversationId), ne(other.userId, me.userId)))
    .leftJoin(messages, and(eq(messages.conversationId, conversations.id), eq(messages.seq, conversations.lastSeq), eq(messages.createdAt, conversations.lastAt)))
    .where(and(eq(me.userId, viewerId), condition)).orderBy(desc(conversations.lastAt), desc(conversations.id)).limit(limit)
  const ids = rows.map(row => row.conversation.id)
  const [people, about, lasts] = await Promise.all([
    peopleByIds(db, deps, rows.map(row => row.other.userId)),
    subjectsOf(db, ids),
    messageViews(db, rows.flatMap(row => row.last ?? [])),
  ])
  const lastOf = new Map(rows.flatMap(row => row.last ? [row.conversation.id] : []).map((id, place) => [id, lasts[place]]))
  return rows.flatMap(row => {
    const { id, lastSeq, lastAt } = row.conversation
    const person = people.get(row.other.userId)
    return person ? [{
      id, other: person, subjects: about.get(id) ?? [], last: lastOf.get(id) ?? null, lastSeq, at: lastAt,
      readSeq: row.me.readSeq, otherReadSeq: row.other.readSeq, unread: row.unread, muted: row.me.muted, blocked: row.me.blockedAt !== null,
    }] : []
  })
}

async function subjectsOf(db: Executor, conversationIds: readonly string[]): Promise<Map<string, Subject[]>> {
  const byConversation = new Map<string, Subject[]>()
  if (conversationIds.length === 0) return byConversation
  for (const row of await db.select().from(subjects).where(inArray(subjects.conversationId, [...conversationIds])).orderBy(desc(subjects.lastAt))) {
    const list = byConversation.get(row.conversationId) ?? []
    byConversation.set(row.conversationId, list)
    if (list.length < MAX_SUBJECTS) list.push({ kind: row.kind, id: row.subjectId, title: row.title, number: row.number, amount: row.amount === null ? null : fen(row.amount) })
  }
  return byConversation
}

/** @throws problem `kernel.not_found`, also to a stranger. */
export async function conversationView(db: Executor, deps: Deps, viewerId: string, id: string): Promise<Conversation> {
  const [view] = await read(db, deps, viewerId, eq(conversations.id, id), 1)
  if (!view) throw problem('kernel.not_found')
  return view
}

export type ListQuery = { filter: 'all' | 'unread' | 'orders', cursor?: string | undefined, limit: number }

export async function listConversations(db: Executor, deps: Deps, viewerId: string, { filter, cursor, limit }: ListQuery): Promise<{ items: Conversation[], next: string | null }> {
  const views = await read(db, deps, viewerId, and(earlierThan(cursor, conversations.lastAt, conversations.id), filterOf(filter)), limit + 1)
  const items = views.slice(0, limit)
  const last = items.at(-1)
  return { items, next: views.length > limit && last ? cursorAt(last.at, last.id) : null }
}

function filterOf(filter: ListQuery['filter']): SQL | undefined {
  if (filter === 'unread') return sql`${unread} > 0`
  if (filter === 'orders') return sql`exists (select 1 from conversation_subjects s where s.conversation_id = ${conversations.id} and s.kind = 'order')`
  return undefined
}

export async function unreadOf(db: Executor, viewerId: string): Promise<{ count: number, conversations: number }> {
  const [row] = await db.select({ count: sql<number>`coalesce(sum(${unread}), 0)::int`, conversations: sql<number>`count(*) filter (where ${unread} > 0)::int` }).from(me)
    .innerJoin(conversations, eq(conversations.id, me.conversationId))
    .where(and(eq(me.userId, viewerId), eq(me.muted, false), sql`${conversations.lastSeq} > ${me.readSeq}`))
  return row ?? { count: 0, conversations: 0 }
}
