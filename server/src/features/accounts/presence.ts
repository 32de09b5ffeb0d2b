/** Who is here now: told by the live socket and by requests, kept as one moment a person. */
import { and, desc, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { users } from './tables.ts'

/** Somebody who was seen within this time counts as online. */
const ONLINE_FOR = { minutes: 3 }
/** A sighting is written at most so often: it is a hint, not a record. */
const WRITE_EVERY = { seconds: -60 }

export const isOnline = (user: { lastSeenAt: Date | null }, now: Date): boolean => user.lastSeenAt !== null && user.lastSeenAt > after(now, { minutes: -ONLINE_FOR.minutes })

/** The live socket calls this for the people it holds, at connecting and every minute while they stay. */
export async function markOnline(deps: Deps, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  const now = deps.clock.now()
  await deps.db.update(users).set({ lastSeenAt: now })
    .where(and(inArray(users.id, [...userIds]), or(isNull(users.lastSeenAt), lt(users.lastSeenAt, after(now, WRITE_EVERY)))))
}

/** Ids of providers who are here now, last seen first, at most `limit`. */
export async function onlineProviders(db: Executor, deps: Deps, limit: number): Promise<string[]> {
  const since = after(deps.clock.now(), { minutes: -ONLINE_FOR.minutes })
  const rows = await db.select({ id: users.id }).from(users)
    .where(and(gt(users.lastSeenAt, since), isNull(users.suspendedAt), sql`'provider' = any(${users.roles})`)).orderBy(desc(users.lastSeenAt)).limit(limit)
  return rows.map(row => row.id)
}
