/** One person's pace, counted by one process and by several over a real Redis. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasRedis, startRedis, type TestRedis } from '../../test/redis.ts'
import { newId } from './ids.ts'
import { isInPace, type Pace } from './pace.ts'
import { connectRedis, type RedisClient } from './redis.ts'

type Process = Parameters<typeof isInPace>[0]

const log = { debug: () => {} } as unknown as Process['log']
/** So slow that nothing comes back while a test runs. */
const SLOW: Pace = { burst: 4, perSecond: 0.001 }

async function turns(processes: readonly Process[], person: string, count: number, pace = SLOW): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, (_, number) => isInPace(processes[number % processes.length] as Process, 'talk', person, pace)))
  return answers.filter(Boolean).length
}

describe('a process without a Redis', () => {
  it('counts each person and each kind for itself', async () => {
    const alone: Process = { redis: null, log }
    expect(await turns([alone], 'ann', 10)).toBe(4)
    expect(await turns([alone], 'bo', 3)).toBe(3)
    expect(await isInPace(alone, 'wave', 'ann', SLOW)).toBe(true)
    expect(await turns([{ redis: null, log }], 'ann', 10)).toBe(4)
  })
})

describe.skipIf(!hasRedis()).each([false, true])('processes that share a Redis (cluster: %s)', cluster => {
  let redis: TestRedis
  let clients: RedisClient[]
  let processes: Process[]
  beforeAll(async () => {
    redis = await startRedis({ cluster })
    clients = [0, 1].map(() => connectRedis(redis.url, 'aside', () => {}))
    processes = clients.map(client => ({ redis: client, log }))
    await Promise.all(clients.map(client => client.status === 'ready' || once(client, 'ready')))
  })
  afterAll(async () => {
    for (const client of clients ?? []) client.disconnect()
    await redis?.close()
  })

  it('let somebody do as much on all of them as on one', async () => {
    expect(await turns(processes, newId(), 20)).toBe(4)
  })

  it('give turns back in time, up to a burst', async () => {
    const [person, pace] = [newId(), { burst: 2, perSecond: 5 }]
    expect(await turns(processes, person, 5, pace)).toBe(2)
    await delay(1_000)
    expect(await turns(processes, person, 5, pace)).toBe(2)
  })

  it('count by themselves while it is away', async () => {
    await redis.kill()
    const person = newId()
    expect(await turns(processes, person, 20)).toBe(8)
  })
})
