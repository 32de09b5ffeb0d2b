/** The jobs contract on a real Redis, and on a cluster, which refuses what touches keys of several slots. */
import { describe } from 'vitest'
import { hasRedis, startRedis } from '../../../test/redis.ts'
import { jobsContract } from './contract.ts'
import { createRedisJobs } from './redis.ts'

describe.runIf(hasRedis())('on a real Redis', () => {
  for (const cluster of [false, true]) {
    jobsContract(cluster ? 'Redis cluster' : 'Redis', async () => {
      const redis = await startRedis({ cluster })
      return { connect: lockMs => createRedisJobs(redis.url, { onError: () => {}, ...lockMs && { lockMs } }), holder: ['redis', redis.url], lose: redis.kill, restore: redis.restart, close: redis.close }
    }, { mayBeLost: !cluster })
  }
})
