/** Events, deadlines and other work kept in a table that was given up after many tries: reading it, and having it tried again. */
import { sql, type SQL } from 'drizzle-orm'
import type { Executor, Tx } from './db.ts'
import { wakeSweeper } from './deadlines.ts'
import { wakeRelay } from './outbox.ts'
import type { QueueState } from './queues.ts'
import { afterCommit } from './tx.ts'

export type DeadKind = 'event' | 'deadline' | 'sending'
/** `id` is the row's own. */
export type DeadRow = { id: string, kind: DeadKind, name: string, about: string, error: string, attempts: number, givenUpAt: Date, values: Record<string, unknown> }

/** A table with attempts, last_error and dead_at. `again` is what else is set so that a row is tried again. */
type Source = { table: SQL, id: SQL, name: SQL, about: SQL, values: SQL, again: SQL, wake: () => void }
const sources = new Map<DeadKind, Source>([
  ['event', { table: sql`outbox`, id: sql`event_id`, name: sql`topic`, about: sql`key`, values: sql`payload`, again: sql`claimed_until = null`, wake: wakeRelay }],
  ['deadline', { table: sql`deadlines`, id: sql`id`, name: sql`entity || '.' || action`, about: sql`entity_id::text`, values: sql`data`, again: sql`retry_at = null`, wake: wakeSweeper }],
])

/** The feature whose table it is calls this when it is loaded. */
export function registerDeadWork(kind: DeadKind, source: Source): void {
  sources.set(kind, source)
}

export const deadKinds = (): readonly DeadKind[] => [...sources.keys()]
export const isDeadKind = (kind: string): kind is DeadKind => sources.has(kind as DeadKind)

function sourceOf(kind: DeadKind): Source {
  const source = sources.get(kind)
  if (!source) throw new Error(`nobody keeps given up work of the kind ${kind}`)
  return source
}

export async function deadRows(db: Executor, kind: DeadKind, limit: number): Promise<DeadRow[]> {
  const { table, id, name, about, values } = sourceOf(kind)
  const rows = await db.execute<{ id: string, name: string, about: string, error: string | null, attempts: number, given_up_at: string, values: Record<string, unknown> }>(sql`
    select ${id} as id, ${name} as name, ${about} as about, last_error as error, attempts, dead_at as given_up_at, ${values} as values from ${table}
    where dead_at is not null order by dead_at desc limit ${limit}`)
  return rows.map(({ given_up_at, error, ...row }) => ({ ...row, kind, error: error ?? '', givenUpAt: new Date(given_up_at) }))
}

/** Has it tried again, from the first attempt on. Answers what it was, or nothing when it is not given up (any more). */
export async function retryDead(tx: Tx, kind: DeadKind, wanted: string): Promise<{ name: string, attempts: number, error: string } | undefined> {
  const { table, id, name, again, wake } = sourceOf(kind)
  const [before] = await tx.execute<{ name: string, attempts: number, error: string | null }>(sql`
    select ${name} as name, attempts, last_error as error from ${table} where ${id} = ${wanted}::uuid and dead_at is not null for update`)
  if (!before) return undefined
  await tx.execute(sql`update ${table} set dead_at = null, attempts = 0, ${again} where ${id} = ${wanted}::uuid`)
  afterCommit(tx, wake)
  return { ...before, error: before.error ?? '' }
}

/** How many rows of each kind were given up, and since when the oldest is. */
export async function givenUp(db: Executor): Promise<Record<DeadKind, QueueState>> {
  const rows = await db.execute<{ kind: DeadKind, waiting: string, oldest: string | null }>(sql.join(
    [...sources].map(([kind, { table }]) => sql`select ${kind}::text as kind, count(*) as waiting, min(dead_at) as oldest from ${table} where dead_at is not null`), sql` union all `))
  const none: QueueState = { waiting: 0, oldestAt: null }
  return { event: none, deadline: none, sending: none, ...Object.fromEntries(rows.map(({ kind, waiting, oldest }) => [kind, { waiting: Number(waiting), oldestAt: oldest ? new Date(oldest) : null }])) }
}
