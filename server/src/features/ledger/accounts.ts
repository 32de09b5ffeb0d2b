/** Accounts with their balances: the staff's list, a person's money, and the trial balance. */
import { sql, type SQL } from 'drizzle-orm'
import { fen } from '@miaodan/shared/kernel/money'
import type { LedgerAccount, TrialBalance } from '@miaodan/shared/ledger/contract'
import { accountOf, kindOf, type AccountKind } from '@miaodan/shared/ledger/model'
import type { Executor } from '../../kernel/db.ts'
import { pageOfRows, refsOf, type Page, type PageRequest } from './entries.ts'

type AccountRow = { address: string, balance: string, opened_at: string, order_id: string | null, milestone_id: string | null, payment_id: string | null, user_id: string | null }

/** No person has more places with money than these; a list is never longer. */
const MAX_PLACES = 1_000
/** Greater than every character an address may hold, for a range of everything that begins with a prefix. */
const AFTER_ALL = '~'

export async function accountAt(executor: Executor, address: string): Promise<LedgerAccount | undefined> {
  const [account] = await readAccounts(executor, sql`select * from ledger_accounts where address = ${address}`)
  return account
}

export async function listAccounts(
  executor: Executor,
  filter: { kind?: AccountKind | undefined, search?: string | undefined, holding?: boolean | undefined },
  page: PageRequest,
): Promise<Page<LedgerAccount>> {
  const conditions = [
    sql`true`,
    ...(filter.kind ? [beginsWith(`${filter.kind}:`)] : []),
    ...(filter.search ? [sql`strpos(address, ${filter.search.toLowerCase()}) > 0`] : []),
    ...(filter.holding ? [sql`balance is distinct from 0`] : []),
    ...(page.cursor ? [sql`address > ${page.cursor}`] : []),
  ]
  const accounts = await readAccounts(executor, sql`select * from ledger_accounts where ${sql.join(conditions, sql` and `)} order by address limit ${page.limit + 1}`)
  return pageOfRows(accounts, page.limit, account => account.address)
}

/**
 * Every place that holds money of a person now: his balance, what is clearing or frozen, payouts, refunds and suspense on their
 * way, and the escrow of the milestones given (of his orders, on either side). The opener's refs say which order and
 * milestone it belongs to, `openedAt` since when it is there.
 */
export async function whereIsMyMoney(executor: Executor, userId: string, milestoneIds: string[] = []): Promise<LedgerAccount[]> {
  const named = [accountOf.available(userId), ...milestoneIds.slice(0, MAX_PLACES).map(accountOf.escrow)]
  const prefixes = (['clearing', 'frozen', 'payout', 'refund', 'suspense'] as const).map(kind => `${kind}:${userId}:`)
  // A range an index scan: joined by "or" they would be looked for along the whole index.
  return readAccounts(executor, sql`
    select * from ledger_accounts where address = any(${sql.param(named)}::text[]) and balance > 0
    union all
    select account.* from unnest(${sql.param(prefixes)}::text[]) as prefix
      cross join lateral (select * from ledger_accounts where address >= prefix and address < prefix || ${AFTER_ALL} and balance > 0 limit ${MAX_PLACES}) as account`)
}

/** Balances by kind of account and of each platform account. Their sum is zero, always. */
export async function trialBalance(executor: Executor): Promise<Omit<TrialBalance, 'asOf'>> {
  const rows = await executor.execute<{ kind: AccountKind, accounts: string, balance: string }>(sql`
    select split_part(address, ':', 1) as kind, count(*) as accounts, sum(ledger_balance(address)) as balance from ledger_accounts group by 1 order by 1`)
  const platform = await executor.execute<{ address: string, balance: string }>(sql`
    select address, ledger_balance(address) as balance from ledger_accounts where balance is null order by address`)
  return {
    currency: 'CNY',
    kinds: rows.map(row => ({ kind: row.kind, accounts: Number(row.accounts), balance: fen(BigInt(row.balance)) })),
    platform: platform.map(row => ({ address: row.address, balance: fen(BigInt(row.balance)) })),
    sum: fen(rows.reduce((sum, row) => sum + BigInt(row.balance), 0n)),
  }
}

export function beginsWith(prefix: string): SQL {
  return sql`(address >= ${prefix} and address < ${prefix + AFTER_ALL})`
}

/** `selected`: rows of ledger_accounts. Answers them by address, with their balances and what opened them. */
async function readAccounts(executor: Executor, selected: SQL): Promise<LedgerAccount[]> {
  const rows = await executor.execute<AccountRow>(sql`
    select address, ledger_balance(address) as balance, opened_at, order_id, milestone_id, payment_id, user_id
    from (${selected}) as account
    left join lateral (select entry_id from ledger_postings where destination = account.address order by id limit 1) as first_posting on true
    left join ledger_entries as opener on opener.id = first_posting.entry_id
    order by address`)
  return rows.map(row => ({ address: row.address, kind: kindOf(row.address), balance: fen(BigInt(row.balance)), openedAt: new Date(row.opened_at), opener: refsOf(row) }))
}
