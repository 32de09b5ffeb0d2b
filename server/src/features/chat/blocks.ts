import { and, eq, isNotNull, ne, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Executor } from '../../kernel/db.ts'
import { participants } from './tables.ts'

/** Everybody whom this person has blocked or who has blocked this person: neither is to be put before the other. */
export async function blockedWith(db: Executor, userId: string): Promise<Set<string>> {
  const other = alias(participants, 'other')
  const rows = await db.select({ id: other.userId }).from(participants)
    .innerJoin(other, and(eq(other.conversationId, participants.conversationId), ne(other.userId, participants.userId)))
    .where(and(eq(participants.userId, userId), or(isNotNull(participants.blockedAt), isNotNull(other.blockedAt))))
  return new Set(rows.map(row => row.id))
}
