/** What went through the books in a time: for the operator's figures. Days are those of China. */
import { sql } from 'drizzle-orm'
import { accountOf, type AccountKind } from '@miaodan/shared/ledger/model'
import type { Executor } from '../../kernel/db.ts'

export type DayOfMoney = { day: string, volume: bigint, released: bigint, fees: bigint, coupons: bigint }

/**
 * By day: what was paid into escrow, what left escrow for providers and the platform, and the fee the platform kept of
 * it, and what coupons added to the escrow. A fee or a coupon's share that went back with a refund is taken off the day on
 * which it did. Days on which nothing moved are left out.
 */
export async function moneyByDay(executor: Executor, from: Date, until: Date): Promise<DayOfMoney[]> {
  const rows = await executor.execute<{ day: string, volume: string, released: string, fees: string, coupons: string }>(sql`
    select (posting.at at time zone 'Asia/Shanghai')::date::text as day,
      coalesce(sum(amount) filter (where kind in ('escrow.funded', 'escrow.funded_from_balance')), 0) as volume,
      coalesce(sum(amount) filter (where starts_with(source, 'escrow:') and (starts_with(destination, 'clearing:') or destination = ${accountOf.fee})), 0) as released,
      coalesce(sum(case when destination = ${accountOf.fee} then amount when source = ${accountOf.fee} then -amount end), 0) as fees,
      coalesce(sum(case when source = ${accountOf.coupon} then amount when destination = ${accountOf.coupon} then -amount end), 0) as coupons
    from ledger_postings as posting join ledger_entries as entry on entry.id = posting.entry_id
    where posting.at >= ${from.toISOString()} and posting.at < ${until.toISOString()}
    group by 1 having count(*) filter (where kind in ('escrow.funded', 'escrow.funded_from_balance') or ${accountOf.fee} in (source, destination) or ${accountOf.coupon} in (source, destination)) > 0 order by 1`)
  return rows.map(row => ({ day: row.day, volume: BigInt(row.volume), released: BigInt(row.released), fees: BigInt(row.fees), coupons: BigInt(row.coupons) }))
}

const HELD: readonly AccountKind[] = ['escrow', 'clearing', 'available', 'frozen', 'payout', 'refund', 'suspense']

/** Other people's money with the platform now, by the reason it is held for. */
export async function moneyHeld(executor: Executor): Promise<{ kind: AccountKind, amount: bigint }[]> {
  const rows = await executor.execute<{ kind: AccountKind, amount: string }>(sql`
    select split_part(address, ':', 1) as kind, sum(balance) as amount from ledger_accounts where balance > 0 group by 1`)
  return HELD.map(kind => ({ kind, amount: BigInt(rows.find(row => row.kind === kind)?.amount ?? 0) }))
}
