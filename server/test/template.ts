/** The migrated database that every test database is a copy of. Its name holds a hash of all that it is made from. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { lifecycles } from '@miaodan/shared/lifecycles'
import postgres from 'postgres'
import { migrate, readMigrations } from '../src/kernel/migrate.ts'

const LOCK = 7_420_112_602
const TEMPLATES_KEPT = 4

/** Makes the template unless it is there. Runs that start together make it once. Returns its name. */
export async function ensureTemplate(url: string): Promise<string> {
  const name = `template_${await hashOfSchema()}`
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${LOCK}::bigint)`
    const [existing] = await sql`select 1 from pg_database where datname = ${name}`
    if (existing) return name
    const unfinished = `${name}_unfinished`
    await sql`drop database if exists ${sql(unfinished)} with (force)`
    await sql`create database ${sql(unfinished)}`
    await migrate(databaseUrl(url, unfinished))
    await sql`alter database ${sql(unfinished)} rename to ${sql(name)}`
    return name
  } finally {
    await sql.end()
  }
}

export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

export async function dropDatabasesOf(sql: postgres.Sql, run: string): Promise<void> {
  await dropAll(sql, await databasesLike(sql, `run_${run}_%`))
}

/** What killed runs left, and templates of old migrations. Only safe while no run is under way. */
export async function dropLeftovers(sql: postgres.Sql): Promise<void> {
  const templates = await databasesLike(sql, 'template_%')
  await dropAll(sql, [...(await databasesLike(sql, 'run_%')), ...templates.slice(TEMPLATES_KEPT)])
}

async function databasesLike(sql: postgres.Sql, pattern: string): Promise<string[]> {
  // Younger databases have higher object ids: the newest come first.
  const rows = await sql<{ datname: string }[]>`
    select datname from pg_database
    where datname like ${pattern.replaceAll('_', '\\_')} and not datistemplate
    order by oid desc`
  return rows.map((row) => row.datname)
}

async function dropAll(sql: postgres.Sql, names: string[]): Promise<void> {
  for (const name of names) await sql`drop database if exists ${sql(name)} with (force)`
}

async function hashOfSchema(): Promise<string> {
  const migrations = await readMigrations()
  const runner = await readFile(new URL('../src/kernel/migrate.ts', import.meta.url), 'utf8')
  const parts = JSON.stringify([runner, lifecycles, migrations.map((migration) => [migration.name, migration.sha256])])
  return createHash('sha256').update(parts).digest('hex').slice(0, 16)
}
