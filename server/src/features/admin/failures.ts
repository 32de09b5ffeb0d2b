/** Work that was given up, of all kinds, and trying it again once its cause is mended. What staff do here is written down. */
import { createHash } from 'node:crypto'
import type * as z from 'zod'
import type { failures } from '@miaodan/shared/admin/failures'
import { problem } from '@miaodan/shared/errors'
import { idSchema } from '@miaodan/shared/kernel/ids'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Executor } from '../../kernel/db.ts'
import { deadKinds, deadRows, givenUp, isDeadKind, retryDead, type DeadKind } from '../../kernel/failures.ts'
import { queuesOfJobs } from '../../kernel/housekeeping.ts'
import type { QueueState } from '../../kernel/queues.ts'
import { inTransaction } from '../../kernel/tx.ts'
import type { JobQueue, Jobs } from '../../ports/jobs/port.ts'

type Failure = z.output<typeof failures.list.output>['items'][number]
type FailureKind = Failure['kind']

export async function givenUpWork(db: Executor, deps: Deps, limit: number): Promise<Failure[]> {
  const [jobs, ...found] = await Promise.all([deadJobs(deps, limit), ...deadKinds().map(kind => deadRows(db, kind, limit))])
  const rows = found.flat().map(({ id, values, ...row }) => ({ ...row, id: `${row.kind}:${id}`, values: values as Failure['values'] }))
  return [...rows, ...jobs].sort((a, b) => b.givenUpAt.getTime() - a.givenUpAt.getTime()).slice(0, limit)
}

/** How much of each kind there is, and since when. */
export async function failuresByKind(db: Executor, deps: Deps): Promise<Record<FailureKind, QueueState>> {
  const [rows, ...jobs] = await Promise.all([givenUp(db), ...queuesOfJobs.map(queue => deadIn(deps, queue, 0))])
  return { ...rows, job: together(jobs.map(({ total, oldestAt }) => ({ waiting: total, oldestAt }))) }
}

/** How much of it there is, and since when. */
export const waitingFailures = async (db: Executor, deps: Deps): Promise<QueueState> => together(Object.values(await failuresByKind(db, deps)))

function together(states: readonly QueueState[]): QueueState {
  const since = states.flatMap(({ oldestAt }) => oldestAt ?? [])
  return { waiting: states.reduce((sum, { waiting }) => sum + waiting, 0), oldestAt: since.length === 0 ? null : new Date(Math.min(...since.map(Number))) }
}

async function deadJobs(deps: Deps, limit: number): Promise<Failure[]> {
  const found = await Promise.all(queuesOfJobs.map(queue => deadIn(deps, queue, limit)))
  return found.flatMap(({ jobs }) => jobs).map(job => ({ id: `job:${job.queue}:${job.id}`, kind: 'job' as const, name: job.queue, about: null, error: job.error, attempts: job.attempt, givenUpAt: job.at, values: job.data }))
}

/** A queue that cannot be reached now hides nothing of what the database knows. */
async function deadIn(deps: Deps, queue: JobQueue, limit: number): ReturnType<Jobs['dead']> {
  try {
    return await deps.jobs.dead(queue, limit)
  } catch (error) {
    deps.log.warn({ err: error, queue: queue.name }, 'jobs that were given up could not be read')
    return { jobs: [], total: 0, oldestAt: null }
  }
}

/** @throws problem kernel.not_found when it is not given up (any more). */
export async function retryWork(deps: Deps, staffId: string, id: string): Promise<void> {
  const [kind, ...rest] = id.split(':')
  if (kind === 'job') return retryJob(deps, staffId, rest[0] ?? '', rest.slice(1).join(':'))
  if (kind === undefined || !isDeadKind(kind) || !idSchema.safeParse(rest[0]).success) throw problem('kernel.not_found')
  await inTransaction(deps.db, tx => retryRow(tx, deps, staffId, kind, rest[0] ?? ''))
}

async function retryRow(tx: Parameters<typeof retryDead>[0], deps: Deps, staffId: string, kind: DeadKind, id: string): Promise<void> {
  const before = await retryDead(tx, kind, id)
  if (!before) throw problem('kernel.not_found')
  await audit(tx, deps.clock, { actorId: staffId, action: 'system.failure_retried', entity: 'failure', entityId: id, old: before, new: { name: before.name, attempts: 0 } })
}

/** A job may do its work before this is written down; written down first, it might say what then did not happen. */
async function retryJob(deps: Deps, staffId: string, queueName: string, jobId: string): Promise<void> {
  const queue = queuesOfJobs.find(({ name }) => name === queueName)
  if (!queue || !await deps.jobs.retry(queue, jobId)) throw problem('kernel.not_found')
  await inTransaction(deps.db, tx => audit(tx, deps.clock, { actorId: staffId, action: 'system.failure_retried', entity: 'failure', entityId: uuidOf(`${queueName}:${jobId}`), new: { name: queueName, attempts: 0, jobId } }))
}

/** The log names things by UUIDs; a job's name becomes one (RFC 9562, version 8: of a kind of our own). */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
