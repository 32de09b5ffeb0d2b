/** Numbers that people read to each other: what it is, the day on which people in China write it, and a few digits. */
import { randomInt } from 'node:crypto'
import { after } from '@miaodan/shared/kernel/time'

/** China has one time zone and no summer time. */
const CHINA_OFFSET = { hours: 8 }
const DIGITS = 5
const TRIES_A_LENGTH = 4
const MAX_TRIES = 12

/**
 * Numbers are random within their day, so that they tell nobody how many there are; a taken one is drawn again, longer.
 * `insert` answers nothing when the number is taken.
 */
export async function withNumber<T>(prefix: string, now: Date, insert: (number: string) => Promise<T | undefined>): Promise<T> {
  const day = after(now, CHINA_OFFSET).toISOString().slice(2, 10).replaceAll('-', '')
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const digits = DIGITS + Math.floor(attempt / TRIES_A_LENGTH)
    const inserted = await insert(`${prefix}${day}${String(randomInt(10 ** digits)).padStart(digits, '0')}`)
    if (inserted !== undefined) return inserted
  }
  throw new Error(`no free number was found for ${prefix}`)
}
