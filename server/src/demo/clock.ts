import { MovableClock } from '../kernel/clock.ts'
import type { When } from './content/types.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** China has one time and no summer time. */
const CHINA_OFFSET_MS = 8 * 60 * MINUTE_MS

/**
 * A clock that is told what time it is, and goes on from there at its usual pace. It never goes back: two things told
 * for the same minute happen one after the other.
 */
export class ScriptedClock extends MovableClock {
  #started = false

  moveTo(moment: Date): void {
    const at = this.#started ? Math.max(moment.getTime(), this.now().getTime()) : moment.getTime()
    this.offsetMs = at - Date.now()
    this.#started = true
  }
}

/** The moment a `When` of the content stands for, seen from the moment of loading. */
export function momentOf(when: When, loadedAt: Date): Date {
  if ('minutesAgo' in when) return new Date(loadedAt.getTime() - when.minutesAgo * MINUTE_MS)
  const [hours = 0, minutes = 0] = when.time.split(':').map(Number)
  return new Date(midnight(loadedAt) + when.day * DAY_MS + (hours * 60 + minutes) * MINUTE_MS)
}

/** `2026-11-03`: the day so many days from that of loading, in China. */
export function dayOf(days: number, loadedAt: Date): string {
  return new Date(midnight(loadedAt) + days * DAY_MS + CHINA_OFFSET_MS).toISOString().slice(0, 10)
}

/** When the day of loading began in China. */
function midnight(loadedAt: Date): number {
  return Math.floor((loadedAt.getTime() + CHINA_OFFSET_MS) / DAY_MS) * DAY_MS - CHINA_OFFSET_MS
}
