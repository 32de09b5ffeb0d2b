/**
 * Chat: conversations of two people. Deals speak here by their events (`deal.ts`); what a conversation is about is named
 * by the feature it belongs to (`registerSubject` of the kernel).
 */
import { eq } from 'drizzle-orm'
import { defineFeature } from '../../kernel/feature.ts'
import { registerStillTrue } from '../../kernel/still-true.ts'
import { tellDeal } from './deal.ts'
import { isEvidence } from './evidence.ts'
import { keepOnline, presence, typing } from './presence.ts'
import { routes } from './routes.ts'
import { UPLOAD_KIND } from './send.ts'
import { participants } from './tables.ts'
import { stillWaiting, TELL_WAITING, tellWaiting } from './waiting.ts'

export { blockedWith } from './blocks.ts'
export { conversationOf } from './conversations.ts'
export { offerCases } from './evidence.ts'
export { removeMessage, reportableMessage } from './removal.ts'
export { offerPaidOrders } from './screening.ts'
export { transcriptOf } from './transcript.ts'

registerStillTrue('messages_waiting', stillWaiting)

export const chatFeature = defineFeature({
  name: 'chat',
  routes,
  subscribers: [tellDeal],
  tasks: { [TELL_WAITING]: tellWaiting },
  live: { 'chat.typing': typing },
  presence,
  uploadReaders: {
    [UPLOAD_KIND]: async (db, conversationId, viewer) => {
      const people = (await db.select({ userId: participants.userId }).from(participants).where(eq(participants.conversationId, conversationId))).map(row => row.userId)
      return people.includes(viewer.userId) || isEvidence(db, people, viewer)
    },
  },
  start: keepOnline,
})
