/** Events and deadlines that were given up after many tries: reading them, and having them tried again. */
import { sql, type SQL } from 'drizzle-orm'
import type { Executor, Tx } from './db.ts'
import { wakeSweeper } from './deadlines.ts'
import { wakeRelay } from './outbox.ts'
import type { QueueState } from './queues.ts'
import { afterCommit } from './tx.ts'

export type DeadKind = 'event' | 'deadline'
/** `id` is the event's or the deadline's own. */
export type DeadRow = { id: string, kind: DeadKind, name: string, about: string, error: string, attempts: number, givenUpAt: Date, values: Record<string, unknown> }

/** The two tables with the same names for the same things. */
const SOURCES: Record<DeadKind, { table: SQL, id: SQL, name: SQL, about: SQL, values: SQL, again: SQL, wake: () => void }> = {
  event: { table: sql`outbox`, id: sql`event_id`, name: sql`topic`, about: sql`key`, values: sql`payload`, again: sql`claimed_until = null`, wake: wakeRelay },
  deadline: { table: sql`deadlines`, id: sql`id`, name: sql`entity || '.' || action`, about: sql`entity_id::text`, values: sql`data`, again: sql`retry_at = null`, wake: wakeSweeper },
}

export async function deadRows(db: Executor, kind: DeadKind, limit: number): Promise<DeadRow[]> {
  const { table, id, name, about, values } = SOURCES[kind]
  const rows = await db.execute<{ id: string, name: string, about: string, error: string | null, attempts: number, given_up_at: string, values: Record<string, unknown> }>(sql`
    select ${id} as id, ${name} as name, ${about} as about, last_error as error, attempts, dead_at as given_up_at, ${values} as values from ${table}
    where dead_at is not null order by dead_at desc limit ${limit}`)
  return rows.map(({ given_up_at, error, ...row }) => ({ ...row, kind, error: error ?? '', givenUpAt: new Date(given_up_at) }))
}

/** Has it tried again, from the first attempt on. Answers what it was, or nothing when it is not given up (any more). */
export async function retryDead(tx: Tx, kind: DeadKind, wanted: string): Promise<{ name: string, attempts: number, error: string } | undefined> {
  const { table, id, name, again, wake } = SOURCES[kind]
  const [before] = await tx.execute<{ name: string, attempts: number, error: string | null }>(sql`
    select ${name} as name, attempts, last_error as error from ${table} where ${id} = ${wanted}::uuid and dead_at is not null for update`)
  if (!before) return undefined
  await tx.execute(sql`update ${table} set dead_at = null, attempts = 0, ${again} where ${id} = ${wanted}::uuid`)
  afterCommit(tx, wake)
  return { ...before, error: before.error ?? '' }
}

/** How many events and deadlines were given up. */
export async function givenUp(db: Executor): Promise<QueueState> {
  const [row] = await db.execute<{ waiting: string, oldest: string | null }>(sql`
    select count(*) as waiting, min(dead_at) as oldest from (select dead_at from outbox where dead_at is not null union all select dead_at from deadlines where dead_at is not null) as dead`)
  return { waiting: Number(row?.waiting ?? 0), oldestAt: row?.oldest ? new Date(row.oldest) : null }
}
