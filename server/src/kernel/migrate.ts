/** Brings a database to the schema of this version: the SQL files of migrations/ in order, then the lifecycles' edges. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { lifecycles } from '@miaodan/shared/lifecycles'
import { entriesOf } from '@miaodan/shared/kernel/lifecycle'
import postgres from 'postgres'

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url))
/** Any fixed number: whoever holds it is the one process that migrates. */
const LOCK = 7_420_112_601

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
 * it once. Throws when a file that was applied before has been changed since.
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${LOCK}::bigint)`
    await sql`create table if not exists migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
    const applied = new Map((await sql<{ name: string, sha256: string }[]>`select name, sha256 from migrations`).map(row => [row.name, row.sha256]))
    for (const migration of await readMigrations()) {
      const before = applied.get(migration.name)
      if (before === migration.sha256) continue
      if (before) throw new Error(`Migration ${migration.name} was applied with other content. Add a new file instead of changing it.`)
      await sql.begin(async tx => {
        await tx.unsafe(migration.sql)
        await tx`insert into migrations (name, sha256) values (${migration.name}, ${migration.sha256})`
      })
    }
    await copyLifecycles(sql)
  } finally {
    await sql.end()
  }
}

/** Edges are only added: one that was legal once stays recordable, so that history keeps its foreign key. */
async function copyLifecycles(sql: postgres.Sql): Promise<void> {
  const edges = lifecycles.flatMap(lifecycle => entriesOf(lifecycle).flatMap(([action, transition]) =>
    transition.from.map(from => ({ entity: lifecycle.name, action, from_state: from, to_state: transition.to }))))
  if (edges.length > 0) await sql`insert into lifecycle_edges ${sql(edges)} on conflict do nothing`
}
