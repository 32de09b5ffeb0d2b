/**
 * Live updates to browsers: small messages that say what changed, by id; the browser then asks for it. They go through
 * pub/sub, so that it does not matter which process holds a person's socket.
 */
import type { Logger } from 'pino'
import type { PubSub } from '../ports/pubsub/port.ts'

export type LiveMessage = { type: string } & Record<string, string | number | boolean | null>
export type LiveListener = (userIds: readonly string[], message: LiveMessage) => void

/** Told to the browsers of sessions that have ended; their sockets are closed behind it, without asking again whose they are. */
const SESSION_ENDED = 'session.ended'

export function tellSessionsEnded(live: Live, userId: string, kept: string | undefined): void {
  live.notify([userId], { type: SESSION_ENDED, kept: kept ?? null })
}

/** Whether this message is the last one for a socket of the session. Undefined when it says nothing of sessions. */
export function endsSession(message: LiveMessage, sessionId: string): boolean | undefined {
  return message.type === SESSION_ENDED ? message['kept'] !== sessionId : undefined
}

const CHANNEL = 'miaodan_live'
/** So many people fit into one pub/sub message beside the largest body we send. */
const PEOPLE_PER_MESSAGE = 120
/** A publication is filled up to here; the port takes somewhat more. */
const BATCH_BYTES = 6_000
const BRACKETS_BYTES = 2
const COMMA_BYTES = 1
/** While the database does not answer, the oldest are dropped: browsers ask by themselves. */
const MAX_WAITING = 10_000

export class Live {
  readonly #pubsub: PubSub
  readonly #log: Logger
  readonly #listeners = new Set<LiveListener>()
  /** Told while a publication is under way; they go out together in the next one, so that a busy process needs few. */
  #waiting: string[] = []
  #publishing = false

  constructor(pubsub: PubSub, log: Logger) {
    this.#pubsub = pubsub
    this.#log = log
  }

  /** Tells these people's browsers. Call it after the commit; a failure is logged, since browsers also ask by themselves. */
  notify(userIds: readonly string[], message: LiveMessage): void {
    for (let start = 0; start < userIds.length; start += PEOPLE_PER_MESSAGE) {
      const to = userIds.slice(start, start + PEOPLE_PER_MESSAGE)
      this.#waiting.push(JSON.stringify({ to, message }))
    }
    if (this.#waiting.length > MAX_WAITING) this.#waiting.splice(0, this.#waiting.length - MAX_WAITING)
    if (!this.#publishing) void this.#publish()
  }

  async #publish(): Promise<void> {
    this.#publishing = true
    while (this.#waiting.length > 0) {
      const texts = this.#takeBatch()
      await this.#pubsub.publish(CHANNEL, `[${texts.join(',')}]`).catch(error => this.#log.warn({ err: error, messages: texts.length }, 'live update not sent'))
    }
    this.#publishing = false
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

  /** For the socket server of this process. */
  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(): Promise<() => Promise<void>> {
    return this.#pubsub.subscribe(CHANNEL, text => {
      for (const { to, message } of JSON.parse(text) as { to: string[], message: LiveMessage }[]) {
        for (const listener of this.#listeners) listener(to, message)
      }
    })
  }
}
