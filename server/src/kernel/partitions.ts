/**
 * Months of the tables that are partitioned by month (migrations/0001_kernel.sql says which, and how): made ahead of time,
 * and, of the outbox, dropped when they are over and everything in them was forgotten.
 */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { Executor } from './db.ts'

/** After the current one. A worker may be away for so long before a month is missing. */
export const MONTHS_AHEAD = 3

type Kept = Pick<Deps, 'db' | 'log'>
type Month = { parent: string, month: string }

/** `ahead`: months after the current one that are there. `strays`: whether the default partition has rows of a month that was not there in time. */
export type MonthState = { table: string, ahead: number, strays: boolean }

export async function keepMonths(deps: Kept): Promise<void> {
  await makeMonths(deps)
  await dropMonths(deps)
  await analyzeWholes(deps)
}

/** Harmless to do in several workers at once. Each month in a transaction of its own, so that no lock is held for long. */
export async function makeMonths({ db, log }: Kept): Promise<void> {
  const missing = await db.execute<Month>(sql`select parent::text, month::text from missing_months(now(), ${MONTHS_AHEAD})`)
  await each(missing, async ({ parent, month }) => {
    const [row] = await db.execute<{ outcome: 'made' | 'there' | 'left_out' }>(sql`select ensure_month(${parent}::regclass, ${month}::date) as outcome`)
    if (row?.outcome === 'made') log.info({ table: parent, month }, 'month made')
    if (row?.outcome === 'left_out') log.warn({ table: parent, month }, 'month left out: the default partition has rows of it')
  })
}

/** Of the outbox and its receipts. What waits or was given up keeps its month, and the receipts of that month. */
export async function dropMonths({ db, log }: Kept): Promise<void> {
  for (const table of ['outbox', 'outbox_receipts']) {
    const over = await db.execute<Month>(sql`
      select parent::text, month::text from month_partitions here where parent = ${table}::regclass and month < now() at time zone 'UTC'
        and (parent = 'outbox'::regclass or not exists (select from month_partitions there where there.parent = 'outbox'::regclass and there.month = here.month))`)
    await each(over, async ({ parent, month }) => {
      const [row] = await db.execute<{ dropped: boolean }>(sql`select drop_empty_month(${parent}::regclass, ${month}::date) as dropped`)
      if (row?.dropped) log.info({ table: parent, month }, 'empty month dropped')
    })
  }
}

/** Postgres keeps the statistics of each partition by itself, but not those of the whole, by which it plans joins. */
async function analyzeWholes({ db }: Kept): Promise<void> {
  for (const { table } of await monthState(db)) await db.execute(sql`analyze only ${sql.identifier(table)}`)
}

export async function monthState(executor: Executor): Promise<MonthState[]> {
  return executor.execute<MonthState>(sql`select parent::text as table, ahead, strays from month_state()`)
}

/** One that is in use now (it waits half a second) does not keep the others from it. @throws the first error, when all were tried */
async function each(months: readonly Month[], work: (month: Month) => Promise<void>): Promise<void> {
  const errors: unknown[] = []
  for (const month of months) await work(month).catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}
