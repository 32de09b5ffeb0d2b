/** Conversations of two people and the messages in them. */
import * as z from 'zod'
import { personCardSchema } from '../accounts/model.ts'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema } from '../kernel/money.ts'
import { uploadSchema } from '../kernel/uploads.ts'
import { momentSchema } from '../kernel/wire.ts'

export const CHAT_LIMITS = { textCharacters: 4_000, uploads: 10, page: 100 } as const

/** What a conversation can be about. */
export const SUBJECT_KINDS = ['service', 'requirement', 'quote', 'order'] as const
export type SubjectKind = typeof SUBJECT_KINDS[number]

export const subjectRefSchema = z.object({ kind: z.enum(SUBJECT_KINDS), id: idSchema }).meta({ id: 'ChatSubjectRef' })

/** Title, number and amount as the server knew them when it came up; never what a browser claims. */
export const subjectSchema = subjectRefSchema.extend({
  title: z.string(),
  number: z.string().nullable(),
  amount: moneySchema.nullable(),
}).meta({ id: 'ChatSubject' })
export type Subject = z.output<typeof subjectSchema>

/** What happened in a deal, and how it stands in the conversation: as a card one side sent, or as a line between messages. */
export const CARD_EVENTS = ['quote.created', 'quote.reoffer', 'quote.counter', 'milestone.deliver', 'milestone.redeliver'] as const
export const LINE_EVENTS = [
  'quote.accept', 'quote.agree', 'quote.reject', 'quote.withdraw', 'quote.expire',
  'order.created', 'order.pay', 'order.start', 'order.accept', 'order.decline', 'order.lapse', 'order.complete', 'order.expire', 'order.withdraw', 'order.recall', 'order.call_off',
  'milestone.revise', 'milestone.extend', 'milestone.accept', 'milestone.accept_by_silence',
  'change_order.proposed', 'change_order.agree', 'change_order.agree_to_pay', 'change_order.pay', 'change_order.reject', 'change_order.withdraw', 'change_order.lapse', 'change_order.expire',
] as const
/** `shared`: somebody showed it, nothing happened. */
export const cardEventSchema = z.enum(['shared', ...CARD_EVENTS, ...LINE_EVENTS])
export type CardEvent = z.output<typeof cardEventSchema>

export const cardSchema = z.object({
  event: cardEventSchema,
  subject: subjectSchema,
  by: idSchema.nullable().meta({ description: 'Who did it; null when it happened by itself.' }),
  amount: moneySchema.nullable().meta({ description: 'What this is about: the price of the milestone, the total of the offer.' }),
  milestone: z.object({ position: z.number().int(), title: z.string() }).nullable(),
  version: z.number().int().nullable(),
  dueAt: momentSchema.nullable().meta({ description: 'Until when an answer is waited for.' }),
  reason: z.string().nullable(),
}).meta({ id: 'ChatCard' })
export type Card = z.output<typeof cardSchema>

export const MESSAGE_KINDS = ['text', 'image', 'file', 'card', 'system'] as const
export type MessageKind = typeof MESSAGE_KINDS[number]

export const messageSchema = z.object({
  seq: z.number().int().meta({ description: 'Place in the conversation: 1, 2, 3 … without a gap.' }),
  clientId: z.string().meta({ description: "The sender's own id of it." }),
  senderId: idSchema.nullable().meta({ description: 'Null for lines of the system.' }),
  kind: z.enum(MESSAGE_KINDS),
  text: z.string(),
  uploads: z.array(uploadSchema),
  card: cardSchema.nullable(),
  removed: z.boolean().optional().meta({ description: 'True when staff have taken it out; then it has no content.' }),
  at: momentSchema,
}).meta({ id: 'ChatMessage' })
export type Message = z.output<typeof messageSchema>

export const conversationSchema = z.object({
  id: idSchema,
  other: personCardSchema,
  subjects: z.array(subjectSchema).meta({ description: 'What it is about, the latest first.' }),
  last: messageSchema.nullable(),
  lastSeq: z.number().int(),
  readSeq: z.number().int().meta({ description: 'How far you have read.' }),
  otherReadSeq: z.number().int().meta({ description: 'How far the other has read.' }),
  unread: z.number().int().meta({ description: "The other's messages and cards after what you have read." }),
  muted: z.boolean(),
  blocked: z.boolean().meta({ description: 'You have blocked the other.' }),
  at: momentSchema,
}).meta({ id: 'Conversation' })
export type Conversation = z.output<typeof conversationSchema>
