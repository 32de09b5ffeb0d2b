/** A quote becomes an order: in one transaction, and at most once for a requirement. */
import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { quoteLifecycle } from '@miaodan/shared/orders/lifecycle'
import { quoteTermsSchema } from '@miaodan/shared/orders/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { transition } from '../../kernel/transition.ts'
import { awardRequirement, lockOpenRequirement } from '../requirements/index.ts'
import { createOrder } from './create.ts'
import { requireSide } from './policy.ts'
import { lockQuote, OPEN_QUOTES, quoteFacts } from './quoting.ts'
import { quotes, quoteVersions, type OrderRow, type QuoteRow } from './tables.ts'

/** The buyer accepts the offer (`accept`), or the provider agrees to the counter-offer (`agree`). */
export async function agreeOnQuote(tx: Tx, deps: Deps, viewer: Viewer, id: string, action: 'accept' | 'agree', version: number): Promise<OrderRow> {
  await lockRivals(tx, id)
  const quote = await lockQuote(tx, viewer, id, version)
  const actor = action === 'accept' ? 'buyer' : 'provider'
  requireSide(quote, viewer, actor)
  if (quote.expiresAt <= deps.clock.now()) throw problem('kernel.illegal_transition')
  if (quote.requirementId) await lockOpenRequirement(tx, quote.requirementId)
  const order = await orderFrom(tx, deps, quote)
  await transition(tx, deps.clock, quoteLifecycle, quotes, {
    id, action, actor, actorId: viewer.userId, set: { orderId: order.id }, data: { ...quoteFacts(quote, quote), version, orderId: order.id, number: order.number },
  })
  await cancelDeadlines(tx, 'quote', id)
  if (quote.requirementId) {
    await awardRequirement(tx, deps, { id: quote.requirementId, orderId: order.id, providerId: quote.providerId, actor, actorId: viewer.userId })
    await rejectRivals(tx, deps, quote, quote.requirementId)
  }
  return order
}

/** All open quotes on the same requirement are locked in one order, so that two acceptances at once meet here and not in a deadlock. */
async function lockRivals(tx: Tx, id: string): Promise<void> {
  const own = tx.select({ requirementId: quotes.requirementId }).from(quotes).where(eq(quotes.id, id))
  await tx.select({ id: quotes.id }).from(quotes).where(and(inArray(quotes.requirementId, own), inArray(quotes.state, OPEN_QUOTES))).orderBy(asc(quotes.id)).for('update')
}

async function orderFrom(tx: Tx, deps: Deps, quote: QuoteRow): Promise<OrderRow> {
  const [agreed] = await tx.select().from(quoteVersions).where(and(eq(quoteVersions.quoteId, quote.id), eq(quoteVersions.version, quote.version)))
  if (!agreed) throw new Error(`quote ${quote.id} has no version ${quote.version}`)
  const terms = z.decode(quoteTermsSchema, agreed.terms)
  return createOrder(tx, deps, {
    buyerId: quote.buyerId, providerId: quote.providerId, origin: 'quote', title: quote.title, categoryId: quote.categoryId,
    serviceId: quote.serviceId, requirementId: quote.requirementId, quoteId: quote.id,
    milestones: terms.milestones.map(({ title, price, days, checklist }) => ({ title, price: price.amount, days, revisions: terms.revisions, checklist })),
  })
}

async function rejectRivals(tx: Tx, deps: Deps, chosen: QuoteRow, requirementId: string): Promise<void> {
  const rivals = await tx.select({ quote: quotes, total: quoteVersions.total, days: quoteVersions.days }).from(quotes)
    .innerJoin(quoteVersions, and(eq(quoteVersions.quoteId, quotes.id), eq(quoteVersions.version, quotes.version)))
    .where(and(eq(quotes.requirementId, requirementId), ne(quotes.id, chosen.id), inArray(quotes.state, OPEN_QUOTES))).orderBy(asc(quotes.id))
  for (const { quote, ...sums } of rivals) {
    await transition(tx, deps.clock, quoteLifecycle, quotes, { id: quote.id, action: 'reject', actor: 'system', data: { ...quoteFacts(quote, sums), reason: 'another_chosen' } })
    await cancelDeadlines(tx, 'quote', quote.id)
  }
}
