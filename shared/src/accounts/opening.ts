/** Whether a provider is open at a moment. Opening hours are meant in China's time, which has no summer time. */
import type { WeeklyHours } from './provider.ts'

const CHINA_OFFSET_MS = 8 * 3600 * 1000
type Weekday = keyof WeeklyHours

/** Both ends of a holiday belong to it. No opening hours at all means always open. */
export function isOpenAt(moment: Date, hours: WeeklyHours, holiday: { from: string, until: string } | null): { onHoliday: boolean, openNow: boolean } {
  const inChina = new Date(moment.getTime() + CHINA_OFFSET_MS).toISOString()
  const day = inChina.slice(0, 10)
  const time = inChina.slice(11, 16)
  const onHoliday = holiday !== null && holiday.from <= day && day <= holiday.until
  const weekday = String(new Date(`${day}T00:00:00Z`).getUTCDay() || 7) as Weekday
  const today = hours[weekday]
  const openNow = !onHoliday && (Object.keys(hours).length === 0 || (today !== undefined && today[0] <= time && time < today[1]))
  return { onHoliday, openNow }
}
