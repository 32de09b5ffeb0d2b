/**
 * Live updates to browsers: small messages that say what changed, by id; the browser then asks for it. They go through
 * pub/sub, so that it does not matter which process holds a person's socket.
 */
import type { Logger } from 'pino'
import type { PubSub } from '../ports/pubsub/port.ts'

export type LiveMessage = { type: string } & Record<string, string | number | boolean | null>
export type LiveListener = (userIds: readonly string[], message: LiveMessage) => void

const CHANNEL = 'miaodan_live'
/** So many people fit into one pub/sub message beside the largest body we send. */
const PEOPLE_PER_MESSAGE = 120

export class Live {
  readonly #pubsub: PubSub
  readonly #log: Logger
  readonly #listeners = new Set<LiveListener>()

  constructor(pubsub: PubSub, log: Logger) {
    this.#pubsub = pubsub
    this.#log = log
  }

  /** Tells these people's browsers. Call it after the commit; a failure is logged, since browsers also ask by themselves. */
  notify(userIds: readonly string[], message: LiveMessage): void {
    for (let start = 0; start < userIds.length; start += PEOPLE_PER_MESSAGE) {
      const to = userIds.slice(start, start + PEOPLE_PER_MESSAGE)
      this.#pubsub.publish(CHANNEL, JSON.stringify({ to, message })).catch(error => this.#log.warn({ err: error }, 'live update not sent'))
    }
  }

  /** For the socket server of this process. */
  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(): Promise<() => Promise<void>> {
    return this.#pubsub.subscribe(CHANNEL, text => {
      const { to, message } = JSON.parse(text) as { to: string[], message: LiveMessage }
      for (const listener of this.#listeners) listener(to, message)
    })
  }
}
