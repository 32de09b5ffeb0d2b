/** What every pub/sub adapter must do, on the real bus. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_MESSAGE_BYTES, type PubSub } from './port.ts'

export type OpenedBus = {
  /** Another process's way to the same bus. */
  connect: () => PubSub
  /** Ends the bus for everybody. */
  lose: () => Promise<void>
  /** Lets it come back, empty. */
  restore: () => Promise<void>
  close: () => Promise<void>
}

/** Far more than it takes; only a net under a message that never comes. */
const PATIENCE = { timeout: 20_000, interval: 10 }

export function pubsubContract(name: string, open: () => Promise<OpenedBus>): void {
  describe(`pub/sub contract: ${name}`, () => {
    let bus: OpenedBus
    let here: PubSub
    let there: PubSub
    beforeAll(async () => {
      bus = await open()
      here = bus.connect()
      there = bus.connect()
    })
    afterAll(async () => {
      await Promise.all([here.close(), there.close()])
      await bus.close()
    })

    it('brings a message to every subscriber of its channel, in this process and in others, in order', async () => {
      const heard = { here: [] as string[], again: [] as string[], there: [] as string[], elsewhere: [] as string[] }
      const stops = [
        await here.subscribe('orders', message => heard.here.push(message)),
        await here.subscribe('orders', message => heard.again.push(message)),
        await there.subscribe('orders', message => heard.there.push(message)),
        await there.subscribe('payments', message => heard.elsewhere.push(message)),
      ]
      const said = Array.from({ length: 50 }, (_, index) => `第 ${index} 条`)
      await Promise.all(said.map(message => here.publish('orders', message)))
      await expect.poll(() => [heard.here.length, heard.again.length, heard.there.length], PATIENCE).toEqual([50, 50, 50])
      expect(new Set(heard.there)).toEqual(new Set(said))
      for (const message of ['one', 'two', 'three']) await there.publish('orders', message)
      await expect.poll(() => heard.here.slice(50), PATIENCE).toEqual(['one', 'two', 'three'])
      expect(heard.elsewhere).toEqual([])
      await Promise.all(stops.map(stop => stop()))
    })

    it('brings nothing to one that has stopped listening, and everything to the others of its channel', async () => {
      const stopped: string[] = []
      const staying: string[] = []
      const stop = await here.subscribe('orders', message => stopped.push(message))
      const stay = await here.subscribe('orders', message => staying.push(message))
      await stop()
      await there.publish('orders', 'after')
      await expect.poll(() => staying, PATIENCE).toEqual(['after'])
      await stay()
      await there.publish('orders', 'nobody listens')
      expect(stopped).toEqual([])
    })

    it('takes a message of the largest size and refuses a larger one', async () => {
      const heard: string[] = []
      const stop = await there.subscribe('large', message => heard.push(message))
      await here.publish('large', 'x'.repeat(MAX_MESSAGE_BYTES))
      await expect.poll(() => heard[0]?.length, PATIENCE).toBe(MAX_MESSAGE_BYTES)
      await expect(here.publish('large', '单'.repeat(MAX_MESSAGE_BYTES / 2))).rejects.toThrow(RangeError)
      await stop()
    })

    it('listens again by itself after the bus was away, and says that something may have been missed', async () => {
      const heard: string[] = []
      let resumed = 0
      const stop = await there.subscribe('orders', message => heard.push(message), () => resumed++)
      await bus.lose()
      await expect(here.publish('orders', 'lost')).rejects.toThrow()
      expect(resumed).toBe(0)
      await bus.restore()
      await expect.poll(() => resumed, PATIENCE).toBe(1)
      await expect.poll(() => here.publish('orders', 'back').then(() => heard.length > 0, () => false), PATIENCE).toBe(true)
      expect(heard).not.toContain('lost')
      await stop()
    })

    it('ends at once, also while the bus is away', async () => {
      const third = bus.connect()
      await third.subscribe('orders', () => {})
      await bus.lose()
      await third.close()
      await bus.restore()
    })
  })
}
