/**
 * What moved in a span of time, line by line and by month in China. Lines go by the moment at which things happened, which
 * is not quite the order in which processes with clocks of their own wrote them down; so balances are sums, never read off a line.
 */
import { sql, type SQL } from 'drizzle-orm'
import type { EntryKind } from '@miaodan/shared/ledger/model'
import { accountOf } from '@miaodan/shared/ledger/model'
import type { Executor } from '../../kernel/db.ts'

/** From `from` on, before `to`. */
export type Period = { from: Date, to: Date }
export type Movement = { entryId: string, kind: EntryKind, at: Date, orderId: string | null, paymentId: string | null, counterpart: string, change: bigint }
/** `gross`: what was released, before the fee. Both are negative for what was refunded after the release. */
export type Earning = { kind: 'milestone.released' | 'clearing.refunded', at: Date, orderId: string, gross: bigint, fee: bigint }
/** Month in China, such as 2026-11. */
type ByMonth<T extends string> = { month: string } & Record<T, bigint>

const MONTH = sql`to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM')`

const movements = (address: string): SQL => sql`(
  select id, entry_id, at, source as counterpart, amount as change from ledger_postings where destination = ${address}
  union all select id, entry_id, at, destination, -amount from ledger_postings where source = ${address})`

/** What moved on an owner's account in the period, oldest first, and its balance when the period began. */
export async function movementsIn(executor: Executor, address: string, { from, to }: Period): Promise<{ opening: bigint, lines: Movement[] }> {
  const [before] = await executor.execute<{ balance: string }>(sql`select coalesce(sum(change), 0) as balance from ${movements(address)} as line where at < ${from.toISOString()}`)
  const rows = await executor.execute<{ entry_id: string, kind: EntryKind, at: string, order_id: string | null, payment_id: string | null, counterpart: string, change: string }>(sql`
    select entry_id, kind, line.at, order_id, payment_id, counterpart, change from ${movements(address)} as line join ledger_entries as entry on entry.id = entry_id
    where line.at >= ${from.toISOString()} and line.at < ${to.toISOString()} order by line.at, line.id`)
  return {
    opening: BigInt(before?.balance ?? 0),
    lines: rows.map(row => ({ entryId: row.entry_id, kind: row.kind, at: new Date(row.at), orderId: row.order_id, paymentId: row.payment_id, counterpart: row.counterpart, change: BigInt(row.change) })),
  }
}

export async function movementsByMonth(executor: Executor, address: string): Promise<ByMonth<'credits' | 'debits'>[]> {
  const rows = await executor.execute<{ month: string, credits: string, debits: string }>(sql`
    select ${MONTH} as month, coalesce(sum(change) filter (where change > 0), 0) as credits, coalesce(-sum(change) filter (where change < 0), 0) as debits
    from ${movements(address)} as line group by 1`)
  return rows.map(row => ({ month: row.month, credits: BigInt(row.credits), debits: BigInt(row.debits) }))
}

/** A refund after the release is in the payer's name; it is found by the order that had something released to this provider. */
const earnings = (providerId: string): SQL => sql`(
  select entry.id, entry.kind, entry.at, entry.order_id, sum(amount) as gross, coalesce(sum(amount) filter (where destination = ${accountOf.fee}), 0) as fee
  from ledger_entries as entry join ledger_postings on entry_id = entry.id where user_id = ${providerId} and kind = 'milestone.released' group by entry.id
  union all
  select entry.id, entry.kind, entry.at, entry.order_id, -sum(amount), -coalesce(sum(amount) filter (where source = ${accountOf.fee}), 0)
  from ledger_entries as entry join ledger_postings on entry_id = entry.id
  where kind = 'clearing.refunded' and order_id in (select order_id from ledger_entries where user_id = ${providerId} and kind = 'milestone.released') group by entry.id)`

/** What was released to a provider in the period, and refunded after a release, oldest first. */
export async function earningsIn(executor: Executor, providerId: string, { from, to }: Period): Promise<Earning[]> {
  const rows = await executor.execute<{ kind: Earning['kind'], at: string, order_id: string, gross: string, fee: string }>(sql`
    select kind, at, order_id, gross, fee from ${earnings(providerId)} as earning where at >= ${from.toISOString()} and at < ${to.toISOString()} order by at, id`)
  return rows.map(row => ({ kind: row.kind, at: new Date(row.at), orderId: row.order_id, gross: BigInt(row.gross), fee: BigInt(row.fee) }))
}

export async function earningsByMonth(executor: Executor, providerId: string): Promise<ByMonth<'gross' | 'fee'>[]> {
  const rows = await executor.execute<{ month: string, gross: string, fee: string }>(sql`select ${MONTH} as month, sum(gross) as gross, sum(fee) as fee from ${earnings(providerId)} as earning group by 1`)
  return rows.map(row => ({ month: row.month, gross: BigInt(row.gross), fee: BigInt(row.fee) }))
}

/** Whether anything moved on a person's balance, or was released to them, before then. It reads no further than the first that did. */
export async function movedBefore(executor: Executor, userId: string, before: Date): Promise<boolean> {
  const [row] = await executor.execute<{ moved: boolean }>(sql`
    select exists (select from ${movements(accountOf.available(userId))} as line where at < ${before.toISOString()})
      or exists (select from ledger_entries where user_id = ${userId} and kind = 'milestone.released' and at < ${before.toISOString()}) as moved`)
  return row?.moved === true
}
