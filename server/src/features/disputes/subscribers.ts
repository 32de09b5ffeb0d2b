import * as z from 'zod'
import { disputeLifecycle, refundRequestLifecycle } from '@miaodan/shared/disputes/lifecycle'
import { topicsOf } from '@miaodan/shared/kernel/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Subscriber } from '../../kernel/outbox.ts'
import { afterCommit } from '../../kernel/tx.ts'

const concerned = z.object({ orderId: z.string(), buyerId: z.string(), providerId: z.string(), disputeId: z.string().optional(), arbitratorId: z.string().nullish() })

/** The pages of both sides and of the arbitrator ask again when something about a request or a case has changed. */
export const subscribers: readonly Subscriber<Deps>[] = [{
  name: 'disputes.tell-browsers',
  on: ['refund_request.created', 'dispute.created', 'dispute.evidence_added', 'dispute.evidence_finished', ...topicsOf(refundRequestLifecycle), ...topicsOf(disputeLifecycle)],
  handle: async (tx, event, deps) => {
    const { orderId, buyerId, providerId, disputeId, arbitratorId } = concerned.parse(event.payload)
    afterCommit(tx, () => {
      deps.live.notify([buyerId, providerId], { type: 'refund.changed', id: orderId })
      if (disputeId) deps.live.notify([buyerId, providerId, ...arbitratorId ? [arbitratorId] : []], { type: 'dispute.changed', id: disputeId })
    })
  },
}]
