/** What providers tell about themselves, for their page, for search and for matching. */
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { PersonCard } from '@miaodan/shared/accounts/model'
import type { ProviderProfile, ProviderProfileInput } from '@miaodan/shared/accounts/provider'
import { isOpenAt } from '@miaodan/shared/accounts/opening'
import { usernameKey } from '@miaodan/shared/accounts/identifiers'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { emit } from '../../kernel/outbox.ts'
import { idIn, statement } from '../../kernel/statement.ts'
import { casesOf } from './cases.ts'
import { cardOf } from './people.ts'
import { providerProfiles, users } from './tables.ts'

type ProfileRow = typeof providerProfiles.$inferSelect
export type Provider = PersonCard & { profile: ProviderProfile }

function profileOf(row: ProfileRow, now: Date): ProviderProfile {
  const { headline, bio, bioEn, contactName, areas, skills, weeklyHours, replyHabit, capacity, updatedAt, createdAt } = row
  const holiday = row.holidayFrom && row.holidayUntil ? { from: row.holidayFrom, until: row.holidayUntil, note: row.holidayNote } : null
  const { onHoliday, openNow } = isOpenAt(now, weeklyHours, holiday)
  return { headline, bio, bioEn, contactName, areas, skills, weeklyHours, replyHabit, holiday, onHoliday, openNow, capacity, since: createdAt, updatedAt }
}

const providersOf = statement(db => db.select({ user: users, profile: providerProfiles }).from(users).innerJoin(providerProfiles, eq(providerProfiles.userId, users.id))
  .where(and(idIn(users.id, 'ids'), isNull(users.suspendedAt))))

/** Providers with their profiles by id; who is none, or suspended, is not in the map. */
export async function providersByIds(db: Executor, deps: Deps, ids: readonly string[]): Promise<Map<string, Provider>> {
  if (ids.length === 0) return new Map()
  const now = deps.clock.now()
  const rows = await providersOf(db, { ids: [...new Set(ids)] })
  return new Map(rows.map(({ user, profile }) => [user.id, { ...cardOf(user, now), profile: profileOf(profile, now) }]))
}

/** Ids of providers in order, for rebuilding an index page by page. */
export async function providerIdsAfter(db: Executor, after: string | null, limit: number): Promise<string[]> {
  const rows = await db.select({ id: users.id }).from(users)
    .where(and(sql`'provider' = any(${users.roles})`, isNull(users.suspendedAt), after ? gt(users.id, after) : undefined)).orderBy(asc(users.id)).limit(limit)
  return rows.map(row => row.id)
}

export const providerCount = (db: Executor): Promise<number> => db.$count(users, and(sql`'provider' = any(${users.roles})`, isNull(users.suspendedAt)))

/** The public page, by id or username. @throws problem `accounts.provider_not_found` */
export async function providerPage(db: Executor, deps: Deps, idOrUsername: string) {
  const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(idOrUsername)
  const [user] = await db.select().from(users).where(isId ? eq(users.id, idOrUsername) : eq(users.usernameKey, usernameKey(idOrUsername)))
  const named = isId || user?.username.toLowerCase() === idOrUsername.toLowerCase()
  const provider = user && named ? (await providersByIds(db, deps, [user.id])).get(user.id) : undefined
  if (!user || !provider) throw problem('accounts.provider_not_found')
  return { ...provider, cases: await casesOf(db, user.id), lastSeenAt: user.lastSeenAt }
}

export async function updateProvider(tx: Tx, deps: Deps, userId: string, { holiday, ...input }: ProviderProfileInput): Promise<void> {
  const updated = await tx.update(providerProfiles)
    .set({ ...input, holidayFrom: holiday?.from ?? null, holidayUntil: holiday?.until ?? null, holidayNote: holiday?.note ?? '', updatedAt: deps.clock.now() })
    .where(eq(providerProfiles.userId, userId)).returning({ userId: providerProfiles.userId })
  if (updated.length === 0) throw problem('accounts.provider_not_found')
  await emit(tx, deps.clock, 'provider.updated', { userId }, userId)
}
