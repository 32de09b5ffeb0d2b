import { expect, it } from 'vitest'
import { MovableClock } from './clock.ts'
import type { Sql } from './db.ts'

/** Answers as a database whose clock is so far from this machine's. */
const databaseAhead = (ms: number, offsetMs = 0) => (async () => [{ offset_ms: String(offsetMs), at: Date.now() + ms }]) as unknown as Sql
const aheadOfMachine = (clock: MovableClock) => clock.now().getTime() - Date.now()

it('a clock goes by the database, and leaves small differences alone', async () => {
  const clock = new MovableClock()
  await clock.load(databaseAhead(100))
  expect(aheadOfMachine(clock)).toBe(0)
  await clock.load(databaseAhead(-90_000, 60_000))
  expect(aheadOfMachine(clock)).toBeCloseTo(-30_000, -2)
  const before = aheadOfMachine(clock)
  await clock.load(databaseAhead(-90_100, 60_000))
  expect(aheadOfMachine(clock)).toBe(before)
  await clock.load(databaseAhead(0))
  expect(aheadOfMachine(clock)).toBe(0)
})
