/** What runs beside requests: the outbox's relay, the deadlines' sweeper, the features' tasks. Any number of processes may run them. */
import type { Deps } from './deps.ts'
import { DeadlineSweeper, type DeadlineHandler } from './kernel/deadlines.ts'
import type { Feature } from './kernel/feature.ts'
import { jobsOf } from './kernel/housekeeping.ts'
import { JobRunner } from './kernel/jobs.ts'
import { OutboxRelay } from './kernel/outbox.ts'
import { TaskRunner } from './kernel/tasks.ts'

export type Worker = {
  start(): void
  stop(): Promise<void>
  /** Does every event, deadline and task that is waiting or due now, until nothing is left. For tests and the demo's loader. */
  drain(): Promise<void>
}

const MAX_DRAIN_ROUNDS = 1_000

export function createWorker(deps: Deps, features: readonly Feature[]): Worker {
  const relay = new OutboxRelay(deps, features.flatMap(feature => feature.subscribers ?? []))
  const handlers = new Map<string, DeadlineHandler<Deps>>(features.flatMap(feature => Object.entries(feature.deadlines ?? {})))
  const sweeper = new DeadlineSweeper(deps, handlers)
  const tasks = new TaskRunner(deps, new Map(features.flatMap(feature => Object.entries(feature.tasks ?? {}))))
  const jobs = new JobRunner(deps, jobsOf(features))
  return {
    start: () => {
      relay.start()
      sweeper.start()
      tasks.start()
      jobs.start()
    },
    stop: async () => {
      await Promise.all([relay.stop(), sweeper.stop(), tasks.stop(), jobs.stop()])
    },
    drain: async () => {
      for (let round = 0; round < MAX_DRAIN_ROUNDS; round++) {
        const done = await relay.drain() + await sweeper.drain() + await tasks.drain()
        if (done === 0) return
      }
      throw new Error('the worker does not come to rest')
    },
  }
}
