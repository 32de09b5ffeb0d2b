/** The index of the hall: open requirements that every provider may see. */
import { and, asc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { defineIndex, type SearchDocument } from '../../ports/search/port.ts'
import { categoryPaths } from '../catalog/index.ts'
import { requirements } from './tables.ts'

export const requirementsIndex = defineIndex({
  name: 'requirements',
  version: 1,
  fields: { title: 'A', skills: 'B', category: 'B', checklist: 'C', details: 'D', background: 'D' },
  filters: { category: 'keyword', subcategory: 'keyword', way: 'keyword', budget: 'integer', deadline: 'timestamp' },
  sorts: { opened: 'timestamp', budget: 'integer', deadline: 'timestamp' },
})
export type HallDocument = SearchDocument<typeof requirementsIndex>

const REBUILD_BATCH = 500
const IN_HALL = and(eq(requirements.state, 'open'), isNotNull(requirements.hallAt), ne(requirements.way, 'direct'))

/** Midnight in China at the end of that day. */
export const endOfDay = (day: string): Date => new Date(`${day}T24:00:00+08:00`)

async function documentsOf(db: Executor, ids: readonly string[]): Promise<HallDocument[]> {
  const rows = await db.select().from(requirements).where(and(inArray(requirements.id, [...ids]), IN_HALL))
  const paths = await categoryPaths(db, rows.flatMap(row => row.categoryId ?? []))
  return rows.map(row => {
    const path = row.categoryId === null ? undefined : paths.get(row.categoryId)
    const budget = row.price ?? row.budgetMax
    const deadline = row.deadline === null ? null : endOfDay(row.deadline)
    return {
      id: row.id,
      fields: { title: row.title, skills: row.skills, category: path ? [path.nameZh, path.nameEn, path.parent.nameZh, path.parent.nameEn] : null, checklist: row.checklist, details: row.details, background: row.background },
      filters: { category: path?.parent.slug ?? null, subcategory: path?.slug ?? null, way: row.way, budget, deadline },
      sorts: { opened: row.openedAt, budget, deadline },
    }
  })
}

/** Brings the index into line with these requirements: what stands in the hall is in it, the rest is not. */
export async function reindex(db: Executor, deps: Deps, ids: readonly string[]): Promise<void> {
  const documents = await documentsOf(db, ids)
  const present = new Set(documents.map(document => document.id))
  await deps.search.upsert(requirementsIndex, documents)
  await deps.search.remove(requirementsIndex, ids.filter(id => !present.has(id)))
}

async function* everyDocument(deps: Deps): AsyncGenerator<HallDocument> {
  let last: string | undefined
  for (;;) {
    const rows = await deps.db.select({ id: requirements.id }).from(requirements).where(and(IN_HALL, last === undefined ? undefined : gt(requirements.id, last))).orderBy(asc(requirements.id)).limit(REBUILD_BATCH)
    if (rows.length === 0) return
    yield* await documentsOf(deps.db, rows.map(row => row.id))
    last = rows.at(-1)?.id
  }
}

export async function rebuildRequirementsIndex(deps: Deps): Promise<{ documents: number }> {
  return deps.search.rebuild(requirementsIndex, everyDocument(deps))
}
