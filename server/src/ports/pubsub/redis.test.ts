import { describe } from 'vitest'
import { hasRedis, startRedis } from '../../../test/redis.ts'
import { pubsubContract } from './contract.ts'
import { RedisPubSub } from './redis.ts'

describe.runIf(hasRedis())('on a real Redis', () => {
  pubsubContract('Redis', async () => {
    const redis = await startRedis()
    return { connect: () => new RedisPubSub({ url: redis.url, onError: () => {} }), lose: redis.kill, restore: redis.restart, close: redis.close }
  })
})
