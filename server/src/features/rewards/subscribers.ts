import * as z from 'zod'
import type { Deps } from '../../deps.ts'
import type { Subscriber } from '../../kernel/outbox.ts'
import { freeBudget } from './campaigns.ts'

const fact = z.object({ campaignId: z.string(), freed: z.string() })

/**
 * What a coupon does not need any more is free for others. Told by an event, so that no payment and no refund waits for
 * the campaign's row, at which everybody who claims stands in line.
 */
const keepBudget: Subscriber<Deps> = {
  name: 'rewards.keep-budget',
  on: ['coupon.spend', 'coupon.expire', 'coupon.returned'],
  handle: async (tx, event) => {
    const { campaignId, freed } = fact.parse(event.payload)
    if (freed !== '0') await freeBudget(tx, campaignId, BigInt(freed))
  },
}

export const subscribers: readonly Subscriber<Deps>[] = [keepBudget]
