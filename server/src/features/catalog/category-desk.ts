/** Categories as staff keep them: two levels, in an order, never deleted, because addresses and old orders name them. */
import { and, asc, eq, inArray, isNull, max, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { categories as contracts } from '@miaodan/shared/catalog/desk'
import { problem } from '@miaodan/shared/errors'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import { constraintOf, type Executor, type Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { emit, type Subscriber } from '../../kernel/outbox.ts'
import type { Category } from './categories.ts'
import { categories, services } from './tables.ts'

type Desk = { tx: Tx, deps: Deps, staffId: string }
type Names = z.output<typeof contracts.rename.body>

export async function categoryDesk(db: Executor) {
  const rows = await db.select().from(categories).orderBy(asc(categories.position), asc(categories.id))
  const counts = new Map((await db.select({ id: services.categoryId, count: sql<number>`count(*)::int` }).from(services).where(eq(services.state, 'published')).groupBy(services.categoryId)).map(row => [row.id, row.count]))
  const view = (row: Category) => ({ id: row.id, slug: row.slug, name: { zh: row.nameZh, en: row.nameEn }, icon: row.icon, services: counts.get(row.id) ?? 0, archivedAt: row.retiredAt })
  return rows.filter(row => row.parentId === null).map(top => {
    const children = rows.filter(row => row.parentId === top.id).map(view)
    return { ...view(top), children, services: children.reduce((sum, child) => sum + child.services, 0) }
  })
}

/** @throws problem `catalog.category_not_found` */
async function locked(tx: Tx, id: string): Promise<Category> {
  const [row] = await tx.select().from(categories).where(eq(categories.id, id)).for('update')
  if (!row) throw problem('catalog.category_not_found')
  return row
}

/** A category others can stand below: of the first level, and offered. @throws problem `catalog.category_not_found` | `catalog.category_level` */
async function parentFor(tx: Tx, parentId: string): Promise<Category> {
  const parent = await locked(tx, parentId)
  if (parent.parentId !== null || parent.retiredAt) throw problem('catalog.category_level', {}, { field: 'body.parentId' })
  return parent
}

const siblingsOf = (parentId: string | null) => (parentId === null ? isNull(categories.parentId) : eq(categories.parentId, parentId))

async function lastPosition(tx: Tx, parentId: string | null): Promise<number> {
  const [row] = await tx.select({ last: max(categories.position) }).from(categories).where(siblingsOf(parentId))
  return (row?.last ?? -1) + 1
}

export async function createCategory({ tx, deps, staffId }: Desk, given: z.output<typeof contracts.create.body>): Promise<{ id: string }> {
  if (given.parentId !== null) await parentFor(tx, given.parentId)
  const id = newId()
  const { slug, nameZh, nameEn, parentId, icon } = given
  try {
    await tx.insert(categories).values({ id, parentId, slug, nameZh, nameEn, icon: parentId === null ? icon : null, position: await lastPosition(tx, parentId) })
  } catch (error) {
    if (constraintOf(error) === 'categories_slug_key') throw problem('catalog.slug_taken', {}, { field: 'body.slug' })
    throw error
  }
  await audit(tx, deps.clock, { actorId: staffId, action: 'categories.created', entity: 'category', entityId: id, new: { slug, nameZh, nameEn, parentId } })
  return { id }
}

export async function renameCategory(desk: Desk, id: string, names: Names): Promise<void> {
  const before = await locked(desk.tx, id)
  await desk.tx.update(categories).set(names).where(eq(categories.id, id))
  await written(desk, id, 'renamed', { nameZh: before.nameZh, nameEn: before.nameEn }, names)
}

export async function moveCategory(desk: Desk, id: string, parentId: string): Promise<void> {
  const parent = await parentFor(desk.tx, parentId)
  const before = await locked(desk.tx, id)
  if (before.parentId === null) throw problem('catalog.category_level')
  await desk.tx.update(categories).set({ parentId: parent.id, position: await lastPosition(desk.tx, parent.id) }).where(eq(categories.id, id))
  await written(desk, id, 'moved', { parentId: before.parentId }, { parentId: parent.id })
}

/** Those not named keep their order behind them. */
export async function arrangeCategories({ tx, deps, staffId }: Desk, ids: readonly string[]): Promise<void> {
  const [first] = await tx.select().from(categories).where(eq(categories.id, ids[0] ?? ''))
  if (!first) throw problem('catalog.category_level')
  const siblings = await tx.select().from(categories).where(siblingsOf(first.parentId)).orderBy(asc(categories.position), asc(categories.id)).for('update')
  const before = siblings.map(row => row.id)
  if (ids.some(id => !before.includes(id))) throw problem('catalog.category_level')
  const order = [...new Set([...ids, ...before])]
  await tx.update(categories).set({ position: sql`array_position(${sql.param(order)}::uuid[], ${categories.id})` }).where(inArray(categories.id, order))
  const slugs = (list: readonly string[]) => list.map(id => siblings.find(row => row.id === id)?.slug ?? id)
  await audit(tx, deps.clock, { actorId: staffId, action: 'categories.arranged', entity: 'category', entityId: first.parentId ?? first.id, old: { order: slugs(before) }, new: { order: slugs(order) } })
}

export async function archiveCategory(desk: Desk, id: string): Promise<void> {
  await locked(desk.tx, id)
  const [child] = await desk.tx.select({ id: categories.id }).from(categories).where(and(eq(categories.parentId, id), isNull(categories.retiredAt))).limit(1)
  if (child) throw problem('catalog.category_has_children')
  await desk.tx.update(categories).set({ retiredAt: desk.deps.clock.now() }).where(eq(categories.id, id))
  await written(desk, id, 'archived', { archived: false }, { archived: true })
}

export async function restoreCategory(desk: Desk, id: string): Promise<void> {
  const row = await locked(desk.tx, id)
  if (row.parentId !== null) await parentFor(desk.tx, row.parentId)
  await desk.tx.update(categories).set({ retiredAt: null }).where(eq(categories.id, id))
  await written(desk, id, 'restored', { archived: true }, { archived: false })
}

async function written({ tx, deps, staffId }: Desk, id: string, what: string, old: Record<string, unknown>, values: Record<string, unknown>): Promise<void> {
  await audit(tx, deps.clock, { actorId: staffId, action: `categories.${what}`, entity: 'category', entityId: id, old, new: values })
  // Only what is found by the category's name or place must be told.
  if (what === 'renamed' || what === 'moved') await emit(tx, deps.clock, 'category.changed', { categoryId: id }, id)
}

/** The ids of a category and of what stands below it. */
export async function categoryFamily(db: Executor, id: string): Promise<string[]> {
  const children = await db.select({ id: categories.id }).from(categories).where(eq(categories.parentId, id))
  return [id, ...children.map(child => child.id)]
}

/** Names of both levels stand in the documents of services, and of who offers them. */
export const indexCategory: Subscriber<Deps> = {
  name: 'catalog.index-category',
  on: ['category.changed'],
  handle: async (tx, event, deps) => {
    const family = await categoryFamily(tx, z.uuid().parse(event.payload['categoryId']))
    const rows = await tx.selectDistinct({ userId: services.providerId }).from(services).where(and(inArray(services.categoryId, family), eq(services.state, 'published')))
    for (const { userId } of rows) await emit(tx, deps.clock, 'provider.updated', { userId }, userId)
  },
}
