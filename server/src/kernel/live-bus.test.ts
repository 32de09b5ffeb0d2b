/** Sockets on two processes that share a Redis: what one process tells reaches the browsers of the other, also after Redis was killed. */
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RedisPubSub } from '../ports/pubsub/redis.ts'
import { createTestApp } from '../../test/app.ts'
import { hasRedis, startRedis, type TestRedis } from '../../test/redis.ts'
import { Live, type LiveMessage } from './live.ts'

const PATIENCE = { timeout: 20_000, interval: 10 }

describe.runIf(hasRedis())('two processes on one Redis', () => {
  let redis: TestRedis
  const processes: { live: Live, heard: LiveMessage[], missed: number, stop: () => Promise<void> }[] = []
  beforeAll(async () => {
    redis = await startRedis()
    for (let count = 0; count < 2; count++) {
      const pubsub = new RedisPubSub({ url: redis.url, onError: () => {} })
      const live = new Live(pubsub, pino({ level: 'silent' }))
      const process = { live, heard: [] as LiveMessage[], missed: 0, stop: async () => {} }
      const stopLive = await live.start()
      live.listen({ tell: (userIds, message) => { if (userIds.includes('ann')) process.heard.push(message) }, missed: () => void process.missed++ })
      process.stop = async () => {
        await stopLive()
        await pubsub.close()
      }
      processes.push(process)
    }
  })
  afterAll(async () => {
    await Promise.all(processes.map(process => process.stop()))
    await redis.close()
  })

  it('tell the browsers of each other', async () => {
    const [one, two] = processes
    one?.live.notify(['ann', 'bo'], { type: 'order.changed', id: '1' })
    two?.live.notify(['bo'], { type: 'order.changed', id: '2' })
    two?.live.notify(['ann'], { type: 'order.changed', id: '3' })
    for (const process of processes) await expect.poll(() => process.heard.map(({ id }) => id).toSorted(), PATIENCE).toEqual(['1', '3'])
  })

  it('tell everybody to ask anew when Redis was killed and came back empty, and go on', async () => {
    const [one, two] = processes
    await redis.kill()
    one?.live.notify(['ann'], { type: 'order.changed', id: 'meanwhile' })
    await redis.restart()
    await expect.poll(() => processes.every(({ missed }) => missed > 0), PATIENCE).toBe(true)
    one?.live.notify(['ann'], { type: 'order.changed', id: 'afterwards' })
    await expect.poll(() => two?.heard.map(({ id }) => id), PATIENCE).toContain('afterwards')
  })

  it('count requests together, and refuse nobody while Redis is away', async () => {
    const environment = { REDIS_URL: redis.url, RATE_LIMIT: '3' }
    const apps = await Promise.all([createTestApp({ environment, features: [] }), createTestApp({ environment, features: [] })])
    const ask = async (index: number) => (await apps[index]?.app.inject({ url: '/api/openapi.json' }))?.headers['x-ratelimit-remaining']
    await expect.poll(() => apps.map(({ deps }) => deps.redis?.status), PATIENCE).toEqual(['ready', 'ready'])
    expect([await ask(0), await ask(1), await ask(0)]).toEqual(['2', '1', '0'])
    expect((await apps[1]?.app.inject({ url: '/api/openapi.json' }))?.statusCode).toBe(429)
    await redis.kill()
    const started = performance.now()
    for (let count = 0; count < 5; count++) expect((await apps[1]?.app.inject({ url: '/api/openapi.json' }))?.statusCode).toBe(200)
    expect(performance.now() - started).toBeLessThan(2_000)
    await Promise.all(apps.map(({ close }) => close()))
  })
})

describe('a process that cannot reach the bus', () => {
  /** Others hear it well: nothing but its own word tells them that they missed something. */
  async function cutOff() {
    const bus = { published: [] as string[], away: true }
    const live = new Live({ publish: async (_channel, text) => bus.away ? Promise.reject(new Error('away')) : void bus.published.push(text), subscribe: async () => async () => {}, close: async () => {} }, pino({ level: 'silent' }))
    return { bus, live, stop: await live.start() }
  }

  it('keeps what it has to say, in order, until it can', async () => {
    const { bus, live, stop } = await cutOff()
    for (let id = 0; id < 500; id++) live.notify(['ann'], { type: 'order.changed', id: String(id) })
    bus.away = false
    const said = () => bus.published.flatMap(text => JSON.parse(text) as { message: LiveMessage }[]).map(({ message }) => message.id)
    await expect.poll(() => said().length, PATIENCE).toBe(500)
    expect(said()).toEqual(Array.from({ length: 500 }, (_, id) => String(id)))
    await stop()
  })

  it('says that something was missed when it had more to say than it can keep', async () => {
    const { bus, live, stop } = await cutOff()
    for (let id = 0; id < 10_050; id++) live.notify(['ann'], { type: 'order.changed', id: String(id) })
    bus.away = false
    await expect.poll(() => bus.published.at(-1), PATIENCE).toContain('"10049"')
    expect(bus.published[0]).toBe('missed')
    await stop()
  })
})
