import { and, desc, eq, ne, sql, type SQL } from 'drizzle-orm'
import type * as z from 'zod'
import type { recentDealSchema, reviewSchema, reviewSummarySchema } from '@miaodan/shared/reviews/contract'
import type { Deps } from '../../deps.ts'
import { cursorAt, earlierThan } from '../../kernel/cursor.ts'
import type { Executor } from '../../kernel/db.ts'
import { peopleByIds } from '../accounts/index.ts'
import { reviews, type ReviewRow } from './tables.ts'

type Review = z.output<typeof reviewSchema>
type Summary = z.output<typeof reviewSummarySchema>
type Deal = z.output<typeof recentDealSchema>
type Page = { cursor?: string | undefined, limit: number }

const STARS = 5
const RECENT_SHOWN = 3

export const ofService = (serviceId: string): SQL | undefined => and(eq(reviews.serviceId, serviceId), eq(reviews.side, 'buyer'))
export const ofPerson = (personId: string, side: 'buyer' | 'provider'): SQL | undefined => and(eq(reviews.subjectId, personId), eq(reviews.side, side))

/** Published reviews, newest first, with the summary of all of them. */
export async function reviewPage(executor: Executor, deps: Deps, which: SQL | undefined, page: Page): Promise<{ items: Review[], next: string | null, summary: Summary }> {
  const published = and(which, eq(reviews.state, 'published'))
  const rows = await executor.select().from(reviews).where(and(published, earlierThan(page.cursor, reviews.publishedAt, reviews.id))).orderBy(desc(reviews.publishedAt), desc(reviews.id)).limit(page.limit + 1)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const authors = await peopleByIds(executor, deps, shown.map(row => row.authorId))
  return {
    items: shown.flatMap(row => {
      const author = authors.get(row.authorId)
      return author ? [{ id: row.id, author, side: row.side, title: row.title, ratings: ratingsOf(row), text: row.body ?? '', answer: row.answer, at: row.publishedAt ?? row.closesAt }] : []
    }),
    next: rows.length > page.limit && last?.publishedAt ? cursorAt(last.publishedAt, last.id) : null,
    summary: await summaryOf(executor, published),
  }
}

/** What was done lately, and what its buyers say: good or bad, as it came. */
export async function recentDeals(executor: Executor, deps: Deps): Promise<Deal[]> {
  const rows = await executor.select().from(reviews).where(and(eq(reviews.state, 'published'), eq(reviews.side, 'buyer'), ne(reviews.body, '')))
    .orderBy(desc(reviews.publishedAt), desc(reviews.id)).limit(RECENT_SHOWN)
  const people = await peopleByIds(executor, deps, rows.flatMap(row => [row.authorId, row.subjectId]))
  return rows.flatMap(row => {
    const [buyer, provider] = [people.get(row.authorId), people.get(row.subjectId)]
    if (!buyer || !provider) return []
    const { attitude, skill, quality } = ratingsOf(row)
    return [{ id: row.id, title: row.title, buyer: { kind: buyer.kind, city: buyer.city }, provider, rating: (attitude + skill + quality) / 3, text: row.body ?? '', at: row.publishedAt ?? row.closesAt }]
  })
}

export function ratingsOf(row: ReviewRow): { attitude: number, skill: number, quality: number } {
  return { attitude: row.attitude ?? 0, skill: row.skill ?? 0, quality: row.quality ?? 0 }
}

async function summaryOf(executor: Executor, published: SQL | undefined): Promise<Summary> {
  const mean = (column: SQL) => sql<string | null>`avg(${column})`
  const stars = sql`round((${reviews.attitude} + ${reviews.skill} + ${reviews.quality}) / 3.0)`
  const rows = await executor.select({ stars: sql<string>`${stars}`, count: sql<string>`count(*)` }).from(reviews).where(published).groupBy(stars)
  const [means] = await executor.select({ attitude: mean(sql`${reviews.attitude}`), skill: mean(sql`${reviews.skill}`), quality: mean(sql`${reviews.quality}`) }).from(reviews).where(published)
  const spread = Array.from({ length: STARS }, (_, index) => Number(rows.find(row => Number(row.stars) === index + 1)?.count ?? 0))
  const count = spread.reduce((sum, number) => sum + number, 0)
  if (count === 0 || !means) return { count: 0, mean: null, ratings: null, spread }
  const ratings = { attitude: Number(means.attitude), skill: Number(means.skill), quality: Number(means.quality) }
  return { count, mean: (ratings.attitude + ratings.skill + ratings.quality) / 3, ratings, spread }
}
