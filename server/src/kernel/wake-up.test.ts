import { setTimeout as delay } from 'node:timers/promises'
import pino from 'pino'
import { expect, it } from 'vitest'
import type { PubSub } from '../ports/pubsub/port.ts'
import { hearWork, tellWork } from './wake-up.ts'
import { wake, wakerOf } from './waker.ts'

/** One process that tells another, which both live in this one here. */
function bus() {
  const words: string[] = []
  const listeners: ((word: string) => void)[] = []
  const pubsub = {
    publish: async (_channel: string, word: string) => { words.push(word); for (const listen of listeners) listen(word) },
    subscribe: async (_channel: string, listen: (word: string) => void) => { listeners.push(listen); return async () => {} },
  } as unknown as PubSub
  return { words, deps: { pubsub, log: pino({ enabled: false }) } }
}

it('tells of work at once, and of all that comes up shortly after in one more word', async () => {
  const { words, deps } = bus()
  const stop = tellWork(deps)
  wake('one')
  expect(words).toEqual(['one'])
  for (let times = 0; times < 50; times++) wake(times % 2 === 0 ? 'two' : 'three')
  expect(words).toEqual(['one'])
  await expect.poll(() => words).toEqual(['one', 'two three'])
  stop()
  wake('four')
  await delay(50)
  expect(words).toHaveLength(2)
})

it('wakes the loops of who hears it', async () => {
  const { deps } = bus()
  await hearWork(deps)
  const sleeps = wakerOf('elsewhere').next(60_000)
  await deps.pubsub.publish('', 'something elsewhere')
  await sleeps
})
