/**
 * Tasks are for work that must talk to somebody else (a gateway, a mail server) and so cannot sit in a transaction. A
 * task claims a few rows that wait, does its work, and records how it went, each in a transaction of its own. It must
 * bear being cut off anywhere and run in several processes: rows are claimed with `skip locked` and a lease.
 */
import type { Logger } from 'pino'
import type { Tx } from './db.ts'
import { taskRuns, tasksFailing, turned } from './metrics.ts'
import { afterCommit } from './tx.ts'
import { wake, wakerOf } from './waker.ts'

/** Does some of what waits and says how many things it did; 0 means that nothing is waiting. */
export type Task<D> = (deps: D) => Promise<number>

const POLL_MS = 1_000

/** Lets the task look for work as soon as this transaction is committed, instead of at its next poll. */
export function wakeTask(tx: Tx, name: string): void {
  afterCommit(tx, () => wake(name))
}

export class TaskRunner<D extends { log: Logger }> {
  readonly #deps: D
  readonly #tasks: ReadonlyMap<string, Task<D>>
  #running: Promise<void>[] = []
  #stopping = false

  constructor(deps: D, tasks: ReadonlyMap<string, Task<D>>) {
    this.#deps = deps
    this.#tasks = tasks
  }

  start(): void {
    this.#running = [...this.#tasks].map(([name, task]) => this.#loop(name, task))
  }

  async stop(): Promise<void> {
    this.#stopping = true
    for (const name of this.#tasks.keys()) wakerOf(name).wake()
    await Promise.all(this.#running)
  }

  /** Runs every task until it finds nothing more, and says how much was done. */
  async drain(): Promise<number> {
    let done = 0
    for (const task of this.#tasks.values()) {
      for (let more = await task(this.#deps); more > 0; more = await task(this.#deps)) done += more
    }
    return done
  }

  async #loop(name: string, task: Task<D>): Promise<void> {
    while (!this.#stopping) {
      turned(name)
      const woken = wakerOf(name).next(POLL_MS)
      try {
        const done = await task(this.#deps)
        tasksFailing.set({ task: name }, 0)
        if (done > 0) {
          taskRuns.inc({ task: name, outcome: 'done' })
          continue
        }
      } catch (error) {
        taskRuns.inc({ task: name, outcome: 'failed' })
        tasksFailing.set({ task: name }, 1)
        this.#deps.log.error({ err: error, task: name }, 'task failed')
      }
      await woken
    }
  }
}
