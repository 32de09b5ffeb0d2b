import type { Sql } from './db.ts'

/** The time the product lives by. In demo mode and tests it can be moved forward, for all processes at once. */
export interface Clock {
  now(): Date
}

/** Less than this a query cannot tell, and nobody notices. */
const TOLERATED_SKEW_MS = 250

/**
 * All processes go by the database's clock: what one of them has set, another finds due at the same moment, also when
 * their machines do not agree on the time.
 */
export class MovableClock implements Clock {
  offsetMs = 0
  #skewMs = 0
  readonly #followers: Array<(offsetMs: number) => Promise<void>> = []

  now(): Date {
    return new Date(Date.now() + this.#skewMs + this.offsetMs)
  }

  /**
   * Reads how far the clock has been moved, and how far this machine's is from the database's. Called at start, now and
   * then (each look at /readyz), and when another process says it has moved it.
   */
  async load(sql: Sql): Promise<void> {
    const asked = Date.now()
    const [row] = await sql<{ offset_ms: string, at: number }[]>`select offset_ms, extract(epoch from clock_timestamp())::float8 * 1000 as at from clock`
    const answered = Date.now()
    this.offsetMs = Number(row?.offset_ms ?? 0)
    if (row && answered - asked < TOLERATED_SKEW_MS) this.#correct(row.at - (asked + answered) / 2)
  }

  /** Small changes are left alone, so that time does not go back and forth with each measurement. */
  #correct(skewMs: number): void {
    if (Math.abs(skewMs) < TOLERATED_SKEW_MS) this.#skewMs = 0
    else if (Math.abs(skewMs - this.#skewMs) >= TOLERATED_SKEW_MS) this.#skewMs = Math.round(skewMs)
  }

  async advance(sql: Sql, ms: number): Promise<void> {
    const [row] = await sql<{ offset_ms: string }[]>`update clock set offset_ms = offset_ms + ${ms} returning offset_ms`
    this.offsetMs = Number(row?.offset_ms ?? 0)
    for (const follower of this.#followers) await follower(this.offsetMs)
  }

  /** Another clock that is to go with this one, the sandbox gateway's for instance. */
  follow(follower: (offsetMs: number) => Promise<void>): void {
    this.#followers.push(follower)
  }
}
