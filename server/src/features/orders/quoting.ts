/** Offers and counter-offers. Each is a version that is never changed; a decision names the version it is about. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { MAX_AMOUNT } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import { quoteLifecycle } from '@miaodan/shared/orders/lifecycle'
import { quoteTermsSchema, type QuoteTerms, type Side } from '@miaodan/shared/orders/model'
import { ORDER_LIMITS, QUOTE_EXPIRES_AFTER } from '@miaodan/shared/orders/rules'
import type { Deps } from '../../deps.ts'
import { constraintOf, type Tx } from '../../kernel/db.ts'
import { scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { peopleByIds } from '../accounts/index.ts'
import { ownService } from '../catalog/index.ts'
import { lockOpenRequirement, visibleRequirement } from '../requirements/index.ts'
import { requireSide, sideOf } from './policy.ts'
import { quotes, quoteVersions, type QuoteRow } from './tables.ts'

export const OPEN_QUOTES = ['offered', 'countered'] as const

export type NewQuote = { terms: QuoteTerms } & (
  | { requirementId: string }
  | { buyerId: string, title: string, serviceId?: string | undefined }
)
type Target = { buyerId: string, title: string, categoryId: string | null, requirementId: string | null, serviceId: string | null }

/** The provider's first offer, on a requirement or to a person they are talking with. */
export async function createQuote(tx: Tx, deps: Deps, viewer: Viewer, given: NewQuote): Promise<QuoteRow> {
  const { terms } = given
  const providerId = viewer.userId
  const about = 'requirementId' in given ? await onRequirement(tx, viewer, given.requirementId) : await toPerson(tx, deps, viewer, given)
  const now = deps.clock.now()
  const expiresAt = after(now, QUOTE_EXPIRES_AFTER)
  const row = {
    id: newId(), ...about, providerId, state: quoteLifecycle.initial, version: 1, expiresAt, orderId: null, createdAt: now,
  }
  await tx.insert(quotes).values(row).catch(error => {
    throw constraintOf(error) === 'quotes_open' ? problem('orders.quote_exists') : error
  })
  const sums = await addVersion(tx, deps, row, 1, 'provider', providerId, terms)
  await scheduleDeadline(tx, { entity: 'quote', entityId: row.id, action: 'expire', dueAt: expiresAt })
  await emit(tx, deps.clock, 'quote.created', { id: row.id, ...quoteFacts(row, sums), version: 1 }, row.id)
  return row
}

/** A requirement the provider can see and that still takes offers; locked, so that it is not given away meanwhile. */
async function onRequirement(tx: Tx, viewer: Viewer, requirementId: string): Promise<Target> {
  const { side } = await visibleRequirement(tx, viewer, requirementId)
  if (side === 'buyer') throw problem('orders.quote_to_self')
  const requirement = await lockOpenRequirement(tx, requirementId)
  if (side !== 'provider' || requirement.way === 'instant') throw problem('orders.quote_not_wanted')
  return { buyerId: requirement.buyerId, title: requirement.title, categoryId: requirement.categoryId, requirementId, serviceId: null }
}

async function toPerson(tx: Tx, deps: Deps, viewer: Viewer, { buyerId, title, serviceId }: { buyerId: string, title: string, serviceId?: string | undefined }): Promise<Target> {
  if (buyerId === viewer.userId) throw problem('orders.quote_to_self')
  if (!(await peopleByIds(tx, deps, [buyerId])).has(buyerId)) throw problem('orders.buyer_unknown', {}, { field: 'body.buyerId' })
  await refuseFlood(tx, viewer.userId, buyerId)
  const service = serviceId === undefined ? undefined : await ownService(tx, viewer.userId, serviceId)
  return { buyerId, title, categoryId: service?.categoryId ?? null, requirementId: null, serviceId: service?.id ?? null }
}

/** What the events of a quote tell. `amount` is the total of the newest version. */
type Sums = { total: bigint, days: number }
export function quoteFacts(quote: QuoteRow, { total, days }: Sums) {
  return {
    quoteId: quote.id, buyerId: quote.buyerId, providerId: quote.providerId, requirementId: quote.requirementId, serviceId: quote.serviceId, title: quote.title, amount: total.toString(), days,
  }
}

