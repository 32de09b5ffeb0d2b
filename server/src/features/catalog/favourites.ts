import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import { cursorAt, earlierThan } from '../../kernel/cursor.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { cardsOf } from './cards.ts'
import { visibleService } from './service-page.ts'
import { favouriteServices, services } from './tables.ts'

export async function addFavourite(tx: Tx, deps: Deps, userId: string, serviceId: string): Promise<void> {
  await visibleService(tx, serviceId)
  await tx.insert(favouriteServices).values({ userId, serviceId, at: deps.clock.now() }).onConflictDoNothing()
}

export async function removeFavourite(tx: Tx, userId: string, serviceId: string): Promise<void> {
  await tx.delete(favouriteServices).where(and(eq(favouriteServices.userId, userId), eq(favouriteServices.serviceId, serviceId)))
}

/** Newest first. */
export async function favourites(db: Executor, deps: Deps, viewer: Viewer, page: { cursor?: string | undefined, limit: number }) {
  const rows = await db.select({ id: favouriteServices.serviceId, at: favouriteServices.at }).from(favouriteServices).innerJoin(services, eq(services.id, favouriteServices.serviceId))
    .where(and(eq(favouriteServices.userId, viewer.userId), inArray(services.state, ['published', 'paused']),
      earlierThan(page.cursor, favouriteServices.at, favouriteServices.serviceId)))
    .orderBy(desc(favouriteServices.at), desc(favouriteServices.serviceId)).limit(page.limit + 1)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return { items: await cardsOf(db, deps, shown.map(row => row.id), viewer), next: last && rows.length > page.limit ? cursorAt(last.at, last.id) : null }
}
