import { asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Executor } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { seedCategories as seeds } from './seed-categories.ts'
import { categories, services } from './tables.ts'

export type Category = typeof categories.$inferSelect

/** Writes the categories a new installation starts with. What is there already, by its slug, is left as it is. */
export async function seedCategories(db: Executor): Promise<void> {
  const [existing] = await db.select({ id: categories.id }).from(categories).limit(1)
  if (existing) return
  const top = seeds.map((seed, position) => ({
    id: newId(), slug: seed.slug, nameZh: seed.zh, nameEn: seed.en, summaryZh: seed.summary.zh, summaryEn: seed.summary.en, icon: seed.icon, skills: seed.skills, position,
  }))
  await db.insert(categories).values(top).onConflictDoNothing()
  // Another process may have written them first: the parents' ids are the stored ones.
  const parents = new Map((await db.select().from(categories).where(isNull(categories.parentId))).map(row => [row.slug, row.id]))
  const children = seeds.flatMap(seed => seed.children.map((child, position) => ({
    id: newId(), parentId: parents.get(seed.slug), slug: child.slug, nameZh: child.zh, nameEn: child.en, position,
  })))
  await db.insert(categories).values(children).onConflictDoNothing()
}

export async function allCategories(db: Executor): Promise<Category[]> {
  return db.select().from(categories).where(isNull(categories.retiredAt)).orderBy(asc(categories.position), asc(categories.id))
}

/** Both levels of a service's category. */
export type CategoryPath = { id: string, slug: string, nameZh: string, nameEn: string, parent: { id: string, slug: string, nameZh: string, nameEn: string } }

/** The subcategories with these ids, by id; retired ones too, since services may still stand in them. */
export async function categoryPaths(db: Executor, ids: readonly string[]): Promise<Map<string, CategoryPath>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select().from(categories).where(inArray(categories.id, [...new Set(ids)]))
  const parents = new Map((await db.select().from(categories).where(inArray(categories.id, rows.map(row => row.parentId ?? row.id)))).map(row => [row.id, row]))
  return new Map(rows.map(row => [row.id, { ...row, parent: parents.get(row.parentId ?? row.id) ?? row }]))
}

/** The subcategory with this slug. @throws problem `catalog.category_unknown` when there is none, or it is retired or of the first level. */
export async function subcategoryBySlug(db: Executor, slug: string, field: string): Promise<Category> {
  const [row] = await db.select().from(categories).where(eq(categories.slug, slug))
  if (!row || row.parentId === null || row.retiredAt) throw problem('catalog.category_unknown', {}, { field })
  return row
}

/** The tree as everybody sees it, with the number of published services. */
export async function categoryTree(db: Executor) {
  const rows = await allCategories(db)
  const counts = new Map((await db.select({ id: services.categoryId, count: sql<number>`count(*)::int` }).from(services)
    .where(sql`${services.state} = 'published' and ${isNotNull(services.categoryId)}`).groupBy(services.categoryId)).map(row => [row.id, row.count]))
  const name = (row: Category) => ({ zh: row.nameZh, en: row.nameEn })
  return rows.filter(row => row.parentId === null).map(top => {
    const children = rows.filter(row => row.parentId === top.id).map(row => ({ id: row.id, slug: row.slug, name: name(row), services: counts.get(row.id) ?? 0 }))
    return {
      id: top.id, slug: top.slug, name: name(top), icon: top.icon, skills: top.skills, children,
      summary: top.summaryZh && top.summaryEn ? { zh: top.summaryZh, en: top.summaryEn } : null,
      services: children.reduce((sum, child) => sum + child.services, 0),
    }
  })
}
