/** What has to be thrown away in time, whatever the features do. Done by one worker at a time, and seen in the back office when it fails. */
import { sql } from 'drizzle-orm'
import { durationMs } from '@miaodan/shared/kernel/time'
import type { Deps } from '../deps.ts'
import type { JobQueue } from '../ports/jobs/port.ts'
import type { Feature } from './feature.ts'
import type { JobDefinition } from './jobs.ts'
import { upkeepOfIndexes } from './search-indexes.ts'
import { sweepUploads } from './uploads.ts'

const REPEATABLE = { attempts: 5, firstRetryMs: durationMs({ seconds: 10 }), concurrency: 1 } as const satisfies Omit<JobQueue, 'name'>

/** A client that repeats a request does so within minutes. */
const ANSWERS_KEPT = '7 days'
const FORGOTTEN_AT_ONCE = 5_000

const housekeeping: readonly JobDefinition<Deps>[] = [
  { queue: { name: 'files.sweep', ...REPEATABLE }, everyMs: durationMs({ hours: 1 }), handle: async deps => untilNothing(() => sweepUploads(deps)) },
  { queue: { name: 'answers.forget', ...REPEATABLE }, everyMs: durationMs({ days: 1 }), handle: async deps => untilNothing(() => forgetAnswers(deps)) },
]

export const jobsOf = (features: readonly Feature[]): readonly JobDefinition<Deps>[] => [...housekeeping, upkeepOfIndexes(features.flatMap(feature => feature.indexes ?? []))]

/** All queues there are. */
export const queuesOfJobs: readonly JobQueue[] = jobsOf([]).map(({ queue }) => queue)

async function untilNothing(some: () => Promise<number>): Promise<void> {
  while (await some() > 0);
}

/** Answers kept under idempotency keys. A few at a time, so that no lock is held for long. */
export async function forgetAnswers({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const forgotten = await db.execute(sql`
    delete from idempotency_keys where (owner, key) in (
      select owner, key from idempotency_keys where created_at < ${clock.now().toISOString()}::timestamptz - ${ANSWERS_KEPT}::interval
      order by created_at limit ${FORGOTTEN_AT_ONCE} for update skip locked)
    returning 1`)
  return forgotten.length
}
