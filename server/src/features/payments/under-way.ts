/** Money whose fate only the gateway knows: for whoever watches over the whole. */
import { sql } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'

export type UnderWay = { kind: 'payment' | 'refund' | 'payout', count: number, oldestAt: Date | null }

/** Payments that were asked about without an answer, refunds and payouts on their way; and the days not yet compared with the bill. */
export async function moneyUnderWay(db: Executor): Promise<{ kinds: UnderWay[], openDays: number }> {
  const [rows, [days]] = await Promise.all([
    db.execute<{ kind: UnderWay['kind'], count: string, oldest: string | null }>(sql`
      select 'payment' as kind, count(*), min(created_at)::text as oldest from payments where query_at is not null and queries > 0
      union all select 'refund', count(*), min(created_at)::text from refunds where state in ('requested', 'processing')
      union all select 'payout', count(*), min(requested_at)::text from payouts where state in ('requested', 'approved', 'processing')`),
    db.execute<{ count: string }>(sql`select count(*) from reconciliations where reconciled_at is null`),
  ])
  return {
    kinds: rows.map(({ kind, count, oldest }) => ({ kind, count: Number(count), oldestAt: oldest ? new Date(oldest) : null })),
    openDays: Number(days?.count ?? 0),
  }
}
