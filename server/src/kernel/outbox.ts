/**
 * The outbox: events are written in the transaction whose change they tell of, and relayed at least once to each
 * subscriber. A subscriber's work and its receipt are one transaction, so that it has its effect exactly once.
 */
import { sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Db, Tx } from './db.ts'
import { newId } from './ids.ts'
import { eventsRelayed, outcomeOf, turned } from './metrics.ts'
import { onBehalfOf, requestIdNow } from './request-context.ts'
import { statement, value } from './statement.ts'
import { outbox } from './tables.ts'
import { afterCommit, inTransaction, leave } from './tx.ts'
import { wake, wakerOf } from './waker.ts'

export type Event = { eventId: string, topic: string, payload: Record<string, unknown>, at: Date }
export type Subscriber<D> = {
  /** `feature.what-it-does`; its receipts carry this name, so it never changes. */
  name: string
  on: readonly string[]
  handle: (tx: Tx, event: Event, deps: D) => Promise<void>
}

const BATCH = 64
/** What a process held that was killed waits so long. Shorter than a batch may take is fine: receipts keep a second relay from doing anything twice. */
const LEASE_SECONDS = 20
const MAX_ATTEMPTS = 12
const MAX_BACKOFF_SECONDS = 600
const IDLE_POLL_MS = 1_000

const WAKER = 'outbox'
const waker = wakerOf(WAKER)

const insertEvent = statement(db => db.insert(outbox).values({ eventId: value('eventId'), topic: value('topic'), key: value('key'), payload: value('payload'), at: value('at'), requestId: value('requestId') }))

/**
 * Records that something happened. `topic` is `<feature>.<past-tense>`; `key` names the thing it happened to, whose
 * events are handed on in order. A relay is woken at commit, here or in another process.
 */
export async function emit(tx: Tx, clock: Clock, topic: string, payload: Record<string, unknown>, key: string): Promise<void> {
  leave(tx, insertEvent(tx, { eventId: newId(), topic, key, payload, at: clock.now(), requestId: requestIdNow() ?? null }))
  afterCommit(tx, wakeRelay)
}

/** For a statement that writes its event itself; to be called once it is committed. */
export function wakeRelay(): void {
  wake(WAKER)
}

type Claimed = { id: string, event_id: string, topic: string, key: string, payload: Record<string, unknown>, at: string, attempts: number, request_id: string | null }

export class OutboxRelay<D extends { db: Db, log: Logger }> {
  readonly #deps: D
  readonly #subscribers: Map<string, Subscriber<D>[]>
  #running: Promise<void> | undefined
  #stopping = false

  constructor(deps: D, subscribers: readonly Subscriber<D>[]) {
    this.#deps = deps
    this.#subscribers = new Map()
    for (const subscriber of subscribers) {
      for (const topic of subscriber.on) this.#subscribers.set(topic, [...(this.#subscribers.get(topic) ?? []), subscriber])
    }
  }

  start(): void {
    this.#running = this.#loop()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    waker.wake()
    await this.#running
  }

