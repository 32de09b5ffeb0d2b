/** The hall, and a buyer's own requirements. */
import { and, count, desc, eq, inArray, lt, ne, or } from 'drizzle-orm'
import * as z from 'zod'
import { after } from '@miaodan/shared/kernel/time'
import type { requirements as contracts, OWN_SECTIONS } from '@miaodan/shared/requirements/contract'
import type { RequirementState } from '@miaodan/shared/requirements/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { searchLimits, type Filters, type Query } from '../../ports/search/port.ts'
import { allCategories } from '../catalog/index.ts'
import { fitsOf } from './registry.ts'
import { EVERYBODY, endOfDay, requirementsIndex } from './search-index.ts'
import { requirements, type RequirementRow } from './tables.ts'
import { cardsOf, ownViews } from './views.ts'
import { dayInChina } from '@miaodan/shared/requirements/completeness'

type HallQuery = z.output<typeof contracts.hall.query>
/** Sorting by fit looks at so many of the newest that pass the filters: whoever wants more narrows the search. */
const FIT_DEPTH = searchLimits.pageSize

const sorts: Record<HallQuery['sort'], Query<typeof requirementsIndex>['sort']> = {
  fit: { by: 'opened', direction: 'desc' },
  newest: { by: 'opened', direction: 'desc' },
  budget_up: { by: 'budget', direction: 'asc' },
  budget_down: { by: 'budget', direction: 'desc' },
  deadline: { by: 'deadline', direction: 'asc' },
}

export async function searchHall(db: Executor, deps: Deps, query: HallQuery, viewer: Viewer) {
  const byFit = query.sort === 'fit'
  const offset = (query.page - 1) * query.limit
  const sort = sorts[query.sort]
  const found = await deps.search.query(requirementsIndex, {
    ...(query.q ? { text: query.q } : {}), ...(sort ? { sort } : {}), filters: await filtersOf(db, deps, query, viewer), facets: { values: ['category', 'subcategory', 'way'] },
    ...(byFit ? { offset: 0, limit: FIT_DEPTH } : { offset, limit: query.limit }),
  })
  const rows = await rowsInOrder(db, found.hits.map(hit => hit.id))
  const fits = await fitsOf(db, deps, viewer.userId, rows)
  const shown = byFit ? rows.toSorted((a, b) => (fits.get(b.id)?.score ?? 0) - (fits.get(a.id)?.score ?? 0)).slice(offset, offset + query.limit) : rows
  const reachable = Math.min(found.total, byFit ? FIT_DEPTH : searchLimits.depth)
  const counts = (name: string) => ({ ...found.facets[name] })
  return {
    items: await cardsOf(db, deps, shown, fits), total: found.total, page: query.page, pages: Math.ceil(reachable / query.limit),
    facets: { category: counts('category'), subcategory: counts('subcategory'), way: counts('way') }, correction: found.correction,
  }
}

async function filtersOf(db: Executor, deps: Deps, query: HallQuery, viewer: Viewer): Promise<Filters<typeof requirementsIndex>> {
  const category = query.category ? (await allCategories(db)).find(row => row.slug === query.category) : undefined
  const { minBudget, maxBudget } = query
  const until = query.within && after(endOfDay(dayInChina(deps.clock.now())), { days: Number(query.within) })
  return {
    audience: [EVERYBODY, viewer.userId],
    ...(query.category === undefined ? {} : category?.parentId ? { subcategory: query.category } : { category: query.category }),
    ...(minBudget === undefined && maxBudget === undefined ? {} : { budget: { ...(minBudget === undefined ? {} : { min: minBudget }), ...(maxBudget === undefined ? {} : { max: maxBudget }) } }),
    ...(until ? { deadline: { max: until } } : {}),
    way: query.way,
  }
}

async function rowsInOrder(db: Executor, ids: readonly string[]): Promise<RequirementRow[]> {
  if (ids.length === 0) return []
  const rows = new Map((await db.select().from(requirements).where(and(inArray(requirements.id, [...ids]), eq(requirements.state, 'open')))).map(row => [row.id, row]))
  return ids.flatMap(id => rows.get(id) ?? [])
}

const SECTION_STATES: Record<typeof OWN_SECTIONS[number], readonly RequirementState[]> = {
  draft: ['draft'],
  active: ['in_review', 'open', 'awarded'],
  ended: ['done', 'expired', 'cancelled'],
}

export async function ownRequirements(db: Executor, viewer: Viewer, query: z.output<typeof contracts.mine.query>) {
  const mine = and(eq(requirements.buyerId, viewer.userId), or(ne(requirements.state, 'cancelled'), ne(requirements.title, '')))
  const [last] = query.cursor && z.uuid().safeParse(query.cursor).success ? await db.select().from(requirements).where(and(eq(requirements.id, query.cursor), mine)) : []
  const beyond = last && or(lt(requirements.updatedAt, last.updatedAt), and(eq(requirements.updatedAt, last.updatedAt), lt(requirements.id, last.id)))
  const [rows, states] = await Promise.all([
    db.select().from(requirements).where(and(mine, inArray(requirements.state, [...SECTION_STATES[query.section]]), beyond)).orderBy(desc(requirements.updatedAt), desc(requirements.id)).limit(query.limit + 1),
    db.select({ state: requirements.state, count: count() }).from(requirements).where(mine).groupBy(requirements.state),
  ])
  const page = rows.slice(0, query.limit)
  const countOf = (section: typeof OWN_SECTIONS[number]) => states.filter(row => SECTION_STATES[section].includes(row.state)).reduce((sum, row) => sum + row.count, 0)
  return { items: await ownViews(db, page), next: rows.length > query.limit ? page.at(-1)?.id ?? null : null, counts: { draft: countOf('draft'), active: countOf('active'), ended: countOf('ended') } }
}
