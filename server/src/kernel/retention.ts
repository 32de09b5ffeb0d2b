/**
 * What is thrown away when nobody asks for it any more: events that every subscriber has had, with their receipts, and
 * answers under used idempotency keys. Never what still waits or was given up. Deadlines and jobs go when they are done;
 * the audit log, the ledger, transitions and messages stay.
 */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { rowsForgotten } from './metrics.ts'

/** A few at a time, so that no lock is held for long. */
const AT_ONCE = 2_000
/** A run ends then: a worker that is to end waits for it. What is left is for the next one. */
const LONGEST_RUN_MS = 5_000

/** Before all others. */
const FIRST = '00000000-0000-0000-0000-000000000000'

type Kept = Pick<Deps, 'db' | 'clock' | 'config' | 'log'>
type Walked = { last: string | null, old: number, young: boolean, events: number, receipts: number }

/**
 * In the order in which they were made, by their primary key: it ends where there are only young ones. The database's own
 * clock counts, in which they were marked as published; nobody moves it. Months that are empty then go as a whole
 * (partitions.ts).
 */
export async function forgetEvents({ db, config, log }: Kept, atOnce = AT_ONCE): Promise<void> {
  const forgotten = { events: 0, receipts: 0 }
  const end = performance.now() + LONGEST_RUN_MS
  for (let after = FIRST; performance.now() < end;) {
    const [walked] = await db.execute<Walked>(sql`
      with walked as (
          select event_id, dead_at is null and published_at < now() - make_interval(days => ${config.retention.eventDays}) as old, published_at >= now() - make_interval(days => ${config.retention.eventDays}) as young
          from outbox where event_id > ${after}::uuid order by event_id limit ${atOnce}),
        events as (delete from outbox where event_id in (select event_id from outbox where event_id in (select event_id from walked where old) for update skip locked) returning event_id),
        receipts as (delete from outbox_receipts where event_id in (select event_id from events) returning 1)
      select (select event_id::text from walked order by event_id desc limit 1) as last, count(*) filter (where old)::int as old, coalesce(bool_or(young), false) as young,
        (select count(*) from events)::int as events, (select count(*) from receipts)::int as receipts from walked`)
    if (!walked || walked.last === null) break
    forgotten.events += walked.events
    forgotten.receipts += walked.receipts
    after = walked.last
    // What waits or was given up is neither.
    if (walked.old === 0 && walked.young) break
  }
  rowsForgotten.inc({ table: 'outbox' }, forgotten.events)
  rowsForgotten.inc({ table: 'outbox_receipts' }, forgotten.receipts)
  if (forgotten.events > 0) log.info({ ...forgotten, days: config.retention.eventDays }, 'old events forgotten')
}

/** A client that repeats a request does so within minutes. Business time counts, in which they were kept. */
export async function forgetAnswers({ db, clock, config, log }: Kept, atOnce = AT_ONCE): Promise<void> {
  let forgotten = 0
  const end = performance.now() + LONGEST_RUN_MS
  for (let some = atOnce; some === atOnce && performance.now() < end;) {
    const gone = await db.execute(sql`
      delete from idempotency_keys where (owner, key) in (
        select owner, key from idempotency_keys where created_at < ${clock.now().toISOString()}::timestamptz - make_interval(days => ${config.retention.answerDays})
        order by created_at limit ${atOnce} for update skip locked)
      returning 1`)
    some = gone.length
    forgotten += some
  }
  rowsForgotten.inc({ table: 'idempotency_keys' }, forgotten)
  if (forgotten > 0) log.info({ answers: forgotten, days: config.retention.answerDays }, 'old answers forgotten')
}
