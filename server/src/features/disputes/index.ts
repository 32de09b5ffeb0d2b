/**
 * Refund requests and disputes: who wants money of a milestone back and why, offers in turn, silence that decides, and an
 * arbitrator where the two cannot agree. Money is moved by orders (claims.ts there); here it is decided how.
 */
import { defineFeature } from '../../kernel/feature.ts'
import { registerQueue } from '../../kernel/queues.ts'
import { offerCases } from '../chat/index.ts'
import { closeEvidence, EVIDENCE_UPLOADS, mayReadEvidence } from './evidence.ts'
import { caseBetween, waitingDisputes } from './queue.ts'
import { decideBySilence, OFFER_UPLOADS, remindOfAnswer } from './requests.ts'
import { mayReadOffers } from './request-view.ts'
import { routes } from './routes.ts'
import { executeRuling } from './ruling.ts'
import { subscribers } from './subscribers.ts'

offerCases(caseBetween)
registerQueue({ name: 'disputes', needs: 'disputes.decide', read: waitingDisputes })

export const disputesFeature = defineFeature({
  name: 'disputes',
  routes,
  subscribers,
  deadlines: {
    'refund_request.silence': async (tx, deadline, deps) => decideBySilence(tx, deps, deadline.entityId),
    'refund_request.remind': async (tx, deadline, deps) => remindOfAnswer(tx, deps, deadline.entityId),
    'dispute.close_evidence': async (tx, deadline, deps) => closeEvidence(tx, deps, deadline.entityId),
    'dispute.execute': async (tx, deadline, deps) => executeRuling(tx, deps, deadline.entityId),
  },
  uploadReaders: { [OFFER_UPLOADS]: mayReadOffers, [EVIDENCE_UPLOADS]: mayReadEvidence },
})
