/** A database of its own for a test file: real Postgres, migrated, empty, made in some 40 ms. */
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { databaseUrl } from './template.ts'

export type TestDatabase = { url: string; drop(): Promise<void> }

/** Call it once a file, in beforeAll. A database that is not dropped goes with the run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  // Here, because the drill uses these tools outside of vitest.
  const { inject } = await import('vitest')
  const { url, template, run } = inject('testPostgres')
  const name = `run_${run}_${randomBytes(5).toString('hex')}`
  await administer(url, (sql) => sql`create database ${sql(name)} template ${sql(template)}`)
  return {
    url: databaseUrl(url, name),
    drop: () => administer(url, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  }
}

async function administer(url: string, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}
