/** Portfolio cases: work a provider shows. */
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { MAX_CASES } from '@miaodan/shared/accounts/limits'
import type { CaseCover, CaseInput } from '@miaodan/shared/accounts/provider'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { claimUploads, uploadsByIds } from '../../kernel/uploads.ts'
import { portfolioCases, providerProfiles } from './tables.ts'

export async function casesOf(db: Executor, userId: string) {
  const rows = await db.select().from(portfolioCases).where(eq(portfolioCases.userId, userId)).orderBy(asc(portfolioCases.position))
  const images = await uploadsByIds(db, rows.flatMap(row => row.imageIds))
  return rows.map(({ id, title, summary, year, industry, imageIds, cover }) => ({ id, title, summary, year, industry, cover, images: imageIds.flatMap(imageId => images.get(imageId) ?? []) }))
}

/** What the cases of these people say, by person: for search. */
export async function caseTextsOf(db: Executor, userIds: readonly string[]): Promise<Map<string, { title: string, summary: string }[]>> {
  if (userIds.length === 0) return new Map()
  const { userId, title, summary } = portfolioCases
  const rows = await db.select({ userId, title, summary }).from(portfolioCases).where(inArray(userId, [...userIds])).orderBy(asc(portfolioCases.position))
  return Map.groupBy(rows, row => row.userId)
}

export async function addCase(tx: Tx, deps: Deps, userId: string, input: CaseInput, cover: CaseCover | null = null): Promise<{ id: string }> {
  // The profile's row stands for the list: two additions at once must not both find room.
  await tx.select({ one: sql`1` }).from(providerProfiles).where(eq(providerProfiles.userId, userId)).for('update')
  const [list] = await tx.select({ size: count(), last: sql<number>`coalesce(max(${portfolioCases.position}), 0)::integer` }).from(portfolioCases).where(eq(portfolioCases.userId, userId))
  if ((list?.size ?? 0) >= MAX_CASES) throw problem('accounts.too_many_cases', { limit: MAX_CASES })
  const id = newId()
  await claimImages(tx, userId, id, input.imageIds)
  await tx.insert(portfolioCases).values({ id, userId, ...input, cover, position: (list?.last ?? 0) + 1, createdAt: deps.clock.now() })
  await emit(tx, deps.clock, 'provider.updated', { userId }, userId)
  return { id }
}

export async function updateCase(tx: Tx, deps: Deps, userId: string, id: string, input: CaseInput): Promise<void> {
  const updated = await tx.update(portfolioCases).set(input).where(and(eq(portfolioCases.id, id), eq(portfolioCases.userId, userId))).returning({ id: portfolioCases.id })
  if (updated.length === 0) throw problem('kernel.not_found')
  await claimImages(tx, userId, id, input.imageIds)
  await emit(tx, deps.clock, 'provider.updated', { userId }, userId)
}

export async function removeCase(tx: Tx, deps: Deps, userId: string, id: string): Promise<void> {
  const removed = await tx.delete(portfolioCases).where(and(eq(portfolioCases.id, id), eq(portfolioCases.userId, userId))).returning({ id: portfolioCases.id })
  if (removed.length === 0) throw problem('kernel.not_found')
  await emit(tx, deps.clock, 'provider.updated', { userId }, userId)
}

/** Puts the cases in the order given; those not named keep their order behind them. */
export async function arrangeCases(tx: Tx, deps: Deps, userId: string, ids: readonly string[]): Promise<void> {
  const rows = await tx.select({ id: portfolioCases.id }).from(portfolioCases).where(eq(portfolioCases.userId, userId)).orderBy(asc(portfolioCases.position)).for('update')
  const own = new Set(rows.map(row => row.id))
  const order = [...new Set([...ids.filter(id => own.has(id)), ...own])]
  if (order.length === 0) return
  const position = sql`array_position(${sql.param(order)}::uuid[], ${portfolioCases.id})`
  await tx.update(portfolioCases).set({ position }).where(inArray(portfolioCases.id, order))
  await emit(tx, deps.clock, 'provider.updated', { userId }, userId)
}

async function claimImages(tx: Tx, userId: string, caseId: string, imageIds: readonly string[]): Promise<void> {
  const images = await claimUploads(tx, userId, imageIds, { kind: 'accounts.case', id: caseId, visibility: 'public' })
  if (images.some(image => image.thumbnailKey === null)) throw problem('accounts.not_a_picture', {}, { field: 'body.imageIds' })
}