async function refuseFlood(tx: Tx, providerId: string, buyerId: string): Promise<void> {
  const limit = ORDER_LIMITS.liveQuotesToOneBuyer
  const [open] = await tx.select({ count: sql<string>`count(*)` }).from(quotes).where(and(eq(quotes.providerId, providerId), eq(quotes.buyerId, buyerId), inArray(quotes.state, OPEN_QUOTES)))
  if (Number(open?.count) >= limit) throw problem('orders.quote_too_many', { limit })
}

async function addVersion(tx: Tx, deps: Deps, quote: Pick<QuoteRow, 'id'>, version: number, side: Side, authorId: string, terms: QuoteTerms): Promise<Sums> {
  const total = terms.milestones.reduce((sum, milestone) => sum + milestone.price.amount, 0n)
  if (total > MAX_AMOUNT) throw problem('orders.quote_total_too_large', {}, { field: 'body.terms.milestones' })
  const days = terms.milestones.reduce((sum, milestone) => sum + milestone.days, 0)
  await tx.insert(quoteVersions).values({ quoteId: quote.id, version, side, authorId, terms: z.encode(quoteTermsSchema, terms), total, days, at: deps.clock.now() })
  return { total, days }
}

async function newestSums(tx: Tx, quote: Pick<QuoteRow, 'id' | 'version'>): Promise<Sums> {
  const [newest] = await tx.select({ total: quoteVersions.total, days: quoteVersions.days }).from(quoteVersions).where(and(eq(quoteVersions.quoteId, quote.id), eq(quoteVersions.version, quote.version)))
  if (!newest) throw new Error(`quote ${quote.id} has no version ${quote.version}`)
  return newest
}

/** The quote, locked. @throws problem `kernel.not_found` for strangers, `orders.quote_changed` when `version` is not the newest. */
export async function lockQuote(tx: Tx, viewer: Viewer, id: string, version?: number): Promise<QuoteRow & Sums> {
  const [quote] = await tx.select().from(quotes).where(eq(quotes.id, id)).for('update')
  if (!quote || !sideOf(quote, viewer.userId)) throw problem('kernel.not_found')
  if (version !== undefined && version !== quote.version) throw problem('orders.quote_changed', { version: quote.version }, { field: 'body.version' })
  return { ...quote, ...await newestSums(tx, quote) }
}

/** Terms of one's own in answer to those of the other side, who then has 72 hours again. */
export async function answerQuote(tx: Tx, deps: Deps, viewer: Viewer, id: string, action: 'counter' | 'reoffer', answer: { version: number, terms: QuoteTerms }): Promise<void> {
  const quote = await lockQuote(tx, viewer, id, answer.version)
  const side = action === 'counter' ? 'buyer' : 'provider'
  requireSide(quote, viewer, side)
  const version = quote.version + 1
  const expiresAt = after(deps.clock.now(), QUOTE_EXPIRES_AFTER)
  const sums = await addVersion(tx, deps, quote, version, side, viewer.userId, answer.terms)
  await transition(tx, deps.clock, quoteLifecycle, quotes, { id, action, actor: side, actorId: viewer.userId, set: { version, expiresAt }, data: { ...quoteFacts(quote, sums), version } })
  await scheduleDeadline(tx, { entity: 'quote', entityId: id, action: 'expire', dueAt: expiresAt })
}

export async function rejectQuote(tx: Tx, deps: Deps, viewer: Viewer, id: string, reason: string): Promise<void> {
  const quote = await lockQuote(tx, viewer, id)
  const side = sideOf(quote, viewer.userId) as Side
  await transition(tx, deps.clock, quoteLifecycle, quotes, { id, action: 'reject', actor: side, actorId: viewer.userId, data: { ...quoteFacts(quote, quote), reason } })
}

export async function withdrawQuote(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  const quote = await lockQuote(tx, viewer, id)
  requireSide(quote, viewer, 'provider')
  await transition(tx, deps.clock, quoteLifecycle, quotes, { id, action: 'withdraw', actor: 'provider', actorId: viewer.userId, data: quoteFacts(quote, quote) })
}

/** Nobody answered. A new version in the meantime has set a later date. */
export async function expireQuote(tx: Tx, deps: Deps, id: string): Promise<void> {
  const [quote] = await tx.select().from(quotes).where(eq(quotes.id, id)).for('update')
  if (!quote || !canStep(quoteLifecycle, quote.state, 'expire') || quote.expiresAt > deps.clock.now()) return
  await transition(tx, deps.clock, quoteLifecycle, quotes, { id, action: 'expire', actor: 'timer', data: quoteFacts(quote, await newestSums(tx, quote)) })
}
