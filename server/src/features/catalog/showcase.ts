/** The home page: what is recommended, what is hot, and the live numbers. */
import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { onlineProviders } from '../accounts/index.ts'
import { cardsOf, meanRating } from './cards.ts'
import { outsideFacts } from './registry.ts'
import { qualityOf } from './search-index.ts'
import { categories, services, serviceSales, serviceStats } from './tables.ts'

const SHOWN = 8
/** Candidates that are looked at; more would not change who comes first. */
const CANDIDATES = 400
const HOT_WINDOW = { days: -30 }
/** One provider fills at most so many places, so that the page shows the breadth of the market. */
const PER_PROVIDER = 2
const MAX_ONLINE_COUNTED = 1_000

type Candidate = { id: string, providerId: string }

export async function showcase(db: Executor, deps: Deps, category: string | undefined, viewer: Viewer | null) {
  const [recommended, hot] = await Promise.all([recommendedIds(db, category), hotIds(db, deps, category)])
  const cards = await cardsOf(db, deps, [...new Set([...recommended, ...hot])], viewer)
  const byId = new Map(cards.map(card => [card.id, card]))
  const pick = (ids: readonly string[]) => ids.flatMap(id => byId.get(id) ?? [])
  return { recommended: pick(recommended), hot: pick(hot) }
}

const within = (category: string | undefined) => category === undefined ? undefined : inArray(services.categoryId,
  sql`(select c.id from ${categories} c left join ${categories} p on p.id = c.parent_id where ${category} in (c.slug, p.slug))`)

/** By rating shrunk towards the mean and by finished orders; without either, the newest. */
async function recommendedIds(db: Executor, category: string | undefined): Promise<string[]> {
  const rows = await db.select({ id: services.id, providerId: services.providerId, stats: serviceStats }).from(services)
    .leftJoin(serviceStats, eq(serviceStats.serviceId, services.id)).where(and(eq(services.state, 'published'), within(category)))
    .orderBy(sql`coalesce(${serviceStats.sales}, 0) + coalesce(${serviceStats.reviews}, 0) desc`, desc(services.publishedAt)).limit(CANDIDATES)
  const quality = ({ stats }: typeof rows[number]) => qualityOf(stats ? meanRating(stats) : null, stats?.reviews ?? 0, stats?.sales ?? 0)
  // The sort keeps the order of equals, which is newest first.
  return spread(rows.sort((a, b) => quality(b) - quality(a)))
}

/** By orders finished in the last 30 days; what is left of the places goes to the newest. */
async function hotIds(db: Executor, deps: Deps, category: string | undefined): Promise<string[]> {
  const since = after(deps.clock.now(), HOT_WINDOW)
  const recent = sql<number>`count(${serviceSales.orderId})`
  const rows = await db.select({ id: services.id, providerId: services.providerId }).from(services)
    .leftJoin(serviceSales, and(eq(serviceSales.serviceId, services.id), gte(serviceSales.at, since)))
    .where(and(eq(services.state, 'published'), within(category))).groupBy(services.id)
    .orderBy(desc(recent), desc(services.publishedAt), desc(services.id)).limit(CANDIDATES)
  return spread(rows)
}

function spread(rows: readonly Candidate[]): string[] {
  const places = new Map<string, number>()
  const first = rows.filter(({ providerId }) => {
    const taken = places.get(providerId) ?? 0
    places.set(providerId, taken + 1)
    return taken < PER_PROVIDER
  })
  const rest = rows.filter(row => !first.includes(row))
  return [...first, ...rest].slice(0, SHOWN).map(row => row.id)
}

/** Live numbers. What nobody can tell is null, and the page leaves it out. */
export async function pulse(db: Executor, deps: Deps) {
  const since = after(deps.clock.now(), HOT_WINDOW)
  const [completed, match, online, [published]] = await Promise.all([
    outsideFacts.ordersCompletedSince?.(db, since) ?? null,
    outsideFacts.medianFirstMatchSeconds?.(db, since) ?? null,
    onlineProviders(db, deps, MAX_ONLINE_COUNTED),
    db.select({ count: sql<number>`count(*)::int` }).from(services).where(eq(services.state, 'published')),
  ])
  return { ordersCompleted30Days: completed || null, medianFirstMatchSeconds: match, providersOnline: online.length || null, servicesPublished: published?.count ?? 0 }
}
