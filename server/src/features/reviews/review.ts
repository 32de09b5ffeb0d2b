/** The life of a review: opened when an order completes, submitted once, published with the other side's or when the window closes. */
import { asc, eq } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { durationMs } from '@miaodan/shared/kernel/time'
import { reviewLifecycle } from '@miaodan/shared/reviews/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import { newId } from '../../kernel/ids.ts'
import { emit, type Event } from '../../kernel/outbox.ts'
import { transition } from '../../kernel/transition.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { reviews, type ReviewRow } from './tables.ts'

const completedOrder = z.object({ id: z.uuid(), buyerId: z.uuid(), providerId: z.uuid(), number: z.string(), title: z.string(), serviceId: z.uuid().nullish() })
const WINDOW_MS = durationMs(reviewLifecycle.transitions.close.after ?? {})

/** A completed order opens two reviews, one for each side. */
export async function openReviews(tx: Tx, deps: Deps, event: Event): Promise<void> {
  const order = completedOrder.parse(event.payload)
  const closesAt = new Date(deps.clock.now().getTime() + WINDOW_MS)
  for (const side of ['buyer', 'provider'] as const) {
    const [authorId, subjectId] = side === 'buyer' ? [order.buyerId, order.providerId] : [order.providerId, order.buyerId]
    const id = newId()
    const made = await tx.insert(reviews).values({
      id, orderId: order.id, orderNumber: order.number, title: order.title, serviceId: order.serviceId ?? null, side, authorId, subjectId, state: reviewLifecycle.initial, closesAt,
    }).onConflictDoNothing().returning({ id: reviews.id })
    if (made.length > 0) await scheduleDeadline(tx, { entity: 'review', entityId: id, action: 'close', dueAt: closesAt })
  }
  tellBoth(tx, deps, [order.buyerId, order.providerId], order.id)
}

/** The page of the order stands open on both sides: the form appears, and later both reviews, without being asked for again. */
const tellBoth = (tx: Tx, deps: Deps, people: readonly string[], orderId: string): void => afterCommit(tx, () => deps.live.notify([...people], { type: 'review.changed', id: orderId }))

export type Written = { ratings: { attitude: number, skill: number, quality: number }, text: string, suggestion?: string | undefined }

/** Both rows are locked in one order, so that two sides submitting at once see each other. */
async function lockPair(tx: Tx, orderId: string): Promise<ReviewRow[]> {
  return tx.select().from(reviews).where(eq(reviews.orderId, orderId)).orderBy(asc(reviews.id)).for('update')
}

export async function submitReview(tx: Tx, deps: Deps, orderId: string, authorId: string, written: Written): Promise<void> {
  const pair = await lockPair(tx, orderId)
  const mine = pair.find(row => row.authorId === authorId)
  if (!mine) throw problem('kernel.not_found')
  if (mine.state !== 'open') throw problem('reviews.closed')
  await transition(tx, deps.clock, reviewLifecycle, reviews, {
    id: mine.id, action: 'submit', actor: 'author', actorId: authorId, key: orderId,
    set: { ...written.ratings, body: written.text, suggestion: written.suggestion || null, submittedAt: deps.clock.now() }, data: { orderId, side: mine.side },
  })
  const submitted = await lockPair(tx, orderId)
  if (submitted.every(row => row.state === 'submitted')) for (const row of submitted) await publish(tx, deps, row, 'system')
  tellBoth(tx, deps, [mine.authorId, mine.subjectId], orderId)
}

async function publish(tx: Tx, deps: Deps, row: ReviewRow, actor: 'system' | 'timer'): Promise<void> {
  await cancelDeadlines(tx, 'review', row.id)
  await transition(tx, deps.clock, reviewLifecycle, reviews, { id: row.id, action: 'publish', actor, key: row.orderId, set: { publishedAt: deps.clock.now() }, data: { orderId: row.orderId, side: row.side } })
  await emit(tx, deps.clock, 'reviews.published', {
    id: row.id, orderId: row.orderId, side: row.side, title: row.title, authorId: row.authorId, subjectId: row.subjectId, userId: row.subjectId,
    // Only what a buyer says counts for the service.
    serviceId: row.side === 'buyer' ? row.serviceId : null, ratings: { attitude: row.attitude, skill: row.skill, quality: row.quality },
  }, row.orderId)
}

/** The window is over: what was written is published, what was not is closed. */
export async function closeReview(tx: Tx, deps: Deps, id: string): Promise<void> {
  const [row] = await tx.select().from(reviews).where(eq(reviews.id, id)).for('update')
  if (row?.state === 'submitted') await publish(tx, deps, row, 'timer')
  else if (row?.state === 'open') await transition(tx, deps.clock, reviewLifecycle, reviews, { id, action: 'close', actor: 'timer', key: row.orderId })
}

export async function answerReview(tx: Tx, deps: Deps, id: string, subjectId: string, text: string): Promise<void> {
  const [row] = await tx.select().from(reviews).where(eq(reviews.id, id)).for('update')
  if (!row || row.subjectId !== subjectId || row.state !== 'published') throw problem('kernel.not_found')
  if (row.answer !== null) throw problem('reviews.answered')
  await tx.update(reviews).set({ answer: text, answeredAt: deps.clock.now() }).where(eq(reviews.id, id))
}

export async function reviewsOfOrder(executor: Executor, orderId: string): Promise<ReviewRow[]> {
  return executor.select().from(reviews).where(eq(reviews.orderId, orderId))
}
