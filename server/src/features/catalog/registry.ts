/**
 * Facts the catalog shows but cannot know, because the features that know them stand to its right. They give a function
 * here when they are loaded; as long as nobody did, the fact is unknown and is left out, never shown as zero.
 */
import type { Executor } from '../../kernel/db.ts'

export type ActiveOrders = { count: number, firstDueAt: Date | null }

export type OutsideFacts = {
  /** Orders under way of each of these services, from payment to completion, and when the first of them is due. */
  activeOrders: (db: Executor, serviceIds: readonly string[]) => Promise<ReadonlyMap<string, ActiveOrders>>
  /** Orders completed since then. */
  ordersCompletedSince: (db: Executor, since: Date) => Promise<number>
  /** Median time from a requirement's opening to its first match since then; null when there was none. */
  medianFirstMatchSeconds: (db: Executor, since: Date) => Promise<number | null>
}

const known: Partial<OutsideFacts> = {}

export function offerFacts(facts: Partial<OutsideFacts>): void {
  Object.assign(known, facts)
}

export const outsideFacts: Readonly<Partial<OutsideFacts>> = known
