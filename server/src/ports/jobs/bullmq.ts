/**
 * BullMQ serves both: Redis in production, and the embedded Postgres, where it keeps its tables in a schema of its own.
 * The name of a queue is a hash tag, so that all keys of a queue lie in one slot of a Redis cluster.
 */
import type { Job as BullJob, Queue, Worker, WorkerOptions } from 'bullmq'
import { retryAfterMs, type DeadJob, type Job, type JobData, type JobQueue, type Jobs } from './port.ts'

type BullQueue = Pick<Queue<JobData, void, string>, 'add' | 'upsertJobScheduler' | 'getFailed' | 'getFailedCount' | 'getJob' | 'close'>
type BullWorker = Pick<Worker, 'close' | 'waitUntilReady'>

/** What BullMQ stands on. Queues fail soon when it is away; workers wait however long that takes. */
export type Backend = {
  openQueue: (name: string, prefix: string) => BullQueue
  openWorker: (name: string, handle: (job: BullJob<JobData>) => Promise<void>, options: Omit<WorkerOptions, 'connection'>) => BullWorker
  /** Done before anything else, and again when it failed. */
  prepare: () => Promise<void>
  check: () => Promise<unknown>
  close: () => Promise<void>
}

export type BullOptions = {
  /** Told of what went wrong beside a job; it is tried again. */
  onError: (error: Error) => void
  /** A worker that has said nothing for so long is taken for dead. */
  lockMs?: number
}

const LOCK_MS = 30_000
/** A job may bring its worker down so often before it is dead itself. */
const MAX_STALLS = 3
const DEAD_KEPT = { age: 31 * 24 * 3_600, count: 10_000 }
const SCHEDULE = 'every'
const PATIENCE_MS = 5_000
/** A process that ends has less. */
const LEAVING_MS = 1_500

export class BullJobs implements Jobs {
  readonly #backend: Backend
  readonly #lockMs: number
  readonly #queues = new Map<string, BullQueue>()
  readonly #workers = new Set<BullWorker>()
  #prepared: Promise<void> | undefined

  constructor(backend: Backend, { lockMs = LOCK_MS }: BullOptions) {
    this.#backend = backend
    this.#lockMs = lockMs
  }

  async add(queue: JobQueue, data: JobData, { id, delayMs }: { id?: string, delayMs?: number } = {}): Promise<void> {
    const opened = await this.#queue(queue)
    await soon(opened.add(queue.name, data, { ...optionsOf(queue), ...id !== undefined && { jobId: id }, ...delayMs !== undefined && { delay: delayMs } }))
  }

  async repeat(queue: JobQueue, everyMs: number): Promise<void> {
    await (await this.#queue(queue)).upsertJobScheduler(SCHEDULE, { every: everyMs }, { name: queue.name, data: {}, opts: optionsOf(queue) })
  }

  async work(queue: JobQueue, handle: (job: Job) => Promise<void>): Promise<() => Promise<void>> {
    await this.#prepare()
    const worker = this.#backend.openWorker(queue.name, async job => handle(jobOf(job, job.attemptsMade + 1)), {
      prefix: prefixOf(queue), concurrency: queue.concurrency, ...queue.rate && { limiter: { max: queue.rate.most, duration: queue.rate.perMs } },
      lockDuration: this.#lockMs, stalledInterval: this.#lockMs, maxStalledCount: MAX_STALLS,
      settings: { backoffStrategy: attempt => Math.round(retryAfterMs(queue, attempt)) },
    })
    this.#workers.add(worker)
    // One whose connections are cut while it begins never comes to work.
    await worker.waitUntilReady()
    return () => this.#end(worker)
  }

  async dead(queue: JobQueue, limit: number): Promise<{ jobs: DeadJob[], total: number, oldestAt: Date | null }> {
    const opened = await this.#queue(queue)
    const total = await soon(opened.getFailedCount())
    if (total === 0) return { jobs: [], total, oldestAt: null }
    const [jobs, [oldest]] = await soon(Promise.all([limit > 0 ? opened.getFailed(0, limit - 1) : [], opened.getFailed(total - 1, total - 1)]))
    const deadOf = (job: Parameters<typeof jobOf>[0] & GivenUp): DeadJob => ({ ...jobOf(job, job.attemptsMade), queue: queue.name, error: job.failedReason ?? '', at: endOf(job) })
    return { jobs: jobs.map(deadOf), total, oldestAt: oldest ? endOf(oldest) : null }
  }

  async retry(queue: JobQueue, id: string): Promise<boolean> {
    const job = await (await this.#queue(queue)).getJob(id)
    if (!job || !await job.isFailed()) return false
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
    return true
  }

  async check(): Promise<void> {
    await this.#prepare()
    await soon(this.#backend.check())
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map(worker => this.#end(worker)))
    await Promise.all([...this.#queues.values()].map(queue => soon(queue.close(), LEAVING_MS).catch(() => {})))
    await soon(this.#backend.close(), LEAVING_MS).catch(() => {})
  }

  /** Waits for what is being worked on; but not while it could not be told to anybody: it will be done again then. */
  async #end(worker: BullWorker): Promise<void> {
    this.#workers.delete(worker)
    const there = await soon(this.#backend.check(), LEAVING_MS).then(() => true, () => false)
    if (there) await worker.close()
    else await soon(worker.close(true), LEAVING_MS).catch(() => {})
  }

  async #queue(queue: JobQueue): Promise<BullQueue> {
    await this.#prepare()
    const known = this.#queues.get(queue.name)
    if (known) return known
    // One that is opened while it is away never comes to work.
    await soon(this.#backend.check())
    const opened = this.#queues.get(queue.name) ?? this.#backend.openQueue(queue.name, prefixOf(queue))
    this.#queues.set(queue.name, opened)
    return opened
  }

  #prepare(): Promise<void> {
    this.#prepared ??= this.#backend.prepare().catch((error: unknown) => {
      this.#prepared = undefined
      throw error
    })
    return this.#prepared
  }
}

/** A client of a cluster waits for as long as the cluster is away. */
async function soon<T>(answer: Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  let patience: NodeJS.Timeout | undefined
  try {
    return await Promise.race([answer, new Promise<never>((_resolve, reject) => {
      patience = setTimeout(() => reject(new Error('the queue does not answer')), patienceMs)
    })])
  } finally {
    clearTimeout(patience)
  }
}

const prefixOf = (queue: JobQueue): string => `miaodan:{${queue.name}}`

const optionsOf = (queue: JobQueue) => ({ attempts: queue.attempts, backoff: { type: 'doubling' }, removeOnComplete: true, removeOnFail: DEAD_KEPT })

type GivenUp = Pick<BullJob<JobData>, 'attemptsMade' | 'failedReason' | 'finishedOn' | 'timestamp'>
const endOf = ({ finishedOn, timestamp }: GivenUp): Date => new Date(finishedOn ?? timestamp)

const jobOf = (job: Pick<BullJob<JobData>, 'id' | 'data'>, attempt: number): Job => ({ id: job.id ?? '', data: job.data, attempt })
