import * as z from 'zod'
import { changeOrderLifecycle, milestoneLifecycle, orderLifecycle, quoteLifecycle } from '@miaodan/shared/orders/lifecycle'
import { topicsOf } from '@miaodan/shared/kernel/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Subscriber } from '../../kernel/outbox.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { overtakeChange } from './changing.ts'

const orderEvent = z.object({ orderId: z.string(), buyerId: z.string(), providerId: z.string() })
const quoteEvent = z.object({ quoteId: z.string(), buyerId: z.string(), providerId: z.string() })

/** The pages of both sides ask again when something about their order has changed. */
const tellBrowsers: Subscriber<Deps> = {
  name: 'orders.tell-browsers',
  on: ['order.created', 'milestone.cleared', 'change_order.proposed', ...topicsOf(orderLifecycle), ...topicsOf(milestoneLifecycle), ...topicsOf(changeOrderLifecycle)],
  handle: async (tx, event, deps) => {
    const { orderId, buyerId, providerId } = orderEvent.parse(event.payload)
    afterCommit(tx, () => deps.live.notify([buyerId, providerId], { type: 'order.changed', id: orderId }))
  },
}

const tellBrowsersOfQuotes: Subscriber<Deps> = {
  name: 'orders.tell-browsers-of-quotes',
  on: ['quote.created', ...topicsOf(quoteLifecycle)],
  handle: async (tx, event, deps) => {
    const { quoteId, buyerId, providerId } = quoteEvent.parse(event.payload)
    afterCommit(tx, () => deps.live.notify([buyerId, providerId], { type: 'quote.changed', id: quoteId }))
  },
}

/** What is closed cannot be changed any more: an open change order about it is over. */
const overtakeChanges: Subscriber<Deps> = {
  name: 'orders.overtake-changes',
  on: ['milestone.accept', 'milestone.accept_by_silence', 'milestone.refund', 'milestone.split', 'milestone.award'],
  handle: async (tx, event, deps) => overtakeChange(tx, deps, orderEvent.parse(event.payload).orderId),
}

export const subscribers: readonly Subscriber<Deps>[] = [tellBrowsers, overtakeChanges, tellBrowsersOfQuotes]
