/** What became of those who were ranked: for whoever weighs the parts of the score. */
import { asc, desc, eq, gte, sql } from 'drizzle-orm'
import { after, durationMs } from '@miaodan/shared/kernel/time'
import { FIT_PARTS, type FitPart } from '@miaodan/shared/requirements/fit'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { feedImpressions, invitations, matchRuns, type StoredFit } from './tables.ts'

/** Lines of one export of each kind, the newest first. */
const EXPORTED = 50_000
/** Places of a ranking that are told apart; the last stands for all below it. */
const PLACES = 10

const since = (deps: Deps, days: number): Date => after(deps.clock.now(), { days: -days })

type Shares = { all: number, newcomers: number }
const NONE: Shares = { all: 0, newcomers: 0 }
type Steps = { told: number, seen: number, answered: number, taken: number }
type Means = { part: FitPart, taken: number | null, answered: number | null, told: number | null }

export async function matchingFigures(db: Executor, deps: Deps, days: number) {
  const from = since(deps, days).toISOString()
  const [shares, ranks, means, [feed]] = await Promise.all([
    sharesSince(db, deps, days), ranksSince(db, from), meansSince(db, from),
    db.execute<{ shown: number, opened: number, answered: number }>(sql`select count(*)::int as shown, count(opened_at)::int as opened, count(answered_at)::int as answered from feed_impressions where shown_at >= ${from}`),
  ])
  const { waves, weights } = deps.config.matching
  return {
    ...shares, ranks, feed: feed ?? { shown: 0, opened: 0, answered: 0 },
    parts: FIT_PARTS.map(part => ({ ...means.find(mean => mean.part === part) ?? { taken: null, answered: null, told: null }, part, weight: weights[part] })),
    waves: { sizes: [...waves.sizes], seconds: durationMs(waves.wait) / 1000, newcomerShare: waves.newcomerShare },
  }
}

async function sharesSince(db: Executor, deps: Deps, days: number) {
  const [row] = await db.select({
    ranked: shares(sql`true`), told: shares(sql`${invitations.toldAt} is not null`), seen: shares(sql`${invitations.toldAt} is not null and ${invitations.state} not in ('waiting', 'invited')`),
    answered: shares(sql`${invitations.answeredAt} is not null`), taken: shares(sql`${invitations.state} = 'taken'`),
  }).from(invitations).innerJoin(matchRuns, eq(matchRuns.requirementId, invitations.requirementId)).where(gte(matchRuns.openedAt, since(deps, days)))
  return row ?? { ranked: NONE, told: NONE, seen: NONE, answered: NONE, taken: NONE }
}

const shares = (condition: ReturnType<typeof sql>) =>
  sql<Shares>`json_build_object('all', count(*) filter (where ${condition}), 'newcomers', count(*) filter (where ${condition} and ${invitations.newcomer}))`

/** In the order in which they are told: by wave, then by score. */
const RANK = sql`row_number() over (partition by i.requirement_id order by i.wave, i.score desc, i.provider_id)`

async function ranksSince(db: Executor, from: string): Promise<(Steps & { rank: number })[]> {
  return [...await db.execute<Steps & { rank: number }>(sql`
    select least(rank, ${PLACES}::int)::int as rank, count(*)::int as told, (count(*) filter (where state <> 'invited'))::int as seen, count(answered_at)::int as answered, (count(*) filter (where state = 'taken'))::int as taken
    from (select i.*, ${RANK} as rank from invitations i join match_runs r using (requirement_id) where r.opened_at >= ${from}) ranked
    where told_at is not null group by 1 order by 1`)]
}

async function meansSince(db: Executor, from: string): Promise<Means[]> {
  return [...await db.execute<Means>(sql`
    select p.part, avg(value)::float8 as told, (avg(value) filter (where answered_at is not null))::float8 as answered, (avg(value) filter (where state = 'taken'))::float8 as taken
    from invitations i join match_runs r using (requirement_id), jsonb_to_recordset(i.parts) p (part text, value int)
    where r.opened_at >= ${from} and told_at is not null group by 1`)]
}

const partsOf = (parts: StoredFit['parts']) => FIT_PARTS.map(part => parts.find(each => each.part === part)?.value ?? '')
const momentOf = (at: Date | null): string => at?.toISOString() ?? ''

export async function exportRanks(db: Executor, deps: Deps, days: number): Promise<Buffer> {
  const head = ['by', 'requirement', 'opened_at', 'fitting', 'rank', 'provider', 'wave', 'newcomer', 'score', ...FIT_PARTS.map(part => `part_${part}`), 'state', 'told_at', 'answered_at']
  // Ids, numbers, moments and words of ours: nothing in a line that would need quoting.
  return Buffer.from([head, ...await invitedLines(db, since(deps, days)), ...await feedLines(db, since(deps, days))].map(line => line.join(',')).join('\r\n'))
}

async function invitedLines(db: Executor, from: Date) {
  const rows = await db.select({ invitation: invitations, openedAt: matchRuns.openedAt, fitting: matchRuns.fitting }).from(invitations).innerJoin(matchRuns, eq(matchRuns.requirementId, invitations.requirementId))
    .where(gte(matchRuns.openedAt, from)).orderBy(desc(matchRuns.openedAt), asc(invitations.requirementId), asc(invitations.wave), desc(invitations.score), asc(invitations.providerId)).limit(EXPORTED)
  const ranks = new Map<string, number>()
  return rows.map(({ invitation, openedAt, fitting }) => {
    const { requirementId, providerId, wave, newcomer, score, state, toldAt, answeredAt } = invitation
    const rank = (ranks.get(requirementId) ?? 0) + 1
    ranks.set(requirementId, rank)
    return ['invitation', requirementId, momentOf(openedAt), fitting, rank, providerId, wave, newcomer, score, ...partsOf(invitation.parts), state, momentOf(toldAt), momentOf(answeredAt)]
  })
}

/** Nobody was told of these: they stood in the feed. */
async function feedLines(db: Executor, from: Date) {
  const rows = await db.select().from(feedImpressions).where(gte(feedImpressions.shownAt, from)).orderBy(desc(feedImpressions.shownAt)).limit(EXPORTED)
  return rows.map(({ requirementId, providerId, rank, score, parts, shownAt, openedAt, answeredAt }) =>
    ['feed', requirementId, '', '', rank, providerId, '', '', score, ...partsOf(parts), answeredAt ? 'quoted' : openedAt ? 'seen' : 'shown', momentOf(shownAt), momentOf(answeredAt)])
}
