import { after } from '@miaodan/shared/kernel/time'

/** China has one time zone and no summer time. */
const CHINA = { hours: 8 }
const LAST_HOUR_FOR_TODAY = 16
const THERE_TODAY_BY = 18
const THERE_TOMORROW_BY = 12

/** When a payout asked for at this moment is there at the latest: today by 18:00 when asked before 16:00, else tomorrow by noon. */
export function payoutArrivesBy(requestedAt: Date): Date {
  const inChina = after(requestedAt, CHINA)
  const midnight = Date.UTC(inChina.getUTCFullYear(), inChina.getUTCMonth(), inChina.getUTCDate())
  const today = inChina.getUTCHours() < LAST_HOUR_FOR_TODAY
  return after(new Date(midnight), { days: today ? 0 : 1, hours: (today ? THERE_TODAY_BY : THERE_TOMORROW_BY) - CHINA.hours })
}
