/** What has to be thrown away in time, whatever the features do. Done by one worker at a time, and seen in the back office when it fails. */
import { durationMs } from '@miaodan/shared/kernel/time'
import type { Deps } from '../deps.ts'
import type { JobQueue } from '../ports/jobs/port.ts'
import type { Feature } from './feature.ts'
import type { JobDefinition } from './jobs.ts'
import { keepMonths } from './partitions.ts'
import { forgetAnswers, forgetEvents } from './retention.ts'
import { upkeepOfIndexes } from './search-indexes.ts'
import { sweepUploads } from './uploads.ts'

const REPEATABLE = { attempts: 5, firstRetryMs: durationMs({ seconds: 10 }), concurrency: 1 } as const satisfies Omit<JobQueue, 'name'>

const housekeeping: readonly JobDefinition<Deps>[] = [
  { queue: { name: 'files.sweep', ...REPEATABLE }, everyMs: durationMs({ hours: 1 }), handle: untilNothingToSweep },
  { queue: { name: 'answers.forget', ...REPEATABLE }, everyMs: durationMs({ hours: 1 }), handle: async deps => forgetAnswers(deps) },
  { queue: { name: 'events.forget', ...REPEATABLE }, everyMs: durationMs({ minutes: 10 }), handle: async deps => forgetEvents(deps) },
  { queue: { name: 'months.keep', ...REPEATABLE }, everyMs: durationMs({ hours: 6 }), handle: async deps => keepMonths(deps) },
]

export const jobsOf = (features: readonly Feature[]): readonly JobDefinition<Deps>[] => [...housekeeping, upkeepOfIndexes(features.flatMap(feature => feature.indexes ?? []))]

/** All queues there are. */
export const queuesOfJobs: readonly JobQueue[] = jobsOf([]).map(({ queue }) => queue)

async function untilNothingToSweep(deps: Deps): Promise<void> {
  while (await sweepUploads(deps) > 0);
}
