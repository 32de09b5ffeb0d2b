/** Storing a message, and telling both sides: first committed, then acknowledged to the sender, then published. */
import * as z from 'zod'
import { sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { cardSchema, type Card, type Message, type MessageKind } from '@miaodan/shared/chat/model'
import type { Upload } from '@miaodan/shared/kernel/uploads'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { history } from './history.ts'

/**
 * A text up to this length travels with its announcement, so that the reader's browser need not ask for it. Longer ones,
 * files and cards are announced by number only. Either may be lost: a missing number is noticed and fetched.
 */
const MAX_LIVE_CHARACTERS = 1_000

export type Draft = { senderId: string | null, clientId: string, kind: MessageKind, text: string, uploads: readonly Upload[], card: Card | null, at: Date }
export type Posted = { message: Message, fresh: boolean, people: [string, string] }

type Outcome = { outcome: 'stored' | 'again' | 'not_found' | 'blocked_by_you' | 'refused_by_other', seq: number, low_id: string, high_id: string, at: string }

/**
 * Stores a message once. A second one with the same sender and client id answers with what is stored, `fresh: false`.
 * @throws problem `kernel.not_found` | `chat.blocked_by_you` | `chat.refused_by_other`
 */
export async function post(db: Executor, conversationId: string, draft: Draft): Promise<Posted> {
  const card = draft.card && JSON.stringify(z.encode(cardSchema, draft.card))
  const uploads = `{${draft.uploads.map(upload => upload.id).join(',')}}`
  const [row] = await db.execute<Outcome>(sql`select * from post_message(${conversationId}, ${draft.senderId}, ${draft.clientId}, ${draft.kind}, ${draft.text}, ${uploads}, ${card}, ${draft.at.toISOString()})`)
  const { outcome, seq, low_id, high_id, at } = row as Outcome
  if (outcome === 'not_found') throw problem('kernel.not_found')
  if (outcome === 'blocked_by_you' || outcome === 'refused_by_other') throw problem(`chat.${outcome}`)
  const people: [string, string] = [low_id, high_id]
  if (outcome === 'again') {
    const { items } = await history(db, low_id, conversationId, { after: seq - 1, limit: 1 })
    return { message: items[0] as Message, fresh: false, people }
  }
  const { senderId, clientId, kind, text } = draft
  return { message: { seq, clientId, senderId, kind, text, uploads: [...draft.uploads], card: draft.card, at: new Date(at) }, fresh: true, people }
}

/** Tells both: the other one, and the sender's other windows. */
export function publish(deps: Deps, conversationId: string, { message, people }: Posted): void {
  const { seq, senderId, clientId, kind, text, at } = message
  const announcement = { type: 'message.created', conversationId, seq }
  const whole = kind === 'text' && text.length <= MAX_LIVE_CHARACTERS
  deps.live.notify(people, whole ? { ...announcement, kind, senderId, clientId, text, at: at.toISOString() } : announcement)
}
