/** Payouts: money leaves the balance when it is asked for, and comes back with the reason when the bank says no. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { payoutLifecycle } from '@miaodan/shared/payments/lifecycle'
import { ProblemError } from '@miaodan/shared/kernel/problem'
import { PAYOUT_MAXIMUM, PAYOUT_MINIMUM } from '@miaodan/shared/payments/wallet-model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { payoutFailed, payoutPaid, post, requestPayout as requestEntry } from '../ledger/index.ts'
import { needsApproval } from './payout-limit.ts'
import { payoutAccounts, payouts } from './tables.ts'

export type PayoutRow = typeof payouts.$inferSelect
export const SEND_PAYOUTS = 'payments.send-payouts'

/**
 * Asks for a payout to one of the person's own accounts. The money is booked as on its way in this transaction; two
 * requests at once cannot both have the same balance. What is above the limit is sent only once finance has agreed.
 */
export async function requestPayout(tx: Tx, deps: Deps, userId: string, wanted: { accountId: string, amount: bigint }): Promise<PayoutRow> {
  assertPayoutAmount(wanted.amount)
  const [account] = await tx.select().from(payoutAccounts).where(and(eq(payoutAccounts.id, wanted.accountId), eq(payoutAccounts.userId, userId), isNull(payoutAccounts.removedAt)))
  if (!account) throw problem('payments.payout_account_unknown', {}, { field: 'body.accountId' })
  const at = deps.clock.now()
  const waits = await needsApproval(tx, wanted.amount)
  const [payout] = await tx.insert(payouts).values({
    id: newId(), userId, accountId: account.id, amount: wanted.amount, state: payoutLifecycle.initial, gateway: deps.gateway.name, needsApproval: waits, nextAttemptAt: waits ? null : sql`now()`, requestedAt: at,
  }).returning()
  if (!payout) throw new Error('the payout was not inserted')
  await post(tx, requestEntry({ at, payoutId: payout.id, userId, amount: payout.amount })).catch(error => {
    throw error instanceof ProblemError && error.code === 'ledger.insufficient_balance' ? problem('payments.balance_too_low', {}, { field: 'body.amount' }) : error
  })
  await emit(tx, deps.clock, 'payout.request', { id: payout.id, userId, amount: payout.amount.toString(), needsApproval: waits }, payout.id)
  wakeTask(tx, SEND_PAYOUTS)
  return payout
}

/** @throws problem `payments.payout_too_small` | `payments.payout_too_large` */
export function assertPayoutAmount(amount: bigint, field = 'body.amount'): void {
  if (amount < PAYOUT_MINIMUM) throw problem('payments.payout_too_small', { minimum: formatMoney(fen(PAYOUT_MINIMUM)) }, { field })
  if (amount > PAYOUT_MAXIMUM) throw problem('payments.payout_too_large', { maximum: formatMoney(fen(PAYOUT_MAXIMUM)) }, { field })
}

export type PayoutEnd = { paid: true, at: Date } | { paid: false, reason: string }

/** The bank has spoken. Only the first word counts; a repeat or a later contradiction is logged by the caller's event. */
export async function endPayout(tx: Tx, deps: Deps, payout: Pick<PayoutRow, 'id'>, end: PayoutEnd): Promise<void> {
  const [row] = await tx.select().from(payouts).where(eq(payouts.id, payout.id)).for('update')
  const action = end.paid ? 'settle' : 'bounce'
  if (!row || !canStep(payoutLifecycle, row.state, action)) return
  const at = deps.clock.now()
  const [account] = await tx.select().from(payoutAccounts).where(eq(payoutAccounts.id, row.accountId))
  if (!account) throw new Error(`payout account ${row.accountId} is gone`)
  const facts = { at, payoutId: row.id, userId: row.userId, amount: row.amount }
  await post(tx, end.paid ? payoutPaid({ ...facts, channel: account.channel }) : payoutFailed(facts))
  await transition(tx, deps.clock, payoutLifecycle, payouts, {
    id: row.id, action, actor: 'gateway', set: { endedAt: at, failure: end.paid ? null : end.reason, nextAttemptAt: null, claimedUntil: null },
    data: { userId: row.userId, amount: row.amount.toString(), ...(!end.paid && { reason: end.reason }) },
  })
  afterCommit(tx, () => deps.live.notify([row.userId], { type: 'wallet.changed' }))
}

/** Claims payouts that wait to be sent or asked about; two processes never get the same. */
export async function claimPayouts(deps: Deps, batch: number, leaseSeconds: number): Promise<PayoutRow[]> {
  const claimed = await deps.db.execute<{ id: string }>(sql`
    update payouts set claimed_until = now() + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1
    where id in (
      select id from payouts where state in ('requested', 'approved', 'processing') and next_attempt_at <= now() and (claimed_until is null or claimed_until < now())
      order by next_attempt_at limit ${batch} for update skip locked)
    returning id`)
  const rows = await Promise.all(claimed.map(({ id }) => deps.db.select().from(payouts).where(eq(payouts.id, id))))
  return rows.flat()
}
