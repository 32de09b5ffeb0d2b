/** What providers have done here, kept from the events that tell of it. */
import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import * as z from 'zod'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Subscriber } from '../../kernel/outbox.ts'
import { idIn, statement, value } from '../../kernel/statement.ts'
import { reindex } from './provider-index.ts'
import { invitations, providerOrders, providerRatings } from './tables.ts'

export type ProviderRecord = { running: number, finished: number, finishedInCategory: number, onTime: number, timed: number, ratings: number, ratingSum: number, replyMinutes: number | null, replies: number }
export const NO_RECORD: ProviderRecord = { running: 0, finished: 0, finishedInCategory: 0, onTime: 0, timed: 0, ratings: 0, ratingSum: 0, replyMinutes: null, replies: 0 }

/** Answers longer ago than this say nothing of today. */
const REPLY_LOOK_BACK = { days: -90 }

const { state } = providerOrders
const ordersOf = statement(db => db.select({
  providerId: providerOrders.providerId,
  running: sql<number>`count(*) filter (where ${state} = 'running')::int`, finished: sql<number>`count(*) filter (where ${state} = 'finished')::int`,
  finishedInCategory: sql<number>`count(*) filter (where ${state} = 'finished' and ${providerOrders.categoryId} = ${value('categoryId')}::uuid)::int`,
  onTime: sql<number>`count(*) filter (where ${providerOrders.onTime})::int`, timed: sql<number>`count(${providerOrders.onTime})::int`,
}).from(providerOrders).where(idIn(providerOrders.providerId, 'ids')).groupBy(providerOrders.providerId))

const ratingsOf = statement(db => db.select({
  providerId: providerRatings.providerId, ratings: sql<number>`count(*)::int`,
  ratingSum: sql<number>`(sum(${providerRatings.attitude} + ${providerRatings.skill} + ${providerRatings.quality}) / 3.0)::float8`,
}).from(providerRatings).where(idIn(providerRatings.providerId, 'ids')).groupBy(providerRatings.providerId))

const repliesOf = statement(db => db.select({
  providerId: invitations.providerId, replies: sql<number>`count(*)::int`,
  replyMinutes: sql<number>`(percentile_cont(0.5) within group (order by extract(epoch from ${invitations.answeredAt} - ${invitations.toldAt})) / 60)::float8`,
}).from(invitations).where(and(idIn(invitations.providerId, 'ids'), isNotNull(invitations.answeredAt), gt(invitations.toldAt, value('since')))).groupBy(invitations.providerId))

export async function recordsOf(db: Executor, deps: Deps, providerIds: readonly string[], categoryId: string | null): Promise<Map<string, ProviderRecord>> {
  if (providerIds.length === 0) return new Map()
  const ids = [...providerIds]
  const since = after(deps.clock.now(), REPLY_LOOK_BACK)
  const [orders, ratings, replies] = await Promise.all([ordersOf(db, { ids, categoryId }), ratingsOf(db, { ids }), repliesOf(db, { ids, since })])
  const records = new Map(ids.map(id => [id, { ...NO_RECORD }]))
  for (const { providerId, ...facts } of [...orders, ...ratings, ...replies]) Object.assign(records.get(providerId) ?? {}, facts)
  return records
}

const id = z.uuid()
const orderEvent = z.object({ id, providerId: id, categoryId: id.nullish(), onTime: z.boolean().nullish() })
const ORDER_STATES: Readonly<Record<string, 'running' | 'finished' | 'ended'>> = {
  'order.pay': 'running', 'order.start': 'running', 'order.accept': 'running', 'order.complete': 'finished', 'order.decline': 'ended', 'order.lapse': 'ended', 'order.recall': 'ended', 'order.call_off': 'ended',
}

const keepOrders: Subscriber<Deps> = {
  name: 'matching.keep-orders',
  on: Object.keys(ORDER_STATES),
  handle: async (tx, event, deps) => {
    const order = orderEvent.parse(event.payload)
    const state = ORDER_STATES[event.topic] ?? 'ended'
    const facts = { providerId: order.providerId, categoryId: order.categoryId ?? null, state, onTime: order.onTime ?? null, at: event.at }
    await tx.insert(providerOrders).values({ orderId: order.id, ...facts }).onConflictDoUpdate({ target: providerOrders.orderId, set: facts })
    if (state === 'finished') await reindex(tx, deps, [order.providerId])
  },
}

const score = z.number().int().min(1).max(5)
const reviewEvent = z.object({ id, side: z.string(), subjectId: id, ratings: z.object({ attitude: score, skill: score, quality: score }) })

/** Only what buyers say of providers counts here. */
const keepRatings: Subscriber<Deps> = {
  name: 'matching.keep-ratings',
  on: ['reviews.published'],
  handle: async (tx, event) => {
    const review = reviewEvent.parse(event.payload)
    if (review.side !== 'buyer') return
    await tx.insert(providerRatings).values({ reviewId: review.id, providerId: review.subjectId, ...review.ratings, at: event.at }).onConflictDoNothing()
  },
}

/** A review that staff took out counts no more. */
const forgetRatings: Subscriber<Deps> = {
  name: 'matching.forget-ratings',
  on: ['review.remove'],
  handle: async (tx, event) => {
    await tx.delete(providerRatings).where(eq(providerRatings.reviewId, id.parse(event.payload['id'])))
  },
}

const userEvent = z.object({ userId: id.optional(), providerId: id.optional() })

/** Who they are and what they offer stands in their document. */
const indexProviders: Subscriber<Deps> = {
  name: 'matching.index-providers',
  on: ['accounts.registered', 'provider.updated', 'accounts.verified', 'service.pause', 'service.resume', 'service.archive', 'service_change.approve'],
  handle: async (tx, event, deps) => {
    const { userId, providerId } = userEvent.parse(event.payload)
    const changed = userId ?? providerId
    if (changed) await reindex(tx, deps, [changed])
  },
}

export const recordSubscribers: readonly Subscriber<Deps>[] = [keepOrders, keepRatings, forgetRatings, indexProviders]
