import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockText, minuteOf, quietUntil, type QuietHours } from './quiet-hours.ts'

const hours = (from: string, until: string, timeZone = 'Asia/Shanghai'): QuietHours => ({ fromMinute: minuteOf(from), untilMinute: minuteOf(until), timeZone })
const until = (now: string, quiet: QuietHours): string | null => quietUntil(new Date(now), quiet)?.toISOString() ?? null

describe('quiet hours', () => {
  it('go over midnight, and end in the morning of the person', () => {
    const night = hours('22:00', '08:00')
    expect(until('2026-05-01T13:59:00Z', night)).toBeNull()
    expect(until('2026-05-01T14:00:00Z', night)).toBe('2026-05-02T00:00:00.000Z')
    expect(until('2026-05-01T15:59:59Z', night)).toBe('2026-05-02T00:00:00.000Z')
    expect(until('2026-05-01T16:00:00Z', night)).toBe('2026-05-02T00:00:00.000Z')
    expect(until('2026-05-01T23:59:59Z', night)).toBe('2026-05-02T00:00:00.000Z')
    expect(until('2026-05-02T00:00:00Z', night)).toBeNull()
  })

  it('may lie within a day', () => {
    const noon = hours('12:00', '13:30')
    expect(until('2026-05-01T03:59:00Z', noon)).toBeNull()
    expect(until('2026-05-01T04:00:00Z', noon)).toBe('2026-05-01T05:30:00.000Z')
    expect(until('2026-05-01T05:30:00Z', noon)).toBeNull()
  })

  it('end by the clock of the morning after it was put forward or back in the night', () => {
    const night = hours('22:00', '08:00', 'Europe/Berlin')
    expect(until('2026-03-28T21:30:00Z', night)).toBe('2026-03-29T06:00:00.000Z')
    expect(until('2026-10-24T21:30:00Z', night)).toBe('2026-10-25T07:00:00.000Z')
    // Between the two times it is 02:30.
    expect(until('2026-10-25T00:30:00Z', night)).toBe('2026-10-25T07:00:00.000Z')
  })

  it('end once when the clock shows their end twice, and end when it never shows it', () => {
    expect(until('2026-10-24T22:00:00Z', hours('22:00', '02:30', 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z')
    expect(until('2026-03-29T00:30:00Z', hours('22:00', '02:30', 'Europe/Berlin'))).toBe('2026-03-29T01:30:00.000Z')
  })

  it('are over when their end has come, whatever the hours, the place and the day', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Australia/Lord_Howe', 'America/St_Johns']
    const minute = fc.integer({ min: 0, max: 1439 })
    const moment = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    fc.assert(fc.property(minute, minute, fc.constantFrom(...zones), moment, (fromMinute, untilMinute, timeZone, now) => {
      fc.pre(fromMinute !== untilMinute)
      const end = quietUntil(now, { fromMinute, untilMinute, timeZone })
      if (end === null) return
      expect(end.getTime()).toBeGreaterThan(now.getTime())
      expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
      const there = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(end)
      // Only where the clock jumped over it is it another minute, by as much as it jumped.
      if (there !== clockText(untilMinute)) expect([30, 60]).toContain((minuteOf(there) - untilMinute + 1440) % 1440)
    }), { numRuns: 2_000 })
  })
})
