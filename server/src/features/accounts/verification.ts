/** Confirming real names: asked for by the person, decided by staff. Names and numbers are sealed and shown masked. */
import { and, asc, count, desc, eq, gt, lt, min, ne, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { idSchema } from '@miaodan/shared/kernel/ids'
import { isIdentityNumber, maskIdentityNumber } from '@miaodan/shared/accounts/identity-numbers'
import { verificationLifecycle } from '@miaodan/shared/accounts/lifecycle'
import type { VerificationInput, verificationQueueQuery } from '@miaodan/shared/accounts/verification'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import { constraintOf, type Executor, type Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import type { QueueState } from '../../kernel/queues.ts'
import { transition } from '../../kernel/transition.ts'
import { cardOf, peopleByIds } from './people.ts'
import { users, verifications } from './tables.ts'

type Row = typeof verifications.$inferSelect
const context = (part: 'name' | 'number', id: string): string => `verification ${part}:${id}`

function view(deps: Deps, row: Row) {
  const { id, kind, state, reason, createdAt, decidedAt } = row
  return {
    id, kind, state, reason, createdAt, decidedAt,
    name: deps.fields.open(row.nameSealed, context('name', id)), number: maskIdentityNumber(deps.fields.open(row.numberSealed, context('number', id))),
  }
}

/** @throws problem `accounts.identity_number` | `accounts.already_verified` | `accounts.verification_waiting` */
export async function requestVerification(tx: Tx, deps: Deps, userId: string, { kind, name, number }: VerificationInput) {
  const now = deps.clock.now()
  if (kind === 'person' && !isIdentityNumber(number, now)) throw problem('accounts.identity_number', {}, { field: 'body.number' })
  const [user] = await tx.select({ verified: users.verified }).from(users).where(eq(users.id, userId))
  // Who is confirmed as a person may still be confirmed as a company, not the other way.
  if (user?.verified === kind || user?.verified === 'company') throw problem('accounts.already_verified')
  const id = newId()
  try {
    const [row] = await tx.insert(verifications).values({
      id, userId, kind, state: verificationLifecycle.initial as Row['state'], createdAt: now,
      nameSealed: deps.fields.seal(name, context('name', id)), numberSealed: deps.fields.seal(number, context('number', id)), numberIndex: deps.fields.blindIndex(number, `verification ${kind}`),
    }).returning()
    await emit(tx, deps.clock, 'accounts.verification_requested', { verificationId: id, userId }, id)
    return view(deps, row as Row)
  } catch (error) {
    if (constraintOf(error) === 'verifications_one_waiting') throw problem('accounts.verification_waiting')
    throw error
  }
}

export async function latestVerification(db: Executor, deps: Deps, userId: string) {
  const [row] = await db.select().from(verifications).where(eq(verifications.userId, userId)).orderBy(desc(verifications.createdAt)).limit(1)
  return row ? view(deps, row) : null
}

/** The name staff have confirmed last; null while none is. Only the person and who compares names with it may see it. */
export async function confirmedName(db: Executor, deps: Deps, userId: string): Promise<string | null> {
  const [row] = await db.select().from(verifications).where(and(eq(verifications.userId, userId), eq(verifications.state, 'approved'))).orderBy(desc(verifications.decidedAt)).limit(1)
  return row ? deps.fields.open(row.nameSealed, context('name', row.id)) : null
}

export async function verificationQueue(db: Executor, deps: Deps, { state, cursor, limit }: z.output<typeof verificationQueueQuery>) {
  const waiting = state === 'in_review'
  // Ids are ordered by time, so one of them serves as the cursor.
  const from = idSchema.safeParse(cursor).success ? (waiting ? gt : lt)(verifications.id, cursor as string) : undefined
  const rows = await db.select({ row: verifications, user: users }).from(verifications).innerJoin(users, eq(users.id, verifications.userId))
    .where(and(eq(verifications.state, state), from)).orderBy(waiting ? asc(verifications.id) : desc(verifications.id)).limit(limit + 1)
  const page = rows.slice(0, limit)
  const deciders = await peopleByIds(db, deps, page.flatMap(({ row }) => row.decidedBy ?? []))
  const items = await Promise.all(page.map(async ({ row, user }) => ({
    ...view(deps, row), person: cardOf(user, deps.clock.now()), joinedAt: user.createdAt, decidedBy: row.decidedBy ? deciders.get(row.decidedBy) ?? null : null, ...await circumstances(db, row),
  })))
  return { items, next: rows.length > limit ? page.at(-1)?.row.id ?? null : null, ...await totals(db) }
}

async function circumstances(db: Executor, row: Row): Promise<{ earlierRequests: number, sameNumber: number }> {
  const [earlier] = await db.select({ n: count() }).from(verifications).where(and(eq(verifications.userId, row.userId), lt(verifications.id, row.id)))
  const [same] = await db.select({ n: sql<number>`count(distinct ${verifications.userId})::integer` }).from(verifications)
    .where(and(eq(verifications.numberIndex, row.numberIndex), ne(verifications.userId, row.userId), ne(verifications.state, 'rejected')))
  return { earlierRequests: earlier?.n ?? 0, sameNumber: same?.n ?? 0 }
}

async function totals(db: Executor) {
  const rows = await db.select({ state: verifications.state, n: count(), oldest: min(verifications.createdAt) }).from(verifications).groupBy(verifications.state)
  const of = (state: Row['state']) => rows.find(row => row.state === state)
  return { counts: { in_review: of('in_review')?.n ?? 0, approved: of('approved')?.n ?? 0, rejected: of('rejected')?.n ?? 0 }, oldestAt: of('in_review')?.oldest ?? null }
}

export async function waitingVerifications(db: Executor): Promise<QueueState> {
  const { counts, oldestAt } = await totals(db)
  return { waiting: counts.in_review, oldestAt }
}

/** Nobody looks at or decides their own request. */
async function caseFor(tx: Tx, staffId: string, id: string): Promise<Row> {
  const [row] = await tx.select().from(verifications).where(eq(verifications.id, id))
  if (!row) throw problem('kernel.not_found')
  if (row.userId === staffId) throw problem('accounts.own_verification')
  return row
}

export async function revealVerification(tx: Tx, deps: Deps, staffId: string, id: string): Promise<{ name: string, number: string }> {
  const row = await caseFor(tx, staffId, id)
  await audit(tx, deps.clock, { actorId: staffId, action: 'accounts.verification_read', entity: 'verification', entityId: id })
  return { name: deps.fields.open(row.nameSealed, context('name', id)), number: deps.fields.open(row.numberSealed, context('number', id)) }
}

export async function approveVerification(tx: Tx, deps: Deps, staffId: string, id: string): Promise<void> {
  const row = await caseFor(tx, staffId, id)
  const [before] = await tx.select({ verified: users.verified }).from(users).where(eq(users.id, row.userId)).for('update')
  await decide(tx, deps, row, 'approve', staffId, null)
  await tx.update(users).set({ verified: row.kind }).where(eq(users.id, row.userId))
  await audit(tx, deps.clock, { actorId: staffId, action: 'accounts.verification_approved', entity: 'user', entityId: row.userId, old: { verified: before?.verified ?? null }, new: { verified: row.kind } })
  await emit(tx, deps.clock, 'provider.updated', { userId: row.userId }, row.userId)
}

export async function rejectVerification(tx: Tx, deps: Deps, staffId: string, id: string, reason: string): Promise<void> {
  const row = await caseFor(tx, staffId, id)
  await decide(tx, deps, row, 'reject', staffId, reason)
  await audit(tx, deps.clock, { actorId: staffId, action: 'accounts.verification_rejected', entity: 'verification', entityId: id, old: { state: row.state }, new: { state: 'rejected' }, reason })
}

async function decide(tx: Tx, deps: Deps, row: Row, action: 'approve' | 'reject', staffId: string, reason: string | null): Promise<void> {
  await transition(tx, deps.clock, verificationLifecycle, verifications, {
    id: row.id, action, actor: 'staff', actorId: staffId, set: { reason, decidedBy: staffId, decidedAt: deps.clock.now() }, data: { userId: row.userId, kind: row.kind, reason },
  })
}
