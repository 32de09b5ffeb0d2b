/** Brings a database to the schema of this version: the SQL files of migrations/ in order, then the lifecycles' edges. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { lifecycles } from '@miaodan/shared/lifecycles'
import { entriesOf } from '@miaodan/shared/kernel/lifecycle'
import postgres from 'postgres'
import { sqlState } from './db.ts'
import { dangersOf, statementsOf } from './migration-rules.ts'
import { stepsOf } from './partitioned-index.ts'

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url))
/** Any fixed number: whoever holds it is the one process that migrates. */
const LOCK = 7_420_112_601

/** Files up to this number are the first version: none before it can be running. */
const FIRST_VERSION = 29
/** Where a statement stands first in line for a table that is in use, everybody else stands behind it: it gives up soon, and tries again. */
const LOCK_TIMEOUT = '3s'
const LOCK_NOT_AVAILABLE = '55P03'
const LOCK_TRIES = 20
const LOCK_PAUSE_MS = 1_000
const LOCK_POLL_MS = 100
/** First line of a file whose statements are carried out one by one (create index concurrently); each must bear being repeated. */
const WITHOUT_TRANSACTION = '-- without a transaction'

export type Migration = { name: string, sql: string, sha256: string }

export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter(name => /^\d{4}_\w+\.sql$/.test(name)).sort()
  return Promise.all(names.map(async name => {
    const sql = await readFile(FOLDER + name, 'utf8')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  }))
}

/**
 * Applies what is missing, each file in a transaction of its own, under a lock so that processes starting together do
 * it once. The version before may be running meanwhile. Throws when a file that was applied before has been changed
 * since, and for one that would break or hold up the version before.
 */
export async function migrate(url: string, migrations?: readonly Migration[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await takeLock(sql)
    await sql`create table if not exists migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
    await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, false)`
    const applied = new Map((await sql<{ name: string, sha256: string }[]>`select name, sha256 from migrations`).map(row => [row.name, row.sha256]))
    for (const migration of migrations ?? await readMigrations()) {
      const before = applied.get(migration.name)
      if (before === migration.sha256) continue
      if (before) throw new Error(`Migration ${migration.name} was applied with other content. Add a new file instead of changing it.`)
      const dangers = Number(migration.name.slice(0, 4)) > FIRST_VERSION ? dangersOf(migration.sql) : []
      if (dangers.length > 0) throw new Error(`Migration ${migration.name} is not safe while the version before it runs:\n${dangers.join('\n')}`)
      await apply(sql, migration)
    }
    await copyLifecycles(sql)
  } finally {
    await sql.end()
  }
}

/** By asking again and again: an index that is built concurrently waits for every statement under way, also for one that waits for this lock. */
async function takeLock(sql: postgres.Sql): Promise<void> {
  for (;; await delay(LOCK_POLL_MS)) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${LOCK}::bigint) as taken`
    if (row?.taken) return
  }
}

async function apply(sql: postgres.Sql, migration: Migration): Promise<void> {
  const record = (tx: postgres.Sql | postgres.TransactionSql) => tx`insert into migrations (name, sha256) values (${migration.name}, ${migration.sha256})`
  for (let attempt = 1; ; attempt++) {
    try {
      if (!migration.sql.startsWith(WITHOUT_TRANSACTION)) {
        await sql.begin(async tx => {
          await tx.unsafe(migration.sql)
          await record(tx)
        })
        return
      }
      for (const { text } of statementsOf(migration.sql)) for (const step of await stepsOf(sql, text)) await sql.unsafe(step)
      await record(sql)
      return
    } catch (error) {
      if (sqlState(error) !== LOCK_NOT_AVAILABLE || attempt === LOCK_TRIES) throw error
      await delay(LOCK_PAUSE_MS)
    }
  }
}

/** Edges are only added: one that was legal once stays recordable, so that history keeps its foreign key. */
async function copyLifecycles(sql: postgres.Sql): Promise<void> {
  const edges = lifecycles.flatMap(lifecycle => entriesOf(lifecycle).flatMap(([action, transition]) =>
    transition.from.map(from => ({ entity: lifecycle.name, action, from_state: from, to_state: transition.to }))))
  if (edges.length > 0) await sql`insert into lifecycle_edges ${sql(edges)} on conflict do nothing`
}
