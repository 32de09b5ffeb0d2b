/** Payouts as their owner sees them. */
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { idSchema } from '@miaodan/shared/kernel/ids'
import { fen } from '@miaodan/shared/kernel/money'
import { accountOf } from '@miaodan/shared/ledger/model'
import type { payoutPreviewSchema, payoutSchema } from '@miaodan/shared/payments/wallet-model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { balanceOf, type Page, type PageRequest } from '../ledger/index.ts'
import { payoutArrivesBy } from './payout-times.ts'
import { needsApproval } from './payout-limit.ts'
import { assertPayoutAmount } from './payouts.ts'
import { payoutAccounts, payouts } from './tables.ts'

export type PayoutView = z.output<typeof payoutSchema>

/** What the networks charge for a payout is the platform's to bear. */
const FEE = fen(0n)

export async function listPayouts(executor: Executor, userId: string, { cursor, limit }: PageRequest): Promise<Page<PayoutView>> {
  // Ids are ordered by time, so one of them serves as the cursor.
  const from = idSchema.safeParse(cursor).success ? lt(payouts.id, cursor as string) : undefined
  const rows = await select(executor).where(and(eq(payouts.userId, userId), from)).orderBy(desc(payouts.id)).limit(limit + 1)
  const items = rows.slice(0, limit).map(view)
  return { items, next: rows.length > limit ? items.at(-1)?.id ?? null : null }
}

export async function payoutsByIds(executor: Executor, ids: readonly string[]): Promise<Map<string, PayoutView>> {
  if (ids.length === 0) return new Map()
  const rows = await select(executor).where(inArray(payouts.id, [...ids]))
  return new Map(rows.map(row => [row.payout.id, view(row)]))
}

/** Somebody else's payout is not there. */
export async function ownPayout(executor: Executor, userId: string, id: string): Promise<PayoutView> {
  const [row] = await select(executor).where(and(eq(payouts.id, id), eq(payouts.userId, userId)))
  if (!row) throw problem('kernel.not_found')
  return view(row)
}

/** @throws problem `payments.balance_too_low` and those of `assertPayoutAmount` */
export async function previewPayout(executor: Executor, deps: Deps, userId: string, amount: bigint): Promise<z.output<typeof payoutPreviewSchema>> {
  assertPayoutAmount(amount, 'query.amount')
  const balance = await balanceOf(executor, accountOf.available(userId))
  if (balance < amount) throw problem('payments.balance_too_low', {}, { field: 'query.amount' })
  return { amount: fen(amount), fee: FEE, needsApproval: await needsApproval(executor, amount), arrivesBy: payoutArrivesBy(deps.clock.now()), balanceAfter: fen(balance - amount) }
}

function select(executor: Executor) {
  return executor.select({ payout: payouts, account: payoutAccounts }).from(payouts).innerJoin(payoutAccounts, eq(payoutAccounts.id, payouts.accountId)).$dynamic()
}

/** Large, and nobody has decided yet. */
export const waitsForApproval = (payout: Pick<typeof payouts.$inferSelect, 'needsApproval' | 'state'>): boolean => payout.needsApproval && payout.state === 'requested'

function view({ payout, account }: { payout: typeof payouts.$inferSelect, account: typeof payoutAccounts.$inferSelect }): PayoutView {
  const { id, state, requestedAt, endedAt, failure } = payout
  return {
    id, amount: fen(payout.amount), state, requestedAt, waitsForApproval: waitsForApproval(payout), arrivesBy: payoutArrivesBy(payout.decidedAt ?? requestedAt), endedAt, failure,
    account: { id: account.id, channel: account.channel, bank: account.bank, tail: account.accountTail, holderName: account.holderName },
  }
}
