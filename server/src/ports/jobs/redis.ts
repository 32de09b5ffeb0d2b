import { Queue, Worker } from 'bullmq'
import { connectRedis } from '../../kernel/redis.ts'
import { BullJobs, type BullOptions } from './bullmq.ts'
import type { JobData } from './port.ts'

/** Jobs in Redis. The server must not throw keys away when its memory is full (`maxmemory-policy noeviction`). */
export function createRedisJobs(url: string, options: BullOptions): BullJobs {
  const caller = connectRedis(url, 'caller', options.onError)
  const listener = connectRedis(url, 'listener', options.onError)
  return new BullJobs({
    openQueue: (name, prefix) => new Queue<JobData, void, string>(name, { connection: caller, prefix, skipWaitingForReady: true }).on('error', options.onError),
    openWorker: (name, handle, settings) => new Worker<JobData, void>(name, handle, { ...settings, connection: listener }).on('error', options.onError),
    prepare: async () => {},
    check: () => caller.ping(),
    close: async () => {
      caller.disconnect()
      listener.disconnect()
    },
  }, options)
}
