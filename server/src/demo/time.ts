/** Lets time pass on the stage: what falls due on the way happens at its own moment, and not when somebody looks. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Stage } from './stage.ts'

/** Longer than the sandbox gateway takes to settle a refund or a transfer, in its own time. */
const SETTLING_MS = 2_000
const SETTLING_LOOKS = 200

type Waiting = { due_at: string | null, fault: string | null }

/** Goes to a moment, through every deadline before it. */
export async function passTo(stage: Stage, moment: Date): Promise<void> {
  for (let last = ''; ; ) {
    const { due_at: dueAt } = await waiting(stage)
    if (dueAt === null || new Date(dueAt) > moment) break
    if (dueAt === last) throw new Error(`a deadline of ${dueAt} was not carried out`)
    last = dueAt
    stage.clock.moveTo(new Date(dueAt))
    await settle(stage)
  }
  stage.clock.moveTo(moment)
}

/** Everything the last step has brought about: events, notices, and what the gateway does with money under way. */
export async function settle(stage: Stage): Promise<void> {
  const { db } = stage.deps
  await stage.worker.drain()
  for (let look = 0; ; look++) {
    const [row] = await db.execute<{ under_way: boolean }>(sql`
      select exists (select from refunds where state in ('requested', 'processing')) or exists (select from payouts where state in ('requested', 'processing')) as under_way`)
    if (!row?.under_way) break
    if (look === SETTLING_LOOKS) throw new Error('the gateway does not settle a refund or a payout')
    // The bank takes its moment; the first look lets it pass, the next ones wait for the gateway's own process.
    if (look === 0) stage.clock.moveTo(new Date(stage.clock.now().getTime() + SETTLING_MS))
    else await sleep(5)
    await db.execute(sql`update refunds set next_attempt_at = now() where next_attempt_at is not null`)
    await db.execute(sql`update payouts set next_attempt_at = now() where next_attempt_at is not null`)
    await stage.worker.drain()
  }
  const { fault } = await waiting(stage)
  if (fault !== null) throw new Error(fault)
}

/** The next deadline, and whether something went wrong that the worker would try again later. */
async function waiting(stage: Stage): Promise<Waiting> {
  const [row] = await stage.deps.db.execute<Waiting>(sql`
    select (select min(due_at) from deadlines where dead_at is null) as due_at,
      coalesce(
        (select format('the event %s was not handled: %s', topic, last_error) from outbox where published_at is null and last_error is not null limit 1),
        (select format('the deadline %s.%s was not carried out: %s', entity, action, last_error) from deadlines where last_error is not null limit 1)) as fault`)
  if (!row) throw new Error('the database answered nothing')
  return row
}
