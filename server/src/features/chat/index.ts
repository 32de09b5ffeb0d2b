/**
 * Chat: conversations of two people. Deals speak here by their events (`deal.ts`); what a conversation is about is named
 * by the feature it belongs to (`registerSubject` of the kernel).
 */
import { and, eq } from 'drizzle-orm'
import { defineFeature } from '../../kernel/feature.ts'
import { tellDeal } from './deal.ts'
import { keepOnline, presence, typing } from './presence.ts'
import { routes } from './routes.ts'
import { UPLOAD_KIND } from './send.ts'
import { participants } from './tables.ts'

export { conversationOf } from './conversations.ts'
export { offerPaidOrders } from './screening.ts'

export const chatFeature = defineFeature({
  name: 'chat',
  routes,
  subscribers: [tellDeal],
  live: { 'chat.typing': typing },
  presence,
  uploadReaders: {
    [UPLOAD_KIND]: async (db, conversationId, viewer) => {
      const rows = await db.select({ userId: participants.userId }).from(participants).where(and(eq(participants.conversationId, conversationId), eq(participants.userId, viewer.userId)))
      return rows.length > 0
    },
  },
  start: keepOnline,
})
