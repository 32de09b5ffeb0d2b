/** Rows for matching, which reads whole requirements. */
import { and, desc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { requirements, type RequirementRow } from './tables.ts'

/** The rows with these ids, by id. */
export async function requirementRows(db: Executor, ids: readonly string[]): Promise<Map<string, RequirementRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select().from(requirements).where(inArray(requirements.id, [...new Set(ids)]))
  return new Map(rows.map(row => [row.id, row]))
}

/** What stands in the hall for this provider, the newest first. */
export async function hallRows(db: Executor, deps: Deps, providerId: string, limit: number): Promise<RequirementRow[]> {
  return db.select().from(requirements)
    .where(and(eq(requirements.state, 'open'), isNotNull(requirements.hallAt), ne(requirements.way, 'direct'), ne(requirements.buyerId, providerId), gt(requirements.expiresAt, deps.clock.now())))
    .orderBy(desc(requirements.openedAt)).limit(limit)
}
