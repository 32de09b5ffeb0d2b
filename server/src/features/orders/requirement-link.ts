/**
 * What quotes need of the requirement they answer. Requirements stand to the left of orders and know nothing of them, so
 * their side is bound here when the application is put together.
 */
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'

export type QuoteTarget = { buyerId: string, title: string, categoryId: string | null }
export type RequirementLink = {
  /** What a quote of this provider would be about. @throws problem `kernel.not_found`, `orders.quote_not_wanted` */
  target(tx: Tx, deps: Deps, requirementId: string, providerId: string): Promise<QuoteTarget>
  /** Gives the requirement to this provider, in the transaction that makes the order. @throws problem `orders.quote_not_wanted`, `orders.already_awarded` */
  award(tx: Tx, deps: Deps, award: { requirementId: string, quoteId: string, orderId: string, buyerId: string, providerId: string, actor: 'buyer' | 'provider', actorId: string }): Promise<void>
}

let link: RequirementLink | undefined

export function linkRequirements(given: RequirementLink): void {
  link = given
}

export function requirementLink(): RequirementLink {
  if (!link) throw new Error('requirements are not linked to orders')
  return link
}
