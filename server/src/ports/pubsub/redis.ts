import { setTimeout as delay } from 'node:timers/promises'
import { connectRedis, type RedisClient } from '../../kernel/redis.ts'
import { checkSize, type PubSub } from './port.ts'

/** `begun`: its owner counts on hearing everything from then on, and has to be told when that may not be so. */
type Subscription = { listener: (message: string) => void, resumed: (() => void) | undefined, begun: boolean }

const PREFIX = 'miaodan:'
/** A connection that only listens does not notice that the other end is gone: it is asked now and then. */
const HEARTBEAT_MS = 15_000
const HEARTBEAT_TIMEOUT_MS = 5_000
/** A process starts without Redis too: it hears nothing then until Redis is there. */
const SUBSCRIBE_PATIENCE_MS = 3_000

export type RedisPubSubOptions = {
  url: string
  /** Told of each failed attempt to connect or to subscribe; it is tried again. */
  onError: (error: Error) => void
}

/** Pub/sub over Redis: one connection to say things, one to hear them. In a cluster every node passes on what any of them is told. */
export class RedisPubSub implements PubSub {
  readonly #publisher: RedisClient
  readonly #subscriber: RedisClient
  readonly #byChannel = new Map<string, Set<Subscription>>()
  readonly #onError: (error: Error) => void
  readonly #heartbeat: NodeJS.Timeout
  /** Those that wait for the connection to listen. */
  #awaiting: (() => void)[] = []

  constructor({ url, onError }: RedisPubSubOptions) {
    this.#onError = onError
    this.#publisher = connectRedis(url, 'caller', onError)
    this.#subscriber = connectRedis(url, 'listener', onError)
    this.#subscriber.on('message', (name: string, message: string) => {
      for (const { listener } of this.#byChannel.get(name) ?? []) listener(message)
    })
    this.#subscriber.on('ready', () => void this.#resume())
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS).unref()
  }

  async publish(channel: string, message: string): Promise<void> {
    checkSize(message)
    await this.#publisher.publish(PREFIX + channel, message)
  }

  async subscribe(channel: string, listener: (message: string) => void, resumed?: () => void): Promise<() => Promise<void>> {
    const name = PREFIX + channel
    const subscription = { listener, resumed, begun: false }
    const subscriptions = this.#byChannel.get(name) ?? new Set()
    this.#byChannel.set(name, subscriptions.add(subscription))
    const listening = this.#subscriber.status === 'ready' ? this.#subscriber.subscribe(name).catch(this.#onError) : new Promise<void>(resolve => void this.#awaiting.push(resolve))
    await Promise.race([listening, delay(SUBSCRIBE_PATIENCE_MS, undefined, { ref: false })])
    subscription.begun = true
    return async () => {
      subscriptions.delete(subscription)
      if (subscriptions.size > 0 || this.#byChannel.get(name) !== subscriptions) return
      this.#byChannel.delete(name)
      // Not waited for: what still comes finds nobody, and a connection that is made anew does not ask for this channel.
      if (this.#subscriber.status === 'ready') this.#subscriber.unsubscribe(name).catch(this.#onError)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat)
    this.#publisher.disconnect()
    this.#subscriber.disconnect()
  }

  /** The connection is there (again): everything is subscribed, and who counted on it hears that something may have been missed. */
  async #resume(): Promise<void> {
    const names = [...this.#byChannel.keys()]
    if (names.length === 0) return
    try {
      await this.#subscriber.subscribe(...names)
    } catch (error) {
      // The connection is gone again; when it is back this is called once more.
      this.#onError(error as Error)
      return
    }
    for (const resolve of this.#awaiting.splice(0)) resolve()
    for (const subscriptions of this.#byChannel.values()) for (const { begun, resumed } of subscriptions) if (begun) resumed?.()
  }

  async #beat(): Promise<void> {
    if (this.#subscriber.status !== 'ready') return
    let patience: NodeJS.Timeout | undefined
    try {
      await Promise.race([this.#subscriber.ping(), new Promise((_resolve, reject) => {
        patience = setTimeout(() => reject(new Error('Redis does not answer')), HEARTBEAT_TIMEOUT_MS)
      })])
    } catch (error) {
      this.#onError(error as Error)
      this.#subscriber.disconnect(true)
    } finally {
      clearTimeout(patience)
    }
  }
}
