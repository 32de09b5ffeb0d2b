/** The index of the hall: open requirements, each with who may see it: every provider, or those who were told of it so far. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { inTurn } from '../../kernel/search-indexes.ts'
import { defineIndex, type SearchDocument } from '../../ports/search/port.ts'
import { categoryPaths } from '../catalog/index.ts'
import { everyoneToldOf } from './registry.ts'
import { requirements } from './tables.ts'

export const requirementsIndex = defineIndex({
  name: 'requirements',
  version: 2,
  fields: { title: 'A', skills: 'B', category: 'B', checklist: 'C', details: 'D', background: 'D' },
  filters: { audience: 'keywords', category: 'keyword', subcategory: 'keyword', way: 'keyword', budget: 'integer', deadline: 'timestamp' },
  sorts: { opened: 'timestamp', budget: 'integer', deadline: 'timestamp' },
})
export type HallDocument = SearchDocument<typeof requirementsIndex>

const REBUILD_BATCH = 500
/** In the audience of what stands in the hall for all. */
export const EVERYBODY = 'everybody'
const OPEN = eq(requirements.state, 'open')

/** Midnight in China at the end of that day. */
export const endOfDay = (day: string): Date => new Date(`${day}T24:00:00+08:00`)

async function documentsOf(db: Executor, ids: readonly string[]): Promise<HallDocument[]> {
  const rows = await db.select().from(requirements).where(and(inArray(requirements.id, [...ids]), OPEN))
  const told = await everyoneToldOf(db, rows.map(row => row.id))
  const paths = await categoryPaths(db, rows.flatMap(row => row.categoryId ?? []))
  return rows.flatMap(row => {
    const audience = row.hallAt !== null && row.way !== 'direct' ? [EVERYBODY] : told.get(row.id) ?? []
    if (audience.length === 0) return []
    const path = row.categoryId === null ? undefined : paths.get(row.categoryId)
    const budget = row.price ?? row.budgetMax
    const deadline = row.deadline === null ? null : endOfDay(row.deadline)
    return {
      id: row.id,
      fields: { title: row.title, skills: row.skills, category: path ? [path.nameZh, path.nameEn, path.parent.nameZh, path.parent.nameEn] : null, checklist: row.checklist, details: row.details, background: row.background },
      filters: { audience, category: path?.parent.slug ?? null, subcategory: path?.slug ?? null, way: row.way, budget, deadline },
      sorts: { opened: row.openedAt, budget, deadline },
    }
  })
}

/** Brings the index into line with these requirements: what somebody may find is in it, the rest is not. */
export async function reindex(db: Executor, deps: Deps, ids: readonly string[]): Promise<void> {
  await inTurn(db, requirementsIndex, ids)
  const documents = await documentsOf(db, ids)
  const present = new Set(documents.map(document => document.id))
  await deps.search.upsert(requirementsIndex, documents)
  await deps.search.remove(requirementsIndex, ids.filter(id => !present.has(id)))
}

export const openRequirements = (db: Executor): Promise<number> => db.$count(requirements, OPEN)

async function* everyDocument(deps: Deps): AsyncGenerator<HallDocument> {
  let last: string | undefined
  for (;;) {
    const rows = await deps.db.select({ id: requirements.id }).from(requirements).where(and(OPEN, last === undefined ? undefined : gt(requirements.id, last))).orderBy(asc(requirements.id)).limit(REBUILD_BATCH)
    if (rows.length === 0) return
    yield* await documentsOf(deps.db, rows.map(row => row.id))
    last = rows.at(-1)?.id
  }
}

export async function rebuildRequirementsIndex(deps: Deps): Promise<{ documents: number }> {
  return deps.search.rebuild(requirementsIndex, everyDocument(deps))
}
