/**
 * What waits for staff. The feature a queue belongs to registers it when it is loaded; the back office shows each
 * person the queues their role may work on, without knowing the features.
 */
import type { Permission } from '@miaodan/shared/kernel/access'
import type { Deps } from '../deps.ts'
import type { Executor } from './db.ts'

export type QueueState = { waiting: number, oldestAt: Date | null }
export type WorkQueue = { name: string, needs: Permission, read: (db: Executor, deps: Deps) => Promise<QueueState> }

const queues = new Map<string, WorkQueue>()

/** The name says what the web calls it; a second registration of the same name replaces the first. */
export function registerQueue(queue: WorkQueue): void {
  queues.set(queue.name, queue)
}

export const workQueues = (): readonly WorkQueue[] => [...queues.values()]
