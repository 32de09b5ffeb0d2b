import { randomBytes, randomInt } from 'node:crypto'

/**
 * A number as networks give them: the day in front, so that people can sort them, and 80 random bits behind, for
 * whoever knows a trade's number may open its cashier.
 */
export function newNumber(prefix: 'T' | 'R' | 'P' | 'N', now: number): string {
  const day = chinaDay(now).replaceAll('-', '')
  return `${prefix}${day}${randomBytes(10).toString('hex').toUpperCase()}`
}

export function newCode(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, '0')
}

const CHINA_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 24 * 3_600_000

/** `YYYY-MM-DD` in Asia/Shanghai, which has had no summer time since 1991. */
export function chinaDay(at: number): string {
  return new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 10)
}

/** The first moment of the day and of the one after. */
export function chinaDayBounds(day: string): { from: number; until: number } {
  const from = Date.parse(`${day}T00:00:00.000Z`) - CHINA_OFFSET_MS
  return { from, until: from + DAY_MS }
}
