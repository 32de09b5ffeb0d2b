/**
 * What a payment was for, as its owner tells it. Orders stand to the right of payments, so they offer this look-up when
 * the application is put together; a payment whose deal is not known yet has only its own title.
 */
import type { Executor } from '../../kernel/db.ts'

export type Deal = { orderId: string, requirementId: string | null, number: string, title: string, buyerName: string, providerId: string, providerName: string }
/** Finds deals by the ids of orders, or of the instant requirements they came from. */
export type FindDeals = (executor: Executor, ids: readonly string[]) => Promise<readonly Deal[]>

let find: FindDeals = async () => []

export function offerDeals(given: FindDeals): void {
  find = given
}

/** By the ids that were asked for. */
export async function dealsOf(executor: Executor, ids: readonly string[]): Promise<Map<string, Deal>> {
  const deals = ids.length > 0 ? await find(executor, [...new Set(ids)]) : []
  return new Map(deals.flatMap(deal => [[deal.orderId, deal], ...(deal.requirementId ? [[deal.requirementId, deal]] : [])] as [string, Deal][]))
}
