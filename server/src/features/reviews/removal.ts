/** What people report of reviews, and what staff take out: no list and no mean counts it any more. */
import { and, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { reviewLifecycle } from '@miaodan/shared/reviews/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { transition } from '../../kernel/transition.ts'
import { reviews } from './tables.ts'

/** @throws problem `kernel.not_found` unless it is published */
export async function reportableReview(tx: Tx, id: string): Promise<{ authorId: string, content: string, context: string }> {
  const [review] = await tx.select().from(reviews).where(and(eq(reviews.id, id), eq(reviews.state, 'published')))
  if (!review) throw problem('kernel.not_found')
  return { authorId: review.authorId, content: review.body ?? '', context: review.title }
}

/** Harmless to repeat. */
export async function removeReview(tx: Tx, deps: Deps, staffId: string, id: string, reason: string): Promise<void> {
  const [review] = await tx.select().from(reviews).where(eq(reviews.id, id)).for('update')
  if (review?.state !== 'published') return
  const { orderId, side, attitude, skill, quality } = review
  await transition(tx, deps.clock, reviewLifecycle, reviews, {
    id, action: 'remove', actor: 'staff', actorId: staffId, key: orderId,
    // Only what a buyer said counted for the service.
    data: { orderId, side, reason, serviceId: side === 'buyer' ? review.serviceId : null, ratings: { attitude, skill, quality } },
  })
}
