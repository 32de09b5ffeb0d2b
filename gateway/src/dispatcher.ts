import type { Core } from './core.ts'
import { note } from './journal.ts'
import { dueNotifications, type Notification } from './notifications.ts'
import { settleDueRefunds } from './refunds.ts'
import { post, type Answer } from './post.ts'
import { closeOverdueTrades } from './trades.ts'
import { settleDueTransfers } from './transfers.ts'

/** So many rows are taken at once; the rest is taken in the next round, which follows immediately. */
const BATCH = 32
const MAX_IN_FLIGHT = 16
/** A sleeping machine or a moved clock can make a long timer wrong; looking this often costs nothing. */
const LONGEST_NAP_MS = 1000

/**
 * Does what has become due: closes overdue trades, settles refunds and transfers, sends notifications.
 * All of it stands in the database, so a restart takes up where the last process stopped. A notification whose
 * sending was cut off by the stop is sent again: at least once, never less.
 */
export class Dispatcher {
  readonly #core: Core
  readonly #onError: (error: unknown) => void
  readonly #inFlight = new Map<string, Promise<void>>()
  readonly #stop = new AbortController()
  #timer: NodeJS.Timeout | undefined

  constructor(core: Core, onError: (error: unknown) => void) {
    this.#core = core
    this.#onError = onError
  }

  wake(): void {
    this.#schedule(0)
  }

  async close(): Promise<void> {
    this.#stop.abort()
    clearTimeout(this.#timer)
    await Promise.allSettled(this.#inFlight.values())
  }

  #schedule(delayMs: number): void {
    if (this.#stop.signal.aborted) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#round(), delayMs)
  }

  #round(): void {
    let napMs = LONGEST_NAP_MS
    try {
      this.#core.store.transaction(() => {
        closeOverdueTrades(this.#core, BATCH)
        settleDueRefunds(this.#core, BATCH)
        settleDueTransfers(this.#core, BATCH)
      })
      for (const notification of dueNotifications(this.#core, BATCH)) this.#begin(notification)
      napMs = this.#napMs()
    } catch (error) {
      // What failed is still due: without the nap it would be tried in a busy loop.
      this.#onError(error)
    }
    this.#schedule(napMs)
  }

  /** Until the next thing is due; what is in flight wakes the dispatcher itself when it ends. */
  #napMs(): number {
    const row = this.#core.store.get<{ dueAt: number | null }>(`select min(due_at) as due_at from (
      select min(expire_at) as due_at from trades where state = 'pending'
      union all select min(due_at) from refunds where due_at is not null
      union all select min(due_at) from transfers where due_at is not null
      union all select min(due_at) from notifications where due_at > :now)`, { now: this.#core.clock.now() })
    const next = row?.dueAt ?? null
    return next === null ? LONGEST_NAP_MS : Math.min(LONGEST_NAP_MS, Math.max(1, next - this.#core.clock.now()))
  }

  #begin(notification: Notification): void {
    const { notifyId } = notification
    if (this.#inFlight.has(notifyId) || this.#inFlight.size >= MAX_IN_FLIGHT) return
    const sending = this.#send(notification)
      .catch(this.#onError)
      .finally(() => {
        this.#inFlight.delete(notifyId)
        this.wake()
      })
    this.#inFlight.set(notifyId, sending)
  }

  async #send(notification: Notification): Promise<void> {
    const copies = Array.from({ length: notification.copies }, () => post(this.#core, notification, this.#stop.signal))
    const answers = await Promise.all(copies)
    if (this.#stop.signal.aborted) return
    this.#core.store.transaction(() => this.#record(notification, answers))
  }

  #record(notification: Notification, answers: Answer[]): void {
    const { notifyId, round, subjectNo, type, fault } = notification
    const tries = notification.tries + 1
    const accepted = answers.some((answer) => answer.accepted)
    const pause = accepted ? undefined : this.#core.settings.retrySeconds[tries - 1]
    for (const answer of answers) {
      note(this.#core, subjectNo, { entry: 'sent', data: { ...answer, type, attempt: tries, fault, retryInSeconds: pause ?? null } })
    }
    const state = accepted ? 'delivered' : pause === undefined ? 'given_up' : 'waiting'
    this.#core.store.run(
      `update notifications set tries = :tries, state = :state, due_at = :dueAt where notify_id = :notifyId and round = :round`,
      { tries, state, dueAt: pause === undefined ? null : this.#core.clock.now() + pause * 1000, notifyId, round },
    )
    if (state === 'given_up') note(this.#core, subjectNo, { entry: 'given_up', data: { type, tries } })
  }
}
