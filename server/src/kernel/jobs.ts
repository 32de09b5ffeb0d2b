/** What a feature declares as jobs, and the runner that works on all of them in a process. See ports/jobs/port.ts for what a job may be. */
import type { Logger } from 'pino'
import { setTimeout as delay } from 'node:timers/promises'
import type { Job, JobQueue, Jobs } from '../ports/jobs/port.ts'

export type JobDefinition<D> = {
  queue: JobQueue
  handle: (deps: D, job: Job) => Promise<void>
  /** Done by itself at this interval, once for all processes. */
  everyMs?: number
}

const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 10_000

export class JobRunner<D extends { jobs: Jobs, log: Logger }> {
  readonly #deps: D
  readonly #definitions: readonly JobDefinition<D>[]
  readonly #stopping = new AbortController()
  #begun: Promise<void>[] = []
  #stops: (() => Promise<void>)[] = []

  constructor(deps: D, definitions: readonly JobDefinition<D>[]) {
    this.#deps = deps
    this.#definitions = definitions
  }

  /** Goes on in the background: a process also starts while the queue is away. */
  start(): void {
    this.#begun = this.#definitions.map(definition => this.#begin(definition))
  }

  /** Ends when what is being worked on is done. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#begun)
    await Promise.all(this.#stops.map(stop => stop()))
  }

  async #begin({ queue, handle, everyMs }: JobDefinition<D>): Promise<void> {
    const { jobs, log } = this.#deps
    for (let failures = 0; !this.#stopping.signal.aborted; failures++) {
      try {
        if (everyMs !== undefined) await jobs.repeat(queue, everyMs)
        this.#stops.push(await jobs.work(queue, job => this.#do(queue, handle, job)))
        return
      } catch (error) {
        log.warn({ err: error, queue: queue.name }, 'the queue of jobs cannot be reached; it is tried again')
        await delay(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures), undefined, { signal: this.#stopping.signal }).catch(() => {})
      }
    }
  }

  async #do(queue: JobQueue, handle: JobDefinition<D>['handle'], job: Job): Promise<void> {
    try {
      await handle(this.#deps, job)
    } catch (error) {
      this.#deps.log.error({ err: error, queue: queue.name, jobId: job.id, attempt: job.attempt, dead: job.attempt >= queue.attempts }, 'job failed')
      throw error
    }
  }
}
