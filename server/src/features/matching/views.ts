/** Matches for the buyer, the feed for the provider, and the look ahead while a requirement is being written. */
import { and, desc, eq, gte, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { durationMs } from '@miaodan/shared/kernel/time'
import { fitSchema, type Fit } from '@miaodan/shared/requirements/fit'
import { emptyDraft, type RequirementPatch } from '@miaodan/shared/requirements/model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { searchLimits } from '../../ports/search/port.ts'
import { providersByIds } from '../accounts/index.ts'
import { allCategories } from '../catalog/index.ts'
import { blockedWith } from '../chat/index.ts'
import { hallRows, requirementCards, requirementRows, requirementsIndex, visibleRequirement, type RequirementRow } from '../requirements/index.ts'
import { keepShown } from './feed-record.ts'
import { fitsFor, rank } from './ranking.ts'
import { NO_RECORD, recordsOf } from './record.ts'
import { invitations, matchRuns, type InvitationRow } from './tables.ts'

const FACES = 5
const FEED_LENGTH = 40
/** Below this a requirement of the hall is not put before a provider unasked. */
const FEED_MIN_SCORE = 35

const storedFit = ({ score, parts, reasons }: InvitationRow): Fit => z.decode(fitSchema, { score, parts, reasons })

/** @throws problem `requirements.not_found` for everybody but its buyer and staff */
export async function matchesOf(db: Executor, deps: Deps, viewer: Viewer, requirementId: string) {
  const { row, side } = await visibleRequirement(db, viewer, requirementId)
  if (side === 'provider') throw problem('requirements.not_found')
  const [run] = await db.select().from(matchRuns).where(eq(matchRuns.requirementId, requirementId))
  const invited = await db.select().from(invitations).where(eq(invitations.requirementId, requirementId)).orderBy(desc(invitations.score), invitations.providerId)
  const ids = invited.map(invitation => invitation.providerId)
  const [providers, records] = await Promise.all([providersByIds(db, deps, ids), recordsOf(db, deps, ids, row.categoryId)])
  const items = invited.flatMap(invitation => {
    const provider = providers.get(invitation.providerId)
    if (!provider) return []
    const { profile, ...card } = provider
    const { finished, ratings, ratingSum } = records.get(card.id) ?? NO_RECORD
    const { newcomer, wave, state, toldAt, changedAt } = invitation
    return [{
      provider: card, headline: profile.headline, rating: { value: ratings ? Math.round(ratingSum / ratings * 100) / 100 : null, count: ratings }, finished, newcomer,
      fit: storedFit(invitation), wave, state, toldAt, at: changedAt,
    }]
  })
  const told = items.filter(item => item.toldAt !== null)
  const waiting = items.filter(item => item.state === 'waiting' && item.wave === (run?.wave ?? 0) + 1).length
  return {
    requirementId, fitting: run?.fitting ?? 0, told: told.length, seen: told.filter(item => item.state !== 'invited').length, quoted: items.filter(item => item.state === 'quoted' || item.state === 'taken').length,
    waveSeconds: durationMs(deps.config.matching.waves.wait) / 1000, openedAt: row.openedAt, rankedAt: run?.rankedAt ?? null, hallAt: row.hallAt, next: run?.nextAt ? { at: run.nextAt, count: waiting || null } : null, items,
  }
}

export async function fitOfViewer(db: Executor, deps: Deps, viewer: Viewer, requirementId: string) {
  const { row } = await visibleRequirement(db, viewer, requirementId)
  const [invitation] = await db.select().from(invitations).where(and(eq(invitations.requirementId, requirementId), eq(invitations.providerId, viewer.userId)))
  if (invitation && invitation.toldAt !== null) return { fit: storedFit(invitation), invitation: { state: invitation.state, wave: invitation.wave, toldAt: invitation.toldAt } }
  return { fit: (await fitsOf(db, deps, viewer.userId, [row])).get(row.id) ?? null, invitation: null }
}

/** Those of the ranking where there was one, worked out now for the rest. */
export async function fitsOf(db: Executor, deps: Deps, providerId: string, rows: readonly RequirementRow[]): Promise<Map<string, Fit>> {
  if (rows.length === 0) return new Map()
  const ranked = await db.select().from(invitations).where(and(eq(invitations.providerId, providerId), inArray(invitations.requirementId, rows.map(row => row.id))))
  const fits = new Map(ranked.map(invitation => [invitation.requirementId, storedFit(invitation)]))
  const others = rows.filter(row => !fits.has(row.id))
  if (others.length === 0) return fits
  for (const [id, fit] of await fitsFor(db, deps, providerId, others, await textsFor(db, deps, providerId))) fits.set(id, fit)
  return fits
}

/** How well the hall's requirements agree with what the provider writes of itself, 1 for the best. */
async function textsFor(db: Executor, deps: Deps, providerId: string): Promise<Map<string, number>> {
  const profile = (await providersByIds(db, deps, [providerId])).get(providerId)?.profile
  const text = profile ? [...profile.skills, profile.headline, profile.bio].join('\n').trim() : ''
  if (text === '') return new Map()
  const { hits } = await deps.search.query(requirementsIndex, { text, match: 'any', limit: searchLimits.pageSize })
  const best = hits[0]?.score || 1
  return new Map(hits.map(hit => [hit.id, hit.score / best]))
}

/** Which of these requirements the provider has been told of. */
export async function toldOf(db: Executor, providerId: string, requirementIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.select({ id: invitations.requirementId }).from(invitations)
    .where(and(eq(invitations.providerId, providerId), inArray(invitations.requirementId, [...requirementIds]), isNotNull(invitations.toldAt)))
  return new Set(rows.map(row => row.id))
}

/** By requirement, the providers who have been told of it and have not said no. */
export async function everyoneToldOf(db: Executor, requirementIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.select({ id: invitations.requirementId, providerId: invitations.providerId }).from(invitations)
    .where(and(inArray(invitations.requirementId, [...requirementIds]), isNotNull(invitations.toldAt), ne(invitations.state, 'declined')))
  const told = new Map<string, string[]>()
  for (const { id, providerId } of rows) told.set(id, [...told.get(id) ?? [], providerId])
  return told
}

export async function feed(db: Executor, deps: Deps, viewer: Viewer) {
  const told = await db.select().from(invitations).where(and(eq(invitations.providerId, viewer.userId), inArray(invitations.state, ['invited', 'seen', 'quoting', 'quoted']))).orderBy(desc(invitations.toldAt)).limit(FEED_LENGTH)
  const refused = await db.select({ id: invitations.requirementId }).from(invitations).where(and(eq(invitations.providerId, viewer.userId), eq(invitations.state, 'declined')))
  const [mine, hall] = await Promise.all([requirementRows(db, told.map(item => item.requirementId)), hallRows(db, deps, viewer.userId, searchLimits.pageSize)])
  const skip = new Set([...mine.keys(), ...refused.map(item => item.id)])
  const blocked = await blockedWith(db, viewer.userId)
  const others = hall.filter(row => !skip.has(row.id) && !blocked.has(row.buyerId))
  const open = [...mine.values()].filter(row => row.state === 'open')
  const fits = await fitsOf(db, deps, viewer.userId, [...open, ...others])
  const chosen = [...open, ...others.filter(row => (fits.get(row.id)?.score ?? 0) >= FEED_MIN_SCORE)]
  const states = new Map(told.map(item => [item.requirementId, item.state]))
  // An instant offer lasts minutes: it comes first, then what one was told of, then the rest, each by fit.
  const weight = (row: RequirementRow) => (states.has(row.id) ? (row.way === 'instant' ? 400 : 200) : 0) + (fits.get(row.id)?.score ?? 0)
  const cards = await requirementCards(db, deps, chosen.toSorted((a, b) => weight(b) - weight(a)).slice(0, FEED_LENGTH), fits)
  await keepShown(db, deps, viewer.userId, cards.flatMap(({ id }, index) => (states.has(id) ? [] : [{ requirementId: id, rank: index + 1, fit: fits.get(id) }])))
  return { items: cards.map(card => ({ ...card, invitation: states.get(card.id) ?? null })) }
}

export async function preview(db: Executor, deps: Deps, patch: RequirementPatch, viewer: Viewer | null) {
  const draft = { ...emptyDraft(), ...patch }
  const category = (await allCategories(db)).find(row => row.slug === draft.category && row.parentId !== null)
  if (!category && draft.title === '') return { fitting: 0, online: 0, inCategory: 0, faces: [] }
  const matches = await rank(db, deps, {
    ...draft, way: draft.way === 'direct' ? 'quotes' : draft.way, buyerId: viewer?.userId ?? '', categoryId: category?.id ?? null,
    budgetMin: draft.budgetMin?.amount ?? null, budgetMax: draft.budgetMax?.amount ?? null, price: draft.price?.amount ?? null,
  })
  return {
    fitting: matches.length, online: matches.filter(match => match.provider.online).length, inCategory: matches.filter(match => match.finishedInCategory > 0).length,
    faces: matches.slice(0, FACES).map(({ provider: { profile: _profile, ...card } }) => card),
  }
}

/** Median seconds from a requirement's opening to the first quote or taking, of those opened since then. */
export async function medianFirstMatchSeconds(db: Executor, since: Date, until?: Date): Promise<number | null> {
  const [row] = await db.select({ median: sql<number | null>`percentile_cont(0.5) within group (order by extract(epoch from ${matchRuns.firstAnswerAt} - ${matchRuns.openedAt}))::float8` }).from(matchRuns)
    .where(and(isNotNull(matchRuns.firstAnswerAt), gte(matchRuns.openedAt, since), until && lt(matchRuns.openedAt, until)))
  return row?.median ?? null
}
