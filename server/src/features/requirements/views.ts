/** Requirements as their readers see them. */
import { inArray, sql } from 'drizzle-orm'
import { actionsFor } from '@miaodan/shared/kernel/lifecycle'
import { fen, type Money } from '@miaodan/shared/kernel/money'
import type { Fit } from '@miaodan/shared/requirements/fit'
import { requirementLifecycle } from '@miaodan/shared/requirements/lifecycle'
import type { REQUIREMENT_ACTIONS, RequirementCard, RequirementView } from '@miaodan/shared/requirements/views'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { peopleByIds } from '../accounts/index.ts'
import { categoryPaths, type CategoryPath } from '../catalog/index.ts'
import { visibleRequirement, type Side } from './policy.ts'
import { requirements, type RequirementRow } from './tables.ts'
import { draftOf } from './writing.ts'

const SUMMARY_LENGTH = 160
type Action = typeof REQUIREMENT_ACTIONS[number]
type BuyerRecord = { posted: number, awarded: number }

const viewOfPath = (path: CategoryPath) => ({ slug: path.slug, name: { zh: path.nameZh, en: path.nameEn }, parent: { slug: path.parent.slug, name: { zh: path.parent.nameZh, en: path.parent.nameEn } } })

/** A function that names the category of any of these rows. */
export async function categoriesOf(db: Executor, rows: readonly RequirementRow[]) {
  const paths = await categoryPaths(db, rows.flatMap(row => row.categoryId ?? []))
  return (row: RequirementRow) => {
    const path = row.categoryId === null ? undefined : paths.get(row.categoryId)
    return path ? viewOfPath(path) : null
  }
}

/** How many requirements each of these buyers has opened, and how many of them led to an order. */
async function recordsOf(db: Executor, buyerIds: readonly string[]): Promise<Map<string, BuyerRecord>> {
  if (buyerIds.length === 0) return new Map()
  const rows = await db.select({
    id: requirements.buyerId, posted: sql<number>`count(*) filter (where ${requirements.openedAt} is not null)::int`, awarded: sql<number>`count(*) filter (where ${requirements.state} in ('awarded', 'done'))::int`,
  }).from(requirements).where(inArray(requirements.buyerId, [...new Set(buyerIds)])).groupBy(requirements.buyerId)
  return new Map(rows.map(({ id, ...record }) => [id, record]))
}

const money = (amount: bigint | null): Money | null => (amount === null ? null : fen(amount))
const budgetOf = (row: RequirementRow) => (row.way === 'instant' ? { min: money(row.price), max: money(row.price) } : { min: money(row.budgetMin), max: money(row.budgetMax) })
const cardFacts = (row: RequirementRow) => ({
  id: row.id, way: row.way, state: row.state, title: row.title, budget: budgetOf(row), deadline: row.deadline, area: row.area, skills: row.skills, openedAt: row.openedAt, expiresAt: row.expiresAt,
})
const NO_RECORD: BuyerRecord = { posted: 0, awarded: 0 }

/** Cards for providers, in the order of the rows. */
export async function cardsOf(db: Executor, deps: Deps, rows: readonly RequirementRow[], fits: ReadonlyMap<string, Fit>): Promise<RequirementCard[]> {
  const buyerIds = rows.map(row => row.buyerId)
  const [people, categories, records] = await Promise.all([peopleByIds(db, deps, buyerIds), categoriesOf(db, rows), recordsOf(db, buyerIds)])
  return rows.flatMap(row => {
    const buyer = people.get(row.buyerId)
    if (!buyer) return []
    const text = row.details || row.background || row.checklist.join('；')
    return [{
      ...cardFacts(row), category: categories(row), buyer, record: records.get(row.buyerId) ?? NO_RECORD, files: row.files.length, fit: fits.get(row.id) ?? null,
      summary: [...text.replace(/\s+/g, ' ')].slice(0, SUMMARY_LENGTH).join(''),
    }]
  })
}

/** What keeps a posted one from opening, for the buyer's list. */
function waitsFor(row: RequirementRow): 'finishing' | 'review' | 'payment' | null {
  if (row.state === 'draft') return 'finishing'
  if (row.state !== 'in_review') return null
  return row.review === 'flagged' ? 'review' : 'payment'
}

export async function ownViews(db: Executor, rows: readonly RequirementRow[]) {
  const categories = await categoriesOf(db, rows)
  return rows.map(row => ({ ...cardFacts(row), category: categories(row), waitsFor: waitsFor(row), reason: row.reason, orderId: row.orderId, updatedAt: row.updatedAt }))
}

/** @throws problem `requirements.not_found` */
export async function requirementView(db: Executor, deps: Deps, viewer: Viewer, id: string): Promise<RequirementView> {
  const { row, side } = await visibleRequirement(db, viewer, id)
  const [people, categories, records, files] = await Promise.all([peopleByIds(db, deps, [row.buyerId]), categoriesOf(db, [row]), recordsOf(db, [row.buyerId]), uploadsByIds(db, row.files)])
  const buyer = people.get(row.buyerId)
  if (!buyer) throw new Error(`the buyer of requirement ${id} is gone`)
  const inside = side !== 'provider'
  return {
    ...cardFacts(row), side, category: categories(row), buyer, record: records.get(row.buyerId) ?? NO_RECORD,
    background: row.background, details: row.details, checklist: row.checklist, files: row.files.flatMap(fileId => files.get(fileId) ?? []),
    submittedAt: row.submittedAt, hallAt: row.hallAt, endedAt: row.endedAt, extended: row.extended, openHours: row.openHours,
    review: inside ? row.review : null, flags: inside ? row.flags : [], reason: inside ? row.reason : null,
    funded: side === 'buyer' && row.fundedAt && row.price !== null ? { amount: fen(row.price), at: row.fundedAt } : null,
    draft: side === 'buyer' && row.state === 'draft' ? await draftOf(db, row) : null,
    award: row.awardedTo && row.orderId && row.awardedAt && (inside || row.awardedTo === viewer.userId) ? { providerId: row.awardedTo, orderId: row.orderId, at: row.awardedAt } : null,
    actions: actionsOf(row, side, viewer),
  }
}

/** What this person may do with it now; the server checks each again when it is done. */
function actionsOf(row: RequirementRow, side: Side, viewer: Viewer): Action[] {
  if (side === 'provider') return row.state !== 'open' || row.buyerId === viewer.userId ? [] : [row.way === 'instant' ? 'take' : 'quote']
  const flagged = row.state === 'in_review' && row.review === 'flagged'
  if (side === 'staff') return flagged ? ['approve', 'return'] : []
  const edges = actionsFor(requirementLifecycle, row.state, 'buyer')
  return [
    ...(row.state === 'draft' ? ['edit' as const] : []),
    ...(row.way === 'instant' && row.state === 'in_review' && !flagged ? ['pay' as const] : []),
    ...(edges.includes('withdraw') ? ['withdraw' as const] : []),
    ...(row.state === 'open' && !row.extended ? ['extend' as const] : []),
    ...(edges.includes('cancel') ? ['cancel' as const] : []),
  ]
}
