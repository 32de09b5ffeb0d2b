/** Dates and durations as people say them, in both languages. Pure: the caller gives the time now (see clock.ts). */
import type { Locale } from './locale.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export type Moment = string | number | Date
type Unit = 'day' | 'hour' | 'minute' | 'second'

const millis = (moment: Moment): number => new Date(moment).getTime()

/** Whole calendar days from `now` to `moment` in the reader's time zone; negative is past. */
export function calendarDays(moment: Moment, now: Moment): number {
  const midnight = (value: Moment) => new Date(value).setHours(0, 0, 0, 0)
  return Math.round((midnight(moment) - midnight(now)) / DAY)
}

const formatters = new Map<string, Intl.DateTimeFormat>()
function format(locale: Locale, options: Intl.DateTimeFormatOptions, moment: Moment): string {
  const key = locale + JSON.stringify(options)
  let formatter = formatters.get(key)
  if (!formatter) formatters.set(key, formatter = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options))
  return formatter.format(new Date(moment))
}

/** "14:30". */
export const clockTime = (moment: Moment, locale: Locale): string => format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, moment)

/** "11月8日", "8 Nov"; with the year when it is another one. */
export function dayLabel(moment: Moment, now: Moment, locale: Locale): string {
  const sameYear = new Date(moment).getFullYear() === new Date(now).getFullYear()
  const options: Intl.DateTimeFormatOptions = { month: locale === 'en' ? 'short' : 'long', day: 'numeric' }
  return format(locale, sameYear ? options : { ...options, year: 'numeric' }, moment)
}

const nearDays: Record<Locale, Record<number, string>> = {
  'zh-CN': { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
}

/** "今天", "明天", "周四", then "11月8日". Weekdays only for the six days ahead, where they cannot be mistaken. */
export function dayName(moment: Moment, now: Moment, locale: Locale): string {
  const days = calendarDays(moment, now)
  const near = nearDays[locale][days]
  if (near) return near
  if (days > 0 && days < 7) return format(locale, { weekday: locale === 'en' ? 'long' : 'short' }, moment)
  return dayLabel(moment, now, locale)
}

/** "今天 14:30", "11月8日 14:06", "tomorrow 09:00". */
export function momentLabel(moment: Moment, now: Moment, locale: Locale): string {
  const days = calendarDays(moment, now)
  const day = nearDays[locale][days] ?? dayLabel(moment, now, locale)
  return `${day} ${clockTime(moment, locale)}`
}

/** The full date for titles and tables: "2026年11月8日 14:06:12". */
export const exactLabel = (moment: Moment, locale: Locale): string =>
  format(locale, { year: 'numeric', month: locale === 'en' ? 'short' : 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }, moment)

/** To the second, for what is only right as of then: "10:02:13"; with the date once that is another day. */
export function secondLabel(moment: Moment, now: Moment, locale: Locale): string {
  if (calendarDays(moment, now) !== 0) return exactLabel(moment, locale)
  return format(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }, moment)
}

/** Of a month such as "2026-11": "2026年11月", "November 2026". */
export const monthLabel = (month: string, locale: Locale): string => format(locale, { year: 'numeric', month: 'long' }, `${month}-15T12:00:00Z`)

const units: Record<Locale, Record<Unit, [one: string, many: string]>> = {
  'zh-CN': { day: ['天', '天'], hour: ['小时', '小时'], minute: ['分钟', '分钟'], second: ['秒', '秒'] },
  en: { day: ['day', 'days'], hour: ['hour', 'hours'], minute: ['minute', 'minutes'], second: ['second', 'seconds'] },
}
const sizes: [Unit, number][] = [['day', DAY], ['hour', HOUR], ['minute', MINUTE], ['second', 1000]]

export type DurationPart = { value: number, unit: Unit, label: string }

/** The two largest units of a duration; only one where the second is nothing. Under a minute: seconds. Zero and less: 0 seconds. */
export function durationParts(ms: number, locale: Locale, most = 2): DurationPart[] {
  let rest = Math.max(0, ms)
  const first = sizes.findIndex(([, size]) => rest >= size)
  if (first < 0) return [{ value: 0, unit: 'second', label: units[locale].second[1] }]
  const parts: DurationPart[] = []
  for (const [unit, size] of sizes.slice(first, first + most)) {
    const value = Math.floor(rest / size)
    rest -= value * size
    if (value > 0) parts.push({ value, unit, label: units[locale][unit][value === 1 ? 0 : 1] })
  }
  return parts
}

/** "4 天 6 小时", "6 hours 22 minutes". */
export const durationLabel = (ms: number, locale: Locale, most = 2): string =>
  durationParts(ms, locale, most).map(part => `${part.value} ${part.label}`).join(' ')

/** "刚刚", "8 分钟前", "3 hours ago"; from yesterday on the day and the time. */
export function agoLabel(moment: Moment, now: Moment, locale: Locale): string {
  const ms = millis(now) - millis(moment)
  if (ms < MINUTE) return locale === 'en' ? 'just now' : '刚刚'
  if (ms < HOUR || (ms < DAY && calendarDays(moment, now) === 0)) {
    const duration = durationLabel(ms, locale, 1)
    return locale === 'en' ? `${duration} ago` : `${duration}前`
  }
  return momentLabel(moment, now, locale)
}

/** How near a deadline is. `soon`: within a day, the only time it is coloured. */
export function urgency(due: Moment, now: Moment): 'past' | 'soon' | 'calm' {
  const left = millis(due) - millis(now)
  return left <= 0 ? 'past' : left <= DAY ? 'soon' : 'calm'
}
