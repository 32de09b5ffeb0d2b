/** What people report of each other's messages, and what staff take out: the number stays, the content is gone from view. */
import { and, eq, gte, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { peopleOf } from './conversations.ts'
import { conversations, messages } from './tables.ts'

const begunAt = (conversationId: string) => sql`(select ${conversations.createdAt} from ${conversations} where ${conversations.id} = ${conversationId})`
const at = (conversationId: string, seq: number) => and(eq(messages.conversationId, conversationId), eq(messages.seq, seq), gte(messages.createdAt, begunAt(conversationId)))

/** Names of files stand for the files. @throws problem `kernel.not_found` for strangers, and for what nobody wrote */
export async function reportableMessage(tx: Tx, viewerId: string, conversationId: string, seq: number): Promise<{ authorId: string, content: string, context: string }> {
  await peopleOf(tx, conversationId, viewerId)
  const [message] = await tx.select().from(messages).where(at(conversationId, seq))
  if (!message?.senderId || message.removedAt) throw problem('kernel.not_found')
  const files = [...(await uploadsByIds(tx, message.uploadIds)).values()].map(file => file.name)
  return { authorId: message.senderId, content: [message.text, ...files].filter(Boolean).join('\n'), context: '' }
}

/** Harmless to repeat. Both are told, so that it goes from open windows as well. */
export async function removeMessage(tx: Tx, deps: Deps, conversationId: string, seq: number): Promise<void> {
  await tx.update(messages).set({ removedAt: deps.clock.now() }).where(at(conversationId, seq))
  const [pair] = await tx.select({ lowId: conversations.lowId, highId: conversations.highId }).from(conversations).where(eq(conversations.id, conversationId))
  if (pair) afterCommit(tx, () => deps.live.notify([pair.lowId, pair.highId], { type: 'message.removed', conversationId, seq }))
}
