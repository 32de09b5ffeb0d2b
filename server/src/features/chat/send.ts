/** A person sends a message. */
import { problem } from '@miaodan/shared/errors'
import type { Message, SubjectKind } from '@miaodan/shared/chat/model'
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { claimUploads, uploadView } from '../../kernel/uploads.ts'
import { noteSubject, subjectFor } from './conversations.ts'
import { post, publish, type Posted } from './post.ts'
import { takeTurn } from './rate.ts'
import { screen } from './screening.ts'

/** Files of messages are claimed for their conversation: both people in it may read them. */
export const UPLOAD_KIND = 'conversation'

export type Sending = { clientId: string, text: string, uploadIds: readonly string[], subject?: { kind: SubjectKind, id: string } | undefined }

/** @throws problem `chat.empty` | `chat.too_fast` | `kernel.upload_missing` and those of `screen` and `post`. */
export async function send(deps: Deps, senderId: string, conversationId: string, sending: Sending): Promise<Message> {
  await takeTurn(deps, senderId)
  await screen(deps, senderId, conversationId, sending.text)
  const posted = sending.uploadIds.length > 0 || sending.subject ? await postWithThings(deps, senderId, conversationId, sending) : await postText(deps, senderId, conversationId, sending)
  if (posted.fresh) publish(deps, conversationId, posted)
  return posted.message
}

/** One statement is its own transaction. */
async function postText(deps: Deps, senderId: string, conversationId: string, { clientId, text }: Sending): Promise<Posted> {
  if (text === '') throw problem('chat.empty', {}, { field: 'body.text' })
  return post(deps.db, conversationId, { senderId, clientId, kind: 'text', text, uploads: [], card: null, at: deps.clock.now() })
}

async function postWithThings(deps: Deps, senderId: string, conversationId: string, { clientId, text, uploadIds, subject: ref }: Sending): Promise<Posted> {
  return inTransaction(deps.db, async tx => {
    const at = deps.clock.now()
    const uploads = (await claimUploads(tx, senderId, uploadIds, { kind: UPLOAD_KIND, id: conversationId, visibility: 'private' })).map(uploadView)
    const subject = ref && await subjectFor(tx, senderId, ref)
    const card = subject ? { event: 'shared' as const, subject, by: senderId, amount: subject.amount, milestone: null, version: null, dueAt: null, reason: null } : null
    const kind = card ? 'card' : uploads.every(upload => upload.type.startsWith('image/')) ? 'image' : 'file'
    const posted = await post(tx, conversationId, { senderId, clientId, kind, text, uploads, card, at })
    if (subject && posted.fresh) await noteSubject(tx, conversationId, subject, at)
    return posted
  })
}
