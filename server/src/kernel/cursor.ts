/**
 * Cursors of lists that are sorted by a moment and, where moments are equal, by an id: `<milliseconds>_<id>` of the last
 * row shown. One that cannot be read begins the list anew.
 */
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** The last moment of the year 9999: later than everything, and still a moment to Postgres. */
export const LATEST_MS = 253_402_300_799_999

const CURSOR = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export const cursorAt = (at: Date | number, id: string): string => `${Number(at)}_${id}`

export function readCursor(cursor: string | undefined): { ms: number, id: string } | undefined {
  const [, ms, id] = CURSOR.exec(cursor ?? '') ?? []
  return ms === undefined || id === undefined || Number(ms) > LATEST_MS ? undefined : { ms: Number(ms), id }
}

/** What comes after the cursor in a list whose newest is first. */
export function earlierThan(cursor: string | undefined, at: PgColumn, id: PgColumn): SQL | undefined {
  const last = readCursor(cursor)
  return last && sql`(${at}, ${id}) < (${new Date(last.ms).toISOString()}::timestamptz, ${last.id}::uuid)`
}
