/** Finance decides on large payouts. Of two decisions at the same moment one counts: the payout's row is locked first. */
import { and, asc, count, desc, eq, gt, inArray, lt, min, ne, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { idSchema } from '@miaodan/shared/kernel/ids'
import { fen } from '@miaodan/shared/kernel/money'
import { payoutLifecycle } from '@miaodan/shared/payments/lifecycle'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { QueueState } from '../../kernel/queues.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { transition } from '../../kernel/transition.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { peopleByIds } from '../accounts/index.ts'
import { payoutFailed, post } from '../ledger/index.ts'
import { waitsForApproval } from './payout-views.ts'
import { SEND_PAYOUTS, type PayoutRow } from './payouts.ts'
import { payoutAccounts, payouts } from './tables.ts'

const LARGE = eq(payouts.needsApproval, true)
const WAITING = and(LARGE, eq(payouts.state, 'requested'))

export async function waitingPayouts(db: Executor): Promise<QueueState> {
  const [total] = await db.select({ waiting: count(), oldestAt: min(payouts.requestedAt) }).from(payouts).where(WAITING)
  return total ?? { waiting: 0, oldestAt: null }
}

export async function payoutsForDesk(db: Executor, deps: Deps, query: { state: 'waiting' | 'decided', cursor?: string | undefined, limit: number }) {
  const waiting = query.state === 'waiting'
  const beyond = idSchema.safeParse(query.cursor).success ? (waiting ? gt : lt)(payouts.id, query.cursor as string) : undefined
  const rows = await db.select({ payout: payouts, account: payoutAccounts }).from(payouts).innerJoin(payoutAccounts, eq(payoutAccounts.id, payouts.accountId))
    .where(and(waiting ? WAITING : and(LARGE, ne(payouts.state, 'requested')), beyond)).orderBy(waiting ? asc(payouts.id) : desc(payouts.id)).limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const [people, before, total] = await Promise.all([
    peopleByIds(db, deps, page.flatMap(({ payout }) => [payout.userId, ...(payout.decidedBy ? [payout.decidedBy] : [])])), paidBefore(db, page.map(({ payout }) => payout)), waitingPayouts(db),
  ])
  const items = page.flatMap(({ payout, account }) => {
    const person = people.get(payout.userId)
    const { channel, bank, accountTail, holderName, createdAt } = account
    return person ? [{
      id: payout.id, person, amount: fen(payout.amount), state: payout.state, requestedAt: payout.requestedAt, decidedAt: payout.decidedAt, reason: payout.failure,
      decidedBy: payout.decidedBy ? people.get(payout.decidedBy) ?? null : null, account: { channel, bank, tail: accountTail, holderName, addedAt: createdAt },
      paidBefore: before(payout),
    }] : []
  })
  return { items, next: rows.length > query.limit ? page.at(-1)?.payout.id ?? null : null, waiting: total.waiting }
}

/** What these people have been paid out already, and how often to the same account: a large first one deserves a look. */
async function paidBefore(db: Executor, page: readonly PayoutRow[]) {
  const rows = page.length === 0 ? [] : await db.select({ userId: payouts.userId, accountId: payouts.accountId, count: count(), amount: sql<string>`sum(${payouts.amount})` }).from(payouts)
    .where(and(inArray(payouts.userId, page.map(payout => payout.userId)), eq(payouts.state, 'paid'))).groupBy(payouts.userId, payouts.accountId)
  return ({ userId, accountId }: PayoutRow) => {
    const theirs = rows.filter(row => row.userId === userId)
    return { count: theirs.reduce((sum, row) => sum + row.count, 0), amount: fen(theirs.reduce((sum, row) => sum + BigInt(row.amount), 0n)), toThisAccount: theirs.find(row => row.accountId === accountId)?.count ?? 0 }
  }
}

/** @throws problem `kernel.not_found` | `kernel.illegal_transition` when it does not wait, or no longer | `payments.own_payout` */
async function locked(tx: Tx, staffId: string, id: string): Promise<PayoutRow> {
  const [row] = await tx.select().from(payouts).where(eq(payouts.id, id)).for('update')
  if (!row) throw problem('kernel.not_found')
  if (row.userId === staffId) throw problem('payments.own_payout')
  if (!waitsForApproval(row)) throw problem('kernel.illegal_transition')
  return row
}

const factsOf = (row: PayoutRow) => ({ userId: row.userId, amount: row.amount.toString() })

export async function approvePayout(tx: Tx, deps: Deps, staffId: string, id: string): Promise<void> {
  const row = await locked(tx, staffId, id)
  await transition(tx, deps.clock, payoutLifecycle, payouts, {
    id, action: 'approve', actor: 'staff', actorId: staffId, set: { decidedBy: staffId, decidedAt: deps.clock.now() }, data: factsOf(row),
  })
  await tx.update(payouts).set({ nextAttemptAt: sql`now()` }).where(eq(payouts.id, id))
  await audit(tx, deps.clock, { actorId: staffId, action: 'payouts.approved', entity: 'payout', entityId: id, old: { state: row.state }, new: { state: 'approved', ...factsOf(row) } })
  wakeTask(tx, SEND_PAYOUTS)
  afterCommit(tx, () => deps.live.notify([row.userId], { type: 'wallet.changed' }))
}

/** The money is back in the balance in the same transaction. */
export async function rejectPayout(tx: Tx, deps: Deps, staffId: string, id: string, reason: string): Promise<void> {
  const row = await locked(tx, staffId, id)
  const at = deps.clock.now()
  await post(tx, payoutFailed({ at, payoutId: id, userId: row.userId, amount: row.amount }))
  await transition(tx, deps.clock, payoutLifecycle, payouts, {
    id, action: 'reject', actor: 'staff', actorId: staffId, set: { decidedBy: staffId, decidedAt: at, endedAt: at, failure: reason }, data: { ...factsOf(row), reason },
  })
  await audit(tx, deps.clock, { actorId: staffId, action: 'payouts.rejected', entity: 'payout', entityId: id, old: { state: row.state }, new: { state: 'rejected', ...factsOf(row) }, reason })
  afterCommit(tx, () => deps.live.notify([row.userId], { type: 'wallet.changed' }))
}
