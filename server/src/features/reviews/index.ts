/** Reviews: both sides of a completed order judge each other, blind until both have, or until the window closes. */
import { and, asc, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { reviews as contracts } from '@miaodan/shared/reviews/contract'
import { defineFeature, handle } from '../../kernel/feature.ts'
import { ofPerson, ofService, ratingsOf, recentDeals, reviewPage } from './read.ts'
import { answerReview, closeReview, openReviews, reviewsOfOrder, submitReview } from './review.ts'
import { reviews, type ReviewRow } from './tables.ts'

function ownView(row: ReviewRow) {
  const written = row.state === 'submitted' || row.state === 'published'
  return { state: row.state, closesAt: row.closesAt, ratings: written ? ratingsOf(row) : null, text: row.body, suggestion: row.suggestion }
}

/** What the other side wrote stays hidden until it is published. */
function otherView(row: ReviewRow) {
  const shown = row.state === 'published'
  return { id: row.id, state: row.state, closesAt: row.closesAt, ratings: shown ? ratingsOf(row) : null, text: shown ? row.body : null, suggestion: shown ? row.suggestion : null, answer: row.answer }
}

export { removeReview, reportableReview } from './removal.ts'

export const reviewsFeature = defineFeature({
  name: 'reviews',
  routes: [
    handle(contracts.ofOrder, async ({ db, viewer, params }) => {
      const rows = await reviewsOfOrder(db, params.id)
      const mine = rows.find(row => row.authorId === viewer.userId)
      if (rows.length > 0 && !mine) throw problem('kernel.not_found')
      const theirs = rows.find(row => row.subjectId === viewer.userId)
      return { mine: mine ? ownView(mine) : null, theirs: theirs ? otherView(theirs) : null }
    }),
    handle(contracts.submit, async ({ tx, deps, viewer, params, body }) => submitReview(tx, deps, params.id, viewer.userId, body)),
    handle(contracts.answer, async ({ tx, deps, viewer, params, body }) => answerReview(tx, deps, params.id, viewer.userId, body.text)),
    handle(contracts.ofService, async ({ db, deps, params, query }) => reviewPage(db, deps, ofService(params.id), query)),
    handle(contracts.ofPerson, async ({ db, deps, params, query }) => reviewPage(db, deps, ofPerson(params.id, query.side), query)),
    handle(contracts.recent, async ({ db, deps }) => ({ items: await recentDeals(db, deps) })),
    handle(contracts.waiting, async ({ db, viewer }) => ({
      items: await db.select({ orderId: reviews.orderId, number: reviews.orderNumber, title: reviews.title, closesAt: reviews.closesAt }).from(reviews)
        .where(and(eq(reviews.authorId, viewer.userId), eq(reviews.state, 'open'))).orderBy(asc(reviews.closesAt)).limit(100),
    })),
  ],
  subscribers: [{ name: 'reviews.open', on: ['order.complete'], handle: async (tx, event, deps) => openReviews(tx, deps, event) }],
  deadlines: { 'review.close': async (tx, deadline, deps) => closeReview(tx, deps, deadline.entityId) },
})
