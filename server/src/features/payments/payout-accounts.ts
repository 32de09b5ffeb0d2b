/** Where a person is paid out to. Numbers are sealed; only their tail is ever shown. */
import { and, asc, eq, isNull, max, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { accountTail, isPayoutAccount, plainAccount } from '@miaodan/shared/payments/account-numbers'
import type { wallet } from '@miaodan/shared/payments/wallet-contract'
import { MAX_PAYOUT_ACCOUNTS, type payoutAccountSchema } from '@miaodan/shared/payments/wallet-model'
import type { Deps } from '../../deps.ts'
import { constraintOf, type Executor, type Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { confirmedName } from '../accounts/index.ts'
import { payoutAccounts, payouts } from './tables.ts'

type View = z.output<typeof payoutAccountSchema>
type NewAccount = Omit<z.output<typeof wallet.addAccount.body>, 'confirmationId'>

/** The one used last comes first. */
export async function payoutAccountsOf(executor: Executor, userId: string): Promise<View[]> {
  const lastUsedAt = max(payouts.requestedAt)
  const rows = await executor.select({ account: payoutAccounts, lastUsedAt }).from(payoutAccounts).leftJoin(payouts, eq(payouts.accountId, payoutAccounts.id))
    .where(and(eq(payoutAccounts.userId, userId), isNull(payoutAccounts.removedAt))).groupBy(payoutAccounts.id).orderBy(sql`${lastUsedAt} desc nulls last`, asc(payoutAccounts.id))
  return rows.map(row => view(row.account, row.lastUsedAt))
}

function view({ id, channel, bank, accountTail: tail, holderName, createdAt }: typeof payoutAccounts.$inferSelect, lastUsedAt: Date | null): View {
  return { id, channel, bank, tail, holderName, lastUsedAt, createdAt }
}

/** @throws an Error when a key is missing or wrong */
export async function unsealAccounts(deps: Deps): Promise<number> {
  const rows = await deps.db.selectDistinctOn([sql`split_part(${payoutAccounts.accountCipher}, '.', 1)`]).from(payoutAccounts)
  for (const { id, accountCipher } of rows) deps.fields.open(accountCipher, sealingContext(id))
  return rows.length
}

/** @throws problem `payments.account_number` | `payments.bank_needed` | `payments.holder_name` | `payments.account_known` | `payments.too_many_accounts` */
export async function addPayoutAccount(tx: Tx, deps: Deps, userId: string, wanted: NewAccount): Promise<View> {
  const { channel, holderName } = wanted
  const account = plainAccount(wanted.account)
  if (!isPayoutAccount(channel, account)) throw problem('payments.account_number', {}, { field: 'body.account' })
  if (channel === 'unionpay' && !wanted.bank) throw problem('payments.bank_needed', {}, { field: 'body.bank' })
  // Money leaves only to the person whose name staff have confirmed.
  const name = await confirmedName(tx, deps, userId)
  if (name !== null && name !== holderName) throw problem('payments.holder_name', { name }, { field: 'body.holderName' })
  // Two additions at once would each see one account less.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`payout-accounts:${userId}`}, 0))`)
  const has = await tx.$count(payoutAccounts, and(eq(payoutAccounts.userId, userId), isNull(payoutAccounts.removedAt)))
  if (has >= MAX_PAYOUT_ACCOUNTS) throw problem('payments.too_many_accounts', { limit: MAX_PAYOUT_ACCOUNTS })
  const id = newId()
  try {
    const [row] = await tx.insert(payoutAccounts).values({
      id, userId, channel, holderName, bank: channel === 'unionpay' ? wanted.bank ?? null : null, accountTail: accountTail(channel, account), createdAt: deps.clock.now(),
      accountCipher: deps.fields.seal(account, sealingContext(id)), accountIndex: deps.fields.blindIndex(account.toLowerCase(), `payout-account ${channel}`),
    }).returning()
    if (!row) throw new Error('the payout account was not inserted')
    await emit(tx, deps.clock, 'payout_account.added', { id, userId, name: row.accountTail }, id)
    return view(row, null)
  } catch (error) {
    if (constraintOf(error) === 'payout_accounts_once') throw problem('payments.account_known', {}, { field: 'body.account' })
    throw error
  }
}

export const sealingContext = (accountId: string): string => `payout-account:${accountId}`

/** Hides it from now on; payouts under way to it still arrive. Somebody else's account is not there. */
export async function removePayoutAccount(tx: Tx, deps: Deps, userId: string, id: string): Promise<void> {
  const removed = await tx.update(payoutAccounts).set({ removedAt: deps.clock.now() })
    .where(and(eq(payoutAccounts.id, id), eq(payoutAccounts.userId, userId), isNull(payoutAccounts.removedAt))).returning({ tail: payoutAccounts.accountTail })
  if (!removed[0]) throw problem('kernel.not_found')
  await emit(tx, deps.clock, 'payout_account.removed', { id, userId, name: removed[0].tail }, id)
}
