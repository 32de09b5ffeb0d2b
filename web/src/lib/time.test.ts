import { describe, expect, test } from 'vitest'
import { agoLabel, dayName, durationLabel, exactLabel, momentLabel, monthLabel, secondLabel, urgency } from './time.ts'

// Local times, so that the test says the same in every time zone.
const now = new Date(2026, 10, 24, 14, 30)
const at = (day: number, hour: number, minute = 0, month = 10, year = 2026) => new Date(year, month, day, hour, minute)
const HOUR = 3_600_000

describe('dates as people say them', () => {
  test('near days have names, others their date, other years their year', () => {
    expect(momentLabel(at(24, 9, 5), now, 'zh-CN')).toBe('今天 09:05')
    expect(momentLabel(at(25, 0), now, 'zh-CN')).toBe('明天 00:00')
    expect(momentLabel(at(23, 23, 59), now, 'zh-CN')).toBe('昨天 23:59')
    expect(momentLabel(at(8, 14, 6), now, 'zh-CN')).toBe('11月8日 14:06')
    expect(momentLabel(at(8, 14, 6, 10, 2025), now, 'zh-CN')).toBe('2025年11月8日 14:06')
    expect(momentLabel(at(25, 9), now, 'en')).toBe('tomorrow 09:00')
    expect(momentLabel(at(8, 14, 6), now, 'en')).toBe('8 Nov 14:06')
  })

  test('a weekday only names one of the six days ahead', () => {
    expect(dayName(at(27, 9), now, 'zh-CN')).toBe('周五')
    expect(dayName(at(27, 9), now, 'en')).toBe('Friday')
    expect(dayName(at(1, 9, 0, 11), now, 'zh-CN')).toBe('12月1日')
    expect(dayName(at(20, 9), now, 'zh-CN')).toBe('11月20日')
  })

  test('the exact time has seconds', () => {
    expect(exactLabel(at(8, 14, 6), 'zh-CN')).toBe('2026年11月8日 14:06:00')
    expect([secondLabel(at(24, 9, 5), now, 'zh-CN'), secondLabel(at(23, 9, 5), now, 'en')]).toEqual(['09:05:00', '23 Nov 2026, 09:05:00'])
    expect([monthLabel('2026-11', 'zh-CN'), monthLabel('2026-11', 'en')]).toEqual(['2026年11月', 'November 2026'])
  })
})

describe('durations', () => {
  test('the two largest units, without a second one of nothing', () => {
    expect(durationLabel(102.5 * HOUR, 'zh-CN')).toBe('4 天 6 小时')
    expect(durationLabel(6 * HOUR + 22 * 60_000 + 5_000, 'zh-CN')).toBe('6 小时 22 分钟')
    expect(durationLabel(48 * HOUR, 'en')).toBe('2 days')
    expect(durationLabel(25 * HOUR, 'en')).toBe('1 day 1 hour')
    expect(durationLabel(24 * HOUR + 60_000, 'zh-CN')).toBe('1 天')
  })

  test('the last minute counts in seconds, and never below zero', () => {
    expect(durationLabel(45_900, 'zh-CN')).toBe('45 秒')
    expect(durationLabel(-5, 'en')).toBe('0 seconds')
  })

  test('what was just now, today and before', () => {
    expect(agoLabel(new Date(now.getTime() - 30_000), now, 'zh-CN')).toBe('刚刚')
    expect(agoLabel(at(24, 14, 22), now, 'zh-CN')).toBe('8 分钟前')
    expect(agoLabel(at(24, 11, 30), now, 'en')).toBe('3 hours ago')
    expect(agoLabel(at(23, 20), now, 'zh-CN')).toBe('昨天 20:00')
  })

  test('a deadline is near within a day', () => {
    expect(urgency(at(25, 14, 30), now)).toBe('soon')
    expect(urgency(at(26, 0), now)).toBe('calm')
    expect(urgency(now, now)).toBe('past')
  })
})