  /** Relays until nothing is waiting, and says how many events that were. */
  async drain(): Promise<number> {
    let relayed = 0
    for (let batch = await this.#relayBatch(); batch > 0; batch = await this.#relayBatch()) relayed += batch
    return relayed
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      turned('outbox')
      const woken = waker.next(IDLE_POLL_MS)
      try {
        if (await this.#relayBatch() > 0) continue
      } catch (error) {
        this.#deps.log.error({ err: error }, 'outbox relay could not read its events')
      }
      await woken
    }
  }

  async #relayBatch(): Promise<number> {
    // An event waits while an earlier one of the same key is unfinished, here or in another process.
    const claimed = await this.#deps.db.execute<Claimed>(sql`
      update outbox set claimed_until = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1
      where event_id in (
        select event_id from outbox o
        where published_at is null and dead_at is null and (claimed_until is null or claimed_until < now())
          and not exists (select 1 from outbox earlier where earlier.key = o.key and earlier.id < o.id
            and earlier.published_at is null and earlier.dead_at is null and earlier.claimed_until >= now())
        order by id limit ${BATCH} for update skip locked)
      returning id, event_id, topic, key, payload, at, attempts, request_id`)
    if (claimed.length === 0) return 0
    const early = await this.#giveBackEarly(claimed)
    const byKey = new Map<string, Claimed[]>()
    for (const event of claimed.filter(event => !early.has(event.id)).sort((a, b) => Number(BigInt(a.id) - BigInt(b.id)))) byKey.set(event.key, [...(byKey.get(event.key) ?? []), event])
    await Promise.all([...byKey.values()].map(events => this.#relayInOrder(events)))
    return claimed.length - early.size
  }

  /**
   * Two relays that claim in the same moment do not see each other's claims: one can hold a key's second event while the
   * other holds its first. By now the first is seen, as claimed or as waiting, and what must come after it is given back.
   */
  async #giveBackEarly(claimed: readonly Claimed[]): Promise<Set<string>> {
    const ids = sql`any(${`{${claimed.map(event => event.event_id).join(',')}}`}::uuid[])`
    const early = await this.#deps.db.execute<{ id: string }>(sql`
      update outbox later set claimed_until = null, attempts = later.attempts - 1
      where later.event_id = ${ids} and exists (select 1 from outbox earlier where earlier.key = later.key and earlier.id < later.id
        and earlier.published_at is null and earlier.dead_at is null and not earlier.event_id = ${ids})
      returning later.id`)
    return new Set(early.map(event => event.id))
  }

  async #relayInOrder(events: Claimed[]): Promise<void> {
    let blocked = false
    for (const event of events) {
      if (blocked) await this.#giveBack(event)
      else blocked = !await onBehalfOf(event.request_id, () => this.#relay(event))
    }
  }

  /** Hands one event to its subscribers. Answers whether all of them have now had it. */
  async #relay(claimed: Claimed): Promise<boolean> {
    const { db, log } = this.#deps
    const event: Event = { eventId: claimed.event_id, topic: claimed.topic, payload: claimed.payload, at: new Date(claimed.at) }
    try {
      const failures: unknown[] = []
      // One subscriber's failure keeps no other from the event: those that have had it are not called again.
      for (const subscriber of this.#subscribers.get(event.topic) ?? []) await this.#handOver(subscriber, event).catch(error => failures.push(error))
      if (failures.length > 0) throw failures[0]
      await db.execute(sql`update outbox set published_at = now(), claimed_until = null where event_id = ${claimed.event_id}`)
      eventsRelayed.inc({ topic: event.topic, outcome: 'done' })
      return true
    } catch (error) {
      const dead = claimed.attempts >= MAX_ATTEMPTS
      const backoffSeconds = Math.min(MAX_BACKOFF_SECONDS, 2 ** claimed.attempts)
      eventsRelayed.inc({ topic: event.topic, outcome: outcomeOf(dead) })
      log.error({ err: error, topic: event.topic, eventId: event.eventId, attempts: claimed.attempts, dead }, 'event could not be handled')
      await db.execute(sql`update outbox set last_error = ${String(error).slice(0, 2000)},
        claimed_until = now() + make_interval(secs => ${backoffSeconds}), dead_at = ${dead ? sql`now()` : null} where event_id = ${claimed.event_id}`)
      return false
    }
  }

  async #handOver(subscriber: Subscriber<D>, event: Event): Promise<void> {
    await inTransaction(this.#deps.db, async tx => {
      const fresh = await tx.execute(sql`insert into outbox_receipts (event_id, subscriber) values (${event.eventId}, ${subscriber.name}) on conflict do nothing returning 1`)
      if (fresh.length > 0) await subscriber.handle(tx, event, this.#deps)
    })
  }

  async #giveBack(claimed: Claimed): Promise<void> {
    await this.#deps.db.execute(sql`update outbox set claimed_until = null, attempts = attempts - 1 where event_id = ${claimed.event_id}`)
  }
}
