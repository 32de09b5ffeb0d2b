import type { api } from '@/lib/api.ts'
import type { AnswerOf } from '@/lib/api-types.ts'

export type Conversation = AnswerOf<typeof api.chat.get>
export type Message = AnswerOf<typeof api.chat.messages>['items'][number]
export type Card = NonNullable<Message['card']>
export type Subject = Conversation['subjects'][number]
export type Person = Conversation['other']

/** A message on its way. `waiting`: there is no network; it goes out by itself. `failed`: the server refused it, a person decides. */
export type Pending = {
  clientId: string
  text: string
  uploads: Message['uploads']
  at: string
  state: 'sending' | 'waiting' | 'failed'
  reason: string | null
}

/** What the platform itself has to say: one entry of the list for each kind, with its latest. */
export type FromPlatform = { name: 'notices' | 'announcements', at: string, text: string, unread: number }
