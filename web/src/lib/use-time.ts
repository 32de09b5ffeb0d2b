/** The functions of time.ts bound to the reader's language and the server's clock; results follow both. */
import { useNow } from './clock.ts'
import { locale } from './locale.ts'
import { agoLabel, clockTime, dayLabel, dayName, durationLabel, exactLabel, momentLabel, monthLabel, secondLabel, urgency, type Moment } from './time.ts'

export function useTime() {
  const now = useNow()
  return {
    now,
    /** 今天 14:30 */
    moment: (at: Moment) => momentLabel(at, now.value, locale.value),
    /** 今天 · 周四 · 11月8日 */
    day: (at: Moment) => dayName(at, now.value, locale.value),
    /** 11月8日 */
    date: (at: Moment) => dayLabel(at, now.value, locale.value),
    /** 14:30 */
    clock: (at: Moment) => clockTime(at, locale.value),
    /** 2026年11月8日 14:06:12 */
    exact: (at: Moment) => exactLabel(at, locale.value),
    /** 14:06:12 */
    second: (at: Moment) => secondLabel(at, now.value, locale.value),
    /** 2026年11月 */
    month: (month: string) => monthLabel(month, locale.value),
    /** 8 分钟前 */
    ago: (at: Moment) => agoLabel(at, now.value, locale.value),
    /** 4 天 6 小时 */
    duration: (ms: number, most?: number) => durationLabel(ms, locale.value, most),
    urgency: (due: Moment) => urgency(due, now.value),
  }
}
