/** Periods of figures, in days of China. */
export const PERIODS = ['week', 'month', 'quarter', 'year'] as const
export type Period = typeof PERIODS[number]

const DAY_MS = 86_400_000
const LENGTHS: Record<Exclude<Period, 'year'>, number> = { week: 7, month: 30, quarter: 90 }

export const dayInChina = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)

/** Whole days up to and with today. */
export function periodOf(period: Period, today: string): { from: string, to: string } {
  if (period === 'year') return { from: `${today.slice(0, 4)}-01-01`, to: today }
  return { from: new Date(Date.parse(`${today}T00:00:00Z`) - (LENGTHS[period] - 1) * DAY_MS).toISOString().slice(0, 10), to: today }
}
