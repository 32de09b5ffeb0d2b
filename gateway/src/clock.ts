import type { Store } from './store.ts'

/**
 * Two times. `now` is business time: what expires, what is due, on which day something settled; the product moves
 * it in its demo and tells us. `wall` is the machine's: the age of a signed message is measured on it,
 * so that moving the one never makes the other side's messages look stale.
 */
export type Clock = { now(): number; wall(): number; offsetMs(): number; move(offsetMs: number): void }

const SETTING = 'clock_offset_ms'

export function movableClock(store: Store, wall: () => number): Clock {
  let offset = Number(store.setting(SETTING) ?? 0)
  return {
    wall,
    now: () => wall() + offset,
    offsetMs: () => offset,
    move(offsetMs) {
      store.setSetting(SETTING, String(offsetMs))
      offset = offsetMs
    },
  }
}
