/** Single facts about many providers at once, for the features that list what they offer. */
import { and, desc, gt, gte, inArray, isNull, lte, sql } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { ONLINE_FOR } from './presence.ts'
import { providerProfiles, users } from './tables.ts'

/** Codes of the areas each of them serves, by provider. */
export async function providerAreas(db: Executor, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select({ id: providerProfiles.userId, areas: providerProfiles.areas }).from(providerProfiles).where(inArray(providerProfiles.userId, [...new Set(ids)]))
  return new Map(rows.map(row => [row.id, row.areas]))
}

/** Ids of providers who are here now, last seen first, at most `limit`. */
export async function onlineProviders(db: Executor, deps: Deps, limit: number): Promise<string[]> {
  const since = after(deps.clock.now(), { minutes: -ONLINE_FOR.minutes })
  const rows = await db.select({ id: users.id }).from(users)
    .where(and(gt(users.lastSeenAt, since), isNull(users.suspendedAt), sql`'provider' = any(${users.roles})`)).orderBy(desc(users.lastSeenAt)).limit(limit)
  return rows.map(row => row.id)
}

/** China has one time zone and no summer time; holidays are whole days there. */
const CHINA_OFFSET_HOURS = 8

/** Those of these providers who are on holiday today, with the moment they are back. */
export async function holidaysOf(db: Executor, deps: Deps, ids: readonly string[]): Promise<Map<string, { until: Date }>> {
  if (ids.length === 0) return new Map()
  const today = after(deps.clock.now(), { hours: CHINA_OFFSET_HOURS }).toISOString().slice(0, 10)
  const rows = await db.select({ id: providerProfiles.userId, until: providerProfiles.holidayUntil }).from(providerProfiles)
    .where(and(inArray(providerProfiles.userId, [...new Set(ids)]), lte(providerProfiles.holidayFrom, today), gte(providerProfiles.holidayUntil, today)))
  return new Map(rows.flatMap(row => row.until === null ? [] : [[row.id, { until: after(new Date(`${row.until}T00:00:00Z`), { hours: 24 - CHINA_OFFSET_HOURS }) }] as const]))
}
