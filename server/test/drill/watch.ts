/** Looks all the time whether somebody is answered and whether what waits is worked on, and remembers the longest that it was not so. */
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Db } from '../../src/kernel/db.ts'

const ASK_EVERY_MS = 100
const LOOK_EVERY_MS = 500
const ANSWER_TIMEOUT_MS = 5_000

export type Watch = {
  /** The longest that nobody was answered, that an event waited for its subscribers, and that a killed process was away; since `mark`, under that name. */
  longest(): { unanswered: Longest, waiting: Longest, restarting: Longest }
  /** A process was killed just now, and serves again when `up` resolves. */
  restarted(up: Promise<void>): void
  mark(what: string): void
  stop(): Promise<void>
}
export type Longest = { ms: number, during: string }

export function startWatch(url: string, db: Db, ignoredKey: string): Watch {
  let over = false
  let during = 'the start'
  const unanswered: Longest = { ms: 0, during }
  const waiting: Longest = { ms: 0, during }
  const restarting: Longest = { ms: 0, during }
  const note = (longest: Longest, ms: number): void => {
    if (ms > longest.ms) Object.assign(longest, { ms: Math.round(ms), during })
  }

  async function ask(): Promise<void> {
    for (let last = performance.now(); !over; await delay(ASK_EVERY_MS)) {
      // What it answers comes from the database.
      const answered = await fetch(`${url}/api/v1/categories`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).then(async answer => (await answer.text()) !== '' && answer.ok).catch(() => false)
      note(unanswered, performance.now() - last)
      if (answered) last = performance.now()
    }
  }

  async function look(): Promise<void> {
    const seen = new Map<string, number>()
    for (; !over; await delay(LOOK_EVERY_MS)) {
      const rows = await db.execute<{ id: string }>(sql`select id from outbox where published_at is null and dead_at is null and key not like ${`${ignoredKey}:%`}`).catch(() => undefined)
      if (!rows) continue
      const there = new Set(rows.map(row => row.id))
      for (const id of there) seen.set(id, seen.get(id) ?? performance.now())
      for (const [id, since] of seen) {
        note(waiting, performance.now() - since)
        if (!there.has(id)) seen.delete(id)
      }
    }
  }

  const watching = Promise.all([ask(), look()])
  return {
    longest: () => ({ unanswered, waiting, restarting }),
    restarted: up => {
      const since = performance.now()
      // One that is killed again before it was up is another one's concern.
      up.then(() => note(restarting, performance.now() - since), () => undefined)
    },
    mark: what => {
      during = what
    },
    stop: async () => {
      over = true
      await watching
    },
  }
}
