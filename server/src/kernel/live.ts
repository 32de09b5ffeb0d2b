/**
 * Live updates to browsers: small messages that say what changed, by id; the browser then asks for it. They go through
 * pub/sub, so that it does not matter which process holds a person's socket.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { PubSub } from '../ports/pubsub/port.ts'

export type LiveMessage = { type: string } & Record<string, string | number | boolean | null>
export type LiveListener = {
  tell: (userIds: readonly string[], message: LiveMessage) => void
  /** Messages may not have come, to anybody: what is shown has to be asked for anew. */
  missed: () => void
}

/** Stands for everybody who is connected, in the place of a person's id. */
const EVERYBODY = '*'

/** Of the people a message is told to, those of these who are meant. */
export const meant = (userIds: readonly string[], here: ReadonlyMap<string, unknown>): Iterable<string> => (userIds.includes(EVERYBODY) ? here.keys() : userIds)

/** Told to the browsers of sessions that have ended; their sockets are closed behind it, without asking again whose they are. */
const SESSION_ENDED = 'session.ended'

export function tellSessionsEnded(live: Live, userId: string, kept: string | undefined): void {
  live.notify([userId], { type: SESSION_ENDED, kept: kept ?? null })
}

export function tellSessionEnded(live: Live, userId: string, sessionId: string): void {
  live.notify([userId], { type: SESSION_ENDED, ended: sessionId })
}

/** Whether this message is the last one for a socket of the session. Undefined when it says nothing of sessions. */
export function endsSession(message: LiveMessage, sessionId: string): boolean | undefined {
  if (message.type !== SESSION_ENDED) return undefined
  return 'ended' in message ? message['ended'] === sessionId : message['kept'] !== sessionId
}

const CHANNEL = 'miaodan_live'
/** So many people fit into one pub/sub message beside the largest body we send. */
const PEOPLE_PER_MESSAGE = 120
/** A publication is filled up to here; the port takes somewhat more. */
const BATCH_BYTES = 6_000
const BRACKETS_BYTES = 2
const COMMA_BYTES = 1
/** While the bus is away, the oldest are dropped; when it is back, everybody is told that something was missed. */
const MAX_WAITING = 10_000
const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 2_000
/** Published instead of messages that were dropped. */
const MISSED = 'missed'

export class Live {
  readonly #pubsub: PubSub
  readonly #log: Logger
  readonly #listeners = new Set<LiveListener>()
  /** Told while a publication is under way; they go out together in the next one, so that a busy process needs few. */
  #waiting: string[] = []
  #dropped = false
  #publishing = false
  #stopped = false

  constructor(pubsub: PubSub, log: Logger) {
    this.#pubsub = pubsub
    this.#log = log
  }

  /** Tells these people's browsers. Call it after the commit. While the bus is away it is kept, and told when it is back. */
  notify(userIds: readonly string[], message: LiveMessage): void {
    for (let start = 0; start < userIds.length; start += PEOPLE_PER_MESSAGE) {
      const to = userIds.slice(start, start + PEOPLE_PER_MESSAGE)
      this.#waiting.push(JSON.stringify({ to, message }))
    }
    this.#dropWhatIsTooMuch()
    if (!this.#publishing) void this.#publish()
  }

  /** Tells everybody who is connected, wherever. They will all ask at once unless their browsers spread it. */
  notifyAll(message: LiveMessage): void {
    this.notify([EVERYBODY], message)
  }

  /** For the socket server of this process. */
  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(): Promise<() => Promise<void>> {
    const stop = await this.#pubsub.subscribe(CHANNEL, text => this.#hear(text), () => this.#sayMissed())
    return async () => {
      this.#stopped = true
      await stop()
    }
  }

  async #publish(): Promise<void> {
    this.#publishing = true
    for (let failures = 0; !this.#stopped && (this.#dropped || this.#waiting.length > 0);) {
      const texts = this.#dropped ? [] : this.#takeBatch()
      try {
        await this.#pubsub.publish(CHANNEL, this.#dropped ? MISSED : `[${texts.join(',')}]`)
        if (texts.length === 0) this.#dropped = false
        failures = 0
      } catch (error) {
        if (failures === 0) this.#log.warn({ err: error, messages: texts.length }, 'live updates cannot be sent; they are kept')
        this.#waiting.unshift(...texts)
        this.#dropWhatIsTooMuch()
        await delay(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++), undefined, { ref: false })
      }
    }
    this.#publishing = false
  }

  #dropWhatIsTooMuch(): void {
    if (this.#waiting.length <= MAX_WAITING) return
    this.#waiting.splice(0, this.#waiting.length - MAX_WAITING)
    this.#dropped = true
  }

  /** As many as fit into one publication, and at least one. */
  #takeBatch(): string[] {
    let bytes = BRACKETS_BYTES
    let count = 0
    for (const text of this.#waiting) {
      bytes += Buffer.byteLength(text) + COMMA_BYTES
      if (count > 0 && bytes > BATCH_BYTES) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  #hear(text: string): void {
    if (text === MISSED) return this.#sayMissed()
    for (const { to, message } of JSON.parse(text) as { to: string[], message: LiveMessage }[]) {
      for (const { tell } of this.#listeners) tell(to, message)
    }
  }

  #sayMissed(): void {
    for (const { missed } of this.#listeners) missed()
  }
}
