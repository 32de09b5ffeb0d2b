/**
 * What a web process commits is work for a worker elsewhere. It hears of it over pub/sub, in milliseconds instead of at
 * its next poll; a word that is lost costs that poll and nothing else.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { PubSub } from '../ports/pubsub/port.ts'
import { onWake, wakerOf } from './waker.ts'

const CHANNEL = 'miaodan_work'
/** One word wakes a worker for all that is there: a second one within this time would wake it for nothing. */
const PAUSE_MS = 20

type Deps = { pubsub: PubSub, log: Logger }

/** For a process that works itself: listens for what the others have left to do. */
export function hearWork({ pubsub }: Deps): Promise<() => Promise<void>> {
  return pubsub.subscribe(CHANNEL, names => {
    for (const name of names.split(' ')) wakerOf(name).wake()
  })
}

/**
 * For a process that only answers requests. What comes up while one word is under way, and shortly after, goes out
 * together in the next, so that there are never more words than the bus can take.
 */
export function tellWork({ pubsub, log }: Deps): () => void {
  const waiting = new Set<string>()
  let telling = false
  const tell = async (): Promise<void> => {
    telling = true
    while (waiting.size > 0) {
      const names = [...waiting].join(' ')
      waiting.clear()
      await pubsub.publish(CHANNEL, names).catch((error: unknown) => log.warn({ err: error }, 'workers were not told of work; they find it by themselves'))
      await delay(PAUSE_MS, undefined, { ref: false })
    }
    telling = false
  }
  return onWake(name => {
    waiting.add(name)
    if (!telling) void tell()
  })
}
