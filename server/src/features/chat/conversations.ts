/** Conversations: one for each pair of people, made when first needed, with what it is about. */
import { and, eq, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Subject, SubjectKind } from '@miaodan/shared/chat/model'
import { fen } from '@miaodan/shared/kernel/money'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { readSubject } from '../../kernel/subjects.ts'
import { conversations, participants, subjects } from './tables.ts'

/** The conversation of two people, whoever began it. Two that begin it at the same time get the same one. */
export async function conversationOf(tx: Tx, deps: Deps, oneId: string, otherId: string): Promise<string> {
  const [lowId, highId] = oneId < otherId ? [oneId, otherId] : [otherId, oneId]
  const pair = and(eq(conversations.lowId, lowId), eq(conversations.highId, highId))
  const [known] = await tx.select({ id: conversations.id }).from(conversations).where(pair)
  if (known) return known.id
  const id = newId()
  const now = deps.clock.now()
  const made = await tx.insert(conversations).values({ id, lowId, highId, lastAt: now, createdAt: now }).onConflictDoNothing().returning({ id: conversations.id })
  if (made.length > 0) {
    await tx.insert(participants).values([lowId, highId].map(userId => ({ conversationId: id, userId })))
    return id
  }
  const [faster] = await tx.select({ id: conversations.id }).from(conversations).where(pair)
  return (faster as { id: string }).id
}

/** Names a thing for this person. @throws problem `kernel.not_found` when there is none, or it is not theirs to see. */
export async function subjectFor(db: Executor, viewerId: string, { kind, id }: { kind: SubjectKind, id: string }): Promise<Subject> {
  const facts = await readSubject(db, kind, id, viewerId)
  if (!facts) throw problem('kernel.not_found', {}, { field: 'body.subject' })
  return { kind, id, title: facts.title, number: facts.number, amount: facts.amount === null ? null : fen(facts.amount) }
}

/** Puts a thing on top of what the conversation is about. */
export async function noteSubject(tx: Tx, conversationId: string, subject: Subject, at: Date): Promise<void> {
  const facts = { title: subject.title, number: subject.number, amount: subject.amount?.amount ?? null }
  await tx.insert(subjects).values({ conversationId, kind: subject.kind, subjectId: subject.id, ...facts, lastAt: at })
    .onConflictDoUpdate({ target: [subjects.conversationId, subjects.kind, subjects.subjectId], set: { ...facts, lastAt: sql`greatest(${subjects.lastAt}, excluded.last_at)` } })
}

/** Both people of a conversation, if this person is one of them. @throws problem `kernel.not_found` */
export async function peopleOf(db: Executor, conversationId: string, viewerId: string): Promise<{ people: [string, string], otherId: string }> {
  const [row] = await db.select({ lowId: conversations.lowId, highId: conversations.highId }).from(conversations).where(eq(conversations.id, conversationId))
  if (!row || (viewerId !== row.lowId && viewerId !== row.highId)) throw problem('kernel.not_found')
  return { people: [row.lowId, row.highId], otherId: viewerId === row.lowId ? row.highId : row.lowId }
}
