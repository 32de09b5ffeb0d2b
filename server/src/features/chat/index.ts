/**
 * Chat: conversations of two people. Deals speak here by their events (`deal.ts`); what a conversation is about is named
 * by the feature it belongs to (`registerSubject` of the kernel).
 */
import { and, eq } from 'drizzle-orm'
import { hasPermission } from '@miaodan/shared/kernel/access'
import { defineFeature } from '../../kernel/feature.ts'
import { tellDeal } from './deal.ts'
import { keepOnline, presence, typing } from './presence.ts'
import { routes } from './routes.ts'
import { UPLOAD_KIND } from './send.ts'
import { participants } from './tables.ts'

export { blockedWith } from './blocks.ts'
export { conversationOf } from './conversations.ts'
export { removeMessage, reportableMessage } from './removal.ts'
export { offerPaidOrders } from './screening.ts'
export { transcriptOf } from './transcript.ts'

export const chatFeature = defineFeature({
  name: 'chat',
  routes,
  subscribers: [tellDeal],
  live: { 'chat.typing': typing },
  presence,
  uploadReaders: {
    // An arbitrator sees the files of a conversation that is evidence.
    [UPLOAD_KIND]: async (db, conversationId, viewer) => {
      if (hasPermission(viewer.staffRoles, 'disputes.decide')) return true
      const rows = await db.select({ userId: participants.userId }).from(participants).where(and(eq(participants.conversationId, conversationId), eq(participants.userId, viewer.userId)))
      return rows.length > 0
    },
  },
  start: keepOnline,
})
