/** Lets everything that was begun come to its end. */
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { durationMs } from '@miaodan/shared/kernel/time'
import type { Db } from '../../src/kernel/db.ts'
import type { Client } from './client.ts'

const POLL_MS = 50
/** Without anything getting less. */
const PATIENCE_MS = 120_000
const FRESH_SECONDS = 3
/** Payments expire, silence accepts or agrees to a refund, clearing ends, payouts and refunds arrive. */
const LEAPS = [{ hours: 1 }, { days: 8 }, { days: 4 }, { hours: 1 }] as const

export async function advance(client: Client, ms: number): Promise<void> {
  await client.call(null, 'POST', '/dev/clock', { seconds: Math.round(ms / 1_000) })
}

export async function comeToRest(db: Db, client: Client): Promise<void> {
  for (const leap of LEAPS) {
    await advance(client, durationMs(leap))
    await untilQuiet(db)
  }
}

async function untilQuiet(db: Db): Promise<void> {
  let least = Infinity
  for (let end = Date.now() + PATIENCE_MS; ; await delay(POLL_MS)) {
    await hurry(db)
    const [waiting] = await db.execute<{ count: string, what: string | null }>(sql`
      select count(*) as count, string_agg(what, ', ') as what from (
        select topic as what from outbox where published_at is null and dead_at is null
        union all select entity || '.' || action from deadlines, clock where due_at <= now() + make_interval(secs => offset_ms / 1000.0) and dead_at is null
        union all select 'payment' from payments, clock where query_at <= now() + make_interval(secs => offset_ms / 1000.0)
        union all select 'refund' from refunds where state in ('requested', 'processing')
        union all select 'payout' from payouts where state in ('requested', 'processing')) as waiting`)
    const count = Number(waiting?.count)
    if (count === 0) return
    if (count < least) [least, end] = [count, Date.now() + PATIENCE_MS]
    if (Date.now() > end) throw new Error(`still waiting: ${waiting?.what?.slice(0, 500)}`)
  }
}

/**
 * Leases of killed processes and back-offs count in the database's own time, which no test can move: those that are
 * far from over are ended here, as a minute of waiting would. Fresh ones belong to the process that lives.
 */
async function hurry(db: Db): Promise<void> {
  for (const [table, leaseSeconds] of Object.entries({ outbox: 20, payments: 60, refunds: 60, payouts: 60 })) {
    await db.execute(sql`update ${sql.identifier(table)} set claimed_until = now() where claimed_until between now() and now() + make_interval(secs => ${leaseSeconds - FRESH_SECONDS})`)
  }
  for (const table of ['refunds', 'payouts']) await db.execute(sql`update ${sql.identifier(table)} set next_attempt_at = now() where next_attempt_at > now() + interval '1 second'`)
  await db.execute(sql`update deadlines set retry_at = now() where retry_at > now()`)
}
