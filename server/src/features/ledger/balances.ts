/** Balances, in minor units. An account that was never used has zero. */
import { sql, type SQL } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'
import { beginsWith } from './accounts.ts'

const MAX_ADDRESSES = 1_000
export type AccountBalance = { address: string, balance: bigint }

/** The balance of one account. For a platform account it is summed from the last checkpoint on. */
export async function balanceOf(executor: Executor, address: string): Promise<bigint> {
  const [row] = await executor.execute<{ balance: string }>(sql`select ledger_balance(${address}) as balance`)
  return BigInt(row?.balance ?? 0)
}

/** The balances of several accounts, by address. At most 1,000. */
export async function balancesOf(executor: Executor, addresses: string[]): Promise<Map<string, bigint>> {
  if (addresses.length > MAX_ADDRESSES) throw new RangeError(`at most ${MAX_ADDRESSES} balances at a time`)
  const rows = await executor.execute<{ address: string, balance: string }>(sql`select address, ledger_balance(address) as balance from unnest(${sql.param(addresses)}::text[]) as wanted (address)`)
  return new Map(rows.map(row => [row.address, BigInt(row.balance)]))
}

/** Owner accounts whose address begins with `prefix` (`clearing:<user id>:`) and that hold money, oldest first. */
export async function balancesUnder(executor: Executor, prefix: string): Promise<AccountBalance[]> {
  const rows = await executor.execute<{ address: string, balance: string }>(sql`
    select address, balance from ledger_accounts where ${beginsWith(prefix)} and balance > 0 order by opened_at, address limit ${MAX_ADDRESSES}`)
  return rows.map(row => ({ address: row.address, balance: BigInt(row.balance) }))
}

export type BalanceStep = { at: Date, balance: bigint }

/**
 * How the balance of an owner's account went since `from`: what it was then, and what it was at the end of each day in
 * China on which it changed, oldest first.
 */
export async function balanceHistory(executor: Executor, address: string, from: Date): Promise<{ opening: bigint, steps: BalanceStep[] }> {
  const sides = (condition: SQL) => sql`(
    select id, at, destination_balance as balance from ledger_postings where destination = ${address} and ${condition}
    union all select id, at, source_balance from ledger_postings where source = ${address} and ${condition})`
  const start = from.toISOString()
  const [before] = await executor.execute<{ balance: string }>(sql`select balance from ${sides(sql`at < ${start}`)} as line order by id desc limit 1`)
  const rows = await executor.execute<{ at: string, balance: string }>(sql`
    select at, balance from (
      select distinct on (day) day, at, balance from (select *, (at at time zone 'Asia/Shanghai')::date as day from ${sides(sql`at >= ${start}`)} as line) as dated order by day, id desc
    ) as closing order by at`)
  return { opening: BigInt(before?.balance ?? 0), steps: rows.map(row => ({ at: new Date(row.at), balance: BigInt(row.balance) })) }
}
