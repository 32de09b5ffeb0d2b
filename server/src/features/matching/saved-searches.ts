/** Searches of the hall that a provider keeps, and who is told when something new fits one. */
import { and, asc, count, eq, gt, inArray } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { dayInChina } from '@miaodan/shared/requirements/completeness'
import { after } from '@miaodan/shared/kernel/time'
import { SAVED_SEARCHES, type SavedConditions } from '@miaodan/shared/matching/saved-search'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { allCategories } from '../catalog/index.ts'
import { blockedWith } from '../chat/index.ts'
import { requirementRows, requirementsIndex, type RequirementRow } from '../requirements/index.ts'
import { invitations, savedSearches, savedSearchHits } from './tables.ts'

type SavedRow = typeof savedSearches.$inferSelect

export async function listSearches(db: Executor, viewer: Viewer) {
  const rows = await db.select().from(savedSearches).where(eq(savedSearches.providerId, viewer.userId)).orderBy(asc(savedSearches.id))
  return { items: await viewsOf(db, rows) }
}

async function viewsOf(db: Executor, rows: readonly SavedRow[]) {
  const hits = await db.select({ id: savedSearchHits.searchId, found: count() }).from(savedSearchHits).where(inArray(savedSearchHits.searchId, rows.map(row => row.id))).groupBy(savedSearchHits.searchId)
  return rows.map(({ id, conditions, alert, createdAt }) => ({ id, conditions, alert, createdAt, found: hits.find(hit => hit.id === id)?.found ?? 0 }))
}

async function viewOf(db: Executor, row: SavedRow | undefined) {
  const [view] = row ? await viewsOf(db, [row]) : []
  if (!view) throw problem('matching.search_not_found')
  return view
}

export async function saveSearch(tx: Tx, deps: Deps, viewer: Viewer, conditions: SavedConditions) {
  if (Object.keys(conditions).length === 0) throw problem('matching.search_is_empty')
  if (conditions.category !== undefined && !(await allCategories(tx)).some(row => row.slug === conditions.category)) throw problem('catalog.category_unknown')
  const own = eq(savedSearches.providerId, viewer.userId)
  const [kept] = await tx.select({ count: count() }).from(savedSearches).where(own)
  if ((kept?.count ?? 0) >= SAVED_SEARCHES) throw problem('matching.too_many_searches', { limit: SAVED_SEARCHES })
  await tx.insert(savedSearches).values({ id: newId(), providerId: viewer.userId, conditions, alert: true, createdAt: deps.clock.now() }).onConflictDoNothing()
  const [row] = await tx.select().from(savedSearches).where(and(own, eq(savedSearches.conditions, conditions)))
  return viewOf(tx, row)
}

export async function changeSearch(tx: Tx, viewer: Viewer, id: string, alert: boolean) {
  const [row] = await tx.update(savedSearches).set({ alert }).where(and(eq(savedSearches.id, id), eq(savedSearches.providerId, viewer.userId))).returning()
  return viewOf(tx, row)
}

export async function removeSearch(tx: Tx, viewer: Viewer, id: string): Promise<void> {
  await tx.delete(savedSearches).where(and(eq(savedSearches.id, id), eq(savedSearches.providerId, viewer.userId)))
}

const BATCH = 500
/** The newest hits of a text that are looked at: what has just opened is among them. */
const NEWEST = 50

/** A requirement stands in the hall and in its index: whoever keeps a search that it fits, and was not told of it anyway, is told now. */
export async function alertSearchers(tx: Tx, deps: Deps, requirementId: string): Promise<void> {
  const row = (await requirementRows(tx, [requirementId])).get(requirementId)
  if (row?.state !== 'open' || row.hallAt === null) return
  const categories = await allCategories(tx)
  const own = categories.find(category => category.id === row.categoryId)
  const slugs = new Set([own?.slug, categories.find(category => category.id === own?.parentId)?.slug])
  const told = await tx.select({ id: invitations.providerId }).from(invitations).where(eq(invitations.requirementId, requirementId))
  const skip = new Set([row.buyerId, ...told.map(invitation => invitation.id), ...await blockedWith(tx, row.buyerId)])
  const byText = new Map<string, Promise<boolean>>()
  for (let last: string | undefined; ;) {
    const rows = await tx.select().from(savedSearches).where(and(eq(savedSearches.alert, true), last === undefined ? undefined : gt(savedSearches.id, last))).orderBy(asc(savedSearches.id)).limit(BATCH)
    for (const search of rows) {
      const { conditions } = search
      if (skip.has(search.providerId) || !meets(row, conditions, slugs, deps.clock.now())) continue
      if (conditions.q !== undefined) {
        const found = byText.get(conditions.q) ?? isFoundBy(deps, requirementId, conditions.q)
        byText.set(conditions.q, found)
        if (!await found) continue
      }
      // Several of one's searches may fit: one notice says so.
      skip.add(search.providerId)
      const told = await tx.insert(savedSearchHits).values({ searchId: search.id, requirementId, at: deps.clock.now() }).onConflictDoNothing().returning({ id: savedSearchHits.searchId })
      if (told.length > 0) await emit(tx, deps.clock, 'requirement.found', { id: requirementId, requirementId, providerId: search.providerId, title: row.title, search: nameOf(conditions, categories) }, requirementId)
    }
    if (rows.length < BATCH) return
    last = rows.at(-1)?.id
  }
}

/** Everything but the text, which the index knows better. */
export function meets(row: Pick<RequirementRow, 'price' | 'budgetMax' | 'deadline' | 'way'>, conditions: SavedConditions, slugs: ReadonlySet<string | undefined>, now: Date): boolean {
  const { category, minBudget, maxBudget, within, way } = conditions
  const budget = row.price ?? row.budgetMax
  if (category !== undefined && !slugs.has(category)) return false
  if (minBudget !== undefined && (budget === null || budget < BigInt(minBudget))) return false
  if (maxBudget !== undefined && (budget === null || budget > BigInt(maxBudget))) return false
  if (within !== undefined && (row.deadline === null || row.deadline > dayInChina(after(now, { days: Number(within) })))) return false
  return way === undefined || way === row.way
}

async function isFoundBy(deps: Deps, requirementId: string, text: string): Promise<boolean> {
  const { hits } = await deps.search.query(requirementsIndex, { text, sort: { by: 'opened', direction: 'desc' }, limit: NEWEST })
  return hits.some(hit => hit.id === requirementId)
}

/** How the search is called in a notice: its words, else its category, else its budget in yuan. */
function nameOf({ q, category, minBudget, maxBudget }: SavedConditions, categories: readonly { slug: string, nameZh: string }[]): string {
  const budget = [minBudget, maxBudget].map(fen => (fen === undefined ? '' : `¥${(BigInt(fen) / 100n).toString()}`))
  return [q, categories.find(row => row.slug === category)?.nameZh, budget.some(Boolean) ? budget.join('–') : undefined].filter(Boolean).join(' · ') || '—'
}
