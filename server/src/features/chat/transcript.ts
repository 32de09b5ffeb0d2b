/** What two people wrote to each other, for who has to decide between them. */
import { and, count, desc, eq, gte, isNotNull, ne } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { conversations, messages } from './tables.ts'

export type Transcript = { total: number, messages: { seq: number, at: Date, senderId: string, text: string, files: { id: string, name: string, sha256: string }[] }[] }

/** The newest `limit` messages that a person wrote, in their order. Cards and lines of the deal are told by its timeline. */
export async function transcriptOf(executor: Executor, oneId: string, otherId: string, limit: number): Promise<Transcript> {
  const [lowId, highId] = [oneId, otherId].sort() as [string, string]
  const written = and(eq(conversations.lowId, lowId), eq(conversations.highId, highId), gte(messages.createdAt, conversations.createdAt), isNotNull(messages.senderId), ne(messages.kind, 'card'))
  const [[counted], rows] = await Promise.all([
    executor.select({ total: count() }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId)).where(written),
    executor.select({ message: messages }).from(messages).innerJoin(conversations, eq(conversations.id, messages.conversationId)).where(written).orderBy(desc(messages.seq)).limit(limit),
  ])
  const newest = rows.map(row => row.message).sort((a, b) => a.seq - b.seq)
  const files = await uploadsByIds(executor, newest.flatMap(message => message.uploadIds))
  return {
    total: counted?.total ?? 0,
    messages: newest.flatMap(message => message.senderId === null ? [] : [{
      seq: message.seq, at: message.createdAt, senderId: message.senderId, text: message.text,
      files: message.uploadIds.flatMap(id => { const file = files.get(id); return file ? [{ id, name: file.name, sha256: file.sha256 }] : [] }),
    }]),
  }
}
