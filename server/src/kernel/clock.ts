import type { Sql } from './db.ts'

/** The time the product lives by. In demo mode and tests it can be moved forward, for all processes at once. */
export interface Clock {
  now(): Date
}

export class MovableClock implements Clock {
  offsetMs = 0
  readonly #followers: Array<(offsetMs: number) => Promise<void>> = []

  now(): Date {
    return new Date(Date.now() + this.offsetMs)
  }

  /** Reads how far the clock has been moved. Called at start, and when another process says it has moved it. */
  async load(sql: Sql): Promise<void> {
    const [row] = await sql<{ offset_ms: string }[]>`select offset_ms from clock`
    this.offsetMs = Number(row?.offset_ms ?? 0)
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
