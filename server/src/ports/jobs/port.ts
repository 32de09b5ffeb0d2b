/**
 * Work that is done beside requests and may be repeated: sending, sweeping, rebuilding. A queue can be lost with all that
 * is in it, so a job carries ids and the row it speaks of stays the truth; whoever adds jobs for rows also looks for rows
 * whose job was lost. Money moves by deadlines, events and tasks, which live in the database itself, never by jobs.
 */
export type JobData = Readonly<Record<string, string | number | boolean | null>>

export type JobQueue = {
  /** `feature.what-it-does`; never changed while jobs of it wait. */
  name: string
  /** So often a job is tried before it is dead. */
  attempts: number
  /** The wait before the second try. It doubles with each, up to a day; a random part of up to half of it is left out, so that what failed together does not come back together. */
  firstRetryMs: number
  /** So many of one process's jobs at once. */
  concurrency: number
  /** At most so many in each span of time, by all processes together. */
  rate?: { most: number, perMs: number }
}

/** `attempt` counts from 1. */
export type Job = { id: string, data: JobData, attempt: number }

/** A job that was given up. `at`: when it was tried last. */
export type DeadJob = Job & { queue: string, error: string, at: Date }

export interface Jobs {
  /**
   * Adds a job, to be done at least once. One with the same id that waits, is being worked on or is dead is not added again.
   * @throws within seconds when the queue cannot be reached.
   */
  add(queue: JobQueue, data: JobData, options?: { id?: string, delayMs?: number }): Promise<void>
  /** Adds a job without data at each interval, one for all the processes that ask for it. */
  repeat(queue: JobQueue, everyMs: number): Promise<void>
  /**
   * Works on a queue until the returned function is called, which ends when what is being worked on is done. A job whose
   * worker was killed is done again by another within a minute; one that does this several times is dead.
   */
  work(queue: JobQueue, handle: (job: Job) => Promise<void>): Promise<() => Promise<void>>
  /** Jobs given up, the latest first, how many there are, and since when the oldest is. They are kept for a month. */
  dead(queue: JobQueue, limit: number): Promise<{ jobs: DeadJob[], total: number, oldestAt: Date | null }>
  /** Has a dead job tried again, from its first attempt on. False when it is not dead (any more). */
  retry(queue: JobQueue, id: string): Promise<boolean>
  /** @throws when jobs can be neither added nor worked on now. */
  check(): Promise<void>
  /** Within seconds, also while the queue is away. */
  close(): Promise<void>
}

const LONGEST_RETRY_MS = 24 * 3_600_000

/** How long to wait after the attempt that failed. */
export function retryAfterMs({ firstRetryMs }: JobQueue, attempt: number, random = Math.random()): number {
  return Math.min(LONGEST_RETRY_MS, firstRetryMs * 2 ** (attempt - 1)) * (1 - random / 2)
}
