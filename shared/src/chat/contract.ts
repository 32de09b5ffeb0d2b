/**
 * Endpoints of chat. What must arrive goes by request; the live socket tells `message.created`, `conversation.read` and
 * `presence.changed`, and takes `chat.typing` up and hands it on.
 */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { textSchema } from '../kernel/wire.ts'
import { CHAT_LIMITS, conversationSchema, messageSchema, subjectRefSchema } from './model.ts'

const seq = z.coerce.number().int().min(0).max(2_000_000_000)

export const chat = defineContracts('chat', {
  start: {
    method: 'POST', path: '/conversations', access: 'user', output: conversationSchema, perMinute: 60,
    summary: 'The conversation with a person, made if there is none yet; `subject` says what it is about now.',
    body: z.object({ userId: idSchema, subject: subjectRefSchema.optional() }),
    errors: ['accounts.person_not_found', 'chat.with_oneself', 'kernel.not_found'],
  },
  list: {
    method: 'GET', path: '/conversations', access: 'user', summary: 'Your conversations, the latest message first.', output: pageOf(conversationSchema),
    query: pageQuery.extend({ filter: z.enum(['all', 'unread', 'orders']).default('all') }),
  },
  unread: {
    method: 'GET', path: '/conversations/unread', access: 'user', summary: 'How many messages to you are unread, and in how many conversations; muted ones are left out.',
    output: z.object({ count: z.number().int(), conversations: z.number().int() }),
  },
  get: { method: 'GET', path: '/conversations/:id', access: 'user', params: idParams, output: conversationSchema, summary: 'One conversation.' },
  messages: {
    method: 'GET', path: '/conversations/:id/messages', access: 'user', params: idParams,
    summary: 'Messages in their order: those after a number (what a reconnecting client lacks), those before one, or the latest.',
    query: z.object({ after: seq.optional(), before: seq.optional(), limit: z.coerce.number().int().min(1).max(CHAT_LIMITS.page).default(50) }),
    output: z.object({
      items: z.array(messageSchema),
      lastSeq: z.number().int().meta({ description: 'Number of the latest message there is.' }),
      readSeq: z.number().int(),
      otherReadSeq: z.number().int(),
    }),
  },
  send: {
    method: 'POST', path: '/conversations/:id/messages', access: 'user', params: idParams, output: messageSchema, status: 201,
    summary: 'Send a message. The same `clientId` again answers with the message that is stored already.',
    body: z.object({
      clientId: z.string().regex(/^[\w-]{8,64}$/),
      text: textSchema(CHAT_LIMITS.textCharacters, 0).default(''),
      uploadIds: z.array(idSchema).max(CHAT_LIMITS.uploads).default([]),
      subject: subjectRefSchema.optional().meta({ description: 'Shown as a card.' }),
    }),
    errors: ['chat.empty', 'chat.contact_refused', 'chat.word_refused', 'chat.refused_by_other', 'chat.blocked_by_you', 'chat.too_fast', 'kernel.upload_missing', 'kernel.not_found'],
  },
  read: {
    method: 'POST', path: '/conversations/:id/read', access: 'user', params: idParams, summary: 'You have read up to this message. It never goes back.',
    body: z.object({ seq }), output: z.object({ readSeq: z.number().int(), unread: z.number().int() }),
  },
  mute: { method: 'PUT', path: '/conversations/:id/mute', access: 'user', params: idParams, body: z.object({ muted: z.boolean() }), output: conversationSchema, summary: 'Count its messages in the badge or not.' },
  block: { method: 'PUT', path: '/conversations/:id/block', access: 'user', params: idParams, output: conversationSchema, summary: 'The other can no longer write to you.' },
  unblock: { method: 'DELETE', path: '/conversations/:id/block', access: 'user', params: idParams, output: conversationSchema, summary: 'The other can write to you again.' },
})
