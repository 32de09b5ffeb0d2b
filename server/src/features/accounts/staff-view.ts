/** People as staff find and see them: contacts masked, nothing that only the person should know. */
import { and, count, desc, eq, gt, ilike, inArray, isNotNull, isNull, lt, or, sql, type SQL } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { maskContact, readContact, type Channel } from '@miaodan/shared/accounts/identifiers'
import type { Role } from '@miaodan/shared/accounts/model'
import type { StaffRole } from '@miaodan/shared/kernel/access'
import type { Deps } from '../../deps.ts'
import { containing, type Executor } from '../../kernel/db.ts'
import { contactsOf, ownerOf } from './contacts.ts'
import { cardOf, type UserRow } from './people.ts'
import { sessions, users } from './tables.ts'
import { latestVerification } from './verification.ts'

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export type PeopleQuery = { q?: string | undefined, role?: Role | 'staff' | undefined, state?: 'active' | 'suspended' | undefined, cursor?: string | undefined, limit: number }
export type PersonRow = ReturnType<typeof rowOf>

/** By part of a name; by phone, e-mail or id only when the whole of it is given. Newest first. */
export async function findPeople(db: Executor, deps: Deps, query: PeopleQuery): Promise<{ items: PersonRow[], next: string | null }> {
  const roles: Record<NonNullable<PeopleQuery['role']>, SQL> = {
    buyer: sql`'buyer' = any(${users.roles})`, provider: sql`'provider' = any(${users.roles})`, staff: sql`cardinality(${users.staffRoles}) > 0`,
  }
  const rows = await db.select().from(users).where(and(
    await called(db, deps, query.q), query.role && roles[query.role],
    query.state === undefined ? undefined : query.state === 'suspended' ? isNotNull(users.suspendedAt) : isNull(users.suspendedAt),
    // Ids are ordered by time, so one of them serves as the cursor.
    query.cursor !== undefined && ID.test(query.cursor) ? lt(users.id, query.cursor) : undefined,
  )).orderBy(desc(users.id)).limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  return { items: await rowsOf(db, deps, page), next: rows.length > query.limit ? page.at(-1)?.id ?? null : null }
}

async function called(db: Executor, deps: Deps, q: string | undefined): Promise<SQL | undefined> {
  const text = q?.trim()
  if (!text) return undefined
  if (ID.test(text)) return eq(users.id, text.toLowerCase())
  const contact = readContact(text)
  if (contact) {
    const owner = await ownerOf(db, deps, contact)
    return inArray(users.id, owner ? [owner] : [])
  }
  const pattern = containing(text)
  return or(ilike(users.displayName, pattern), ilike(users.username, pattern))
}

async function rowsOf(db: Executor, deps: Deps, rows: readonly UserRow[]): Promise<PersonRow[]> {
  const contacts = await contactsOf(db, deps, rows.map(row => row.id))
  return rows.map(row => {
    const masked = (channel: Channel): string | null => {
      const value = contacts.get(row.id)?.[channel]
      return value ? maskContact({ channel, value }) : null
    }
    return rowOf(row, deps.clock.now(), { phone: masked('phone'), email: masked('email') })
  })
}

function rowOf(row: UserRow, now: Date, contacts: { phone: string | null, email: string | null }) {
  const { roles, suspendedAt, suspensionReason, lastSeenAt, createdAt } = row
  return { ...cardOf(row, now), roles, staffRoles: row.staffRoles as StaffRole[], suspension: suspendedAt ? { at: suspendedAt, reason: suspensionReason ?? '' } : null, contacts, lastSeenAt, joinedAt: createdAt }
}

/** @throws problem `accounts.person_not_found` */
export async function personRecord(db: Executor, deps: Deps, userId: string) {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  const [row] = user ? await rowsOf(db, deps, [user]) : []
  if (!row) throw problem('accounts.person_not_found')
  const [open] = await db.select({ sessions: count() }).from(sessions).where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, deps.clock.now())))
  const verification = await latestVerification(db, deps, userId)
  return { ...row, sessions: open?.sessions ?? 0, verification: verification && { kind: verification.kind, state: verification.state, decidedAt: verification.decidedAt } }
}
