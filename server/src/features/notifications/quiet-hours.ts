/** When a notice that may wait may go out: pure reckoning with the clock of a person's time zone. */

/** Minutes of the day, 0 to 1439. `fromMinute` later than `untilMinute`: over midnight. */
export type QuietHours = { fromMinute: number, untilMinute: number, timeZone: string }

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
const DAY_MS = DAY_MINUTES * MINUTE_MS

/**
 * The end of the quiet hours that `now` falls into, or null when it falls into none. An end that comes twice, when the
 * clock is put back, is the first to come; one that the clock jumps over, when it is put forward, is as much later.
 */
export function quietUntil(now: Date, { fromMinute, untilMinute, timeZone }: QuietHours): Date | null {
  const here = clockOf(timeZone)(now)
  const sinceMidnight = Math.floor((here - midnightOf(here)) / MINUTE_MS)
  const overMidnight = fromMinute > untilMinute
  const quiet = overMidnight ? sinceMidnight >= fromMinute || sinceMidnight < untilMinute : sinceMidnight >= fromMinute && sinceMidnight < untilMinute
  if (!quiet) return null
  const endsTomorrow = sinceMidnight >= untilMinute
  return momentAt(midnightOf(here) + (endsTomorrow ? DAY_MS : 0) + untilMinute * MINUTE_MS, now, timeZone)
}

/** The first moment after `now` at which the clock there shows this. Clock readings are kept as if they were UTC. */
function momentAt(reading: number, now: Date, timeZone: string): Date {
  const clock = clockOf(timeZone)
  const offsetAt = (moment: number): number => clock(new Date(moment)) - Math.floor(moment / MINUTE_MS) * MINUTE_MS
  const offsets = [offsetAt(now.getTime()), offsetAt(now.getTime() + DAY_MS), offsetAt(reading - offsetAt(now.getTime()))]
  const moments = offsets.map(offset => reading - offset).filter(moment => moment > now.getTime() && clock(new Date(moment)) === reading).sort((a, b) => a - b)
  return new Date(moments[0] ?? reading - (offsets[0] ?? 0))
}

const midnightOf = (reading: number): number => Math.floor(reading / DAY_MS) * DAY_MS

const clocks = new Map<string, (moment: Date) => number>()

/** What the clock of a time zone shows at a moment, to the minute, as if it were UTC. */
function clockOf(timeZone: string): (moment: Date) => number {
  const known = clocks.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' })
  const clock = (moment: Date): number => {
    const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'])
  }
  clocks.set(timeZone, clock)
  return clock
}

export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
export const clockText = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
