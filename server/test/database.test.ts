import postgres from 'postgres'
import { expect, test } from 'vitest'
import { createTestDatabase } from './database.ts'

test('each test database is a migrated copy of its own', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()])
  const [first, second] = [postgres(one.url, { max: 1 }), postgres(other.url, { max: 1 })]
  try {
    await first`create table only_here (id int)`
    const [here] = await first`select to_regclass('only_here') is not null as found, to_regclass('transitions') is not null as migrated`
    const [there] = await second`select to_regclass('only_here') is not null as found, to_regclass('transitions') is not null as migrated`
    expect([here, there]).toMatchObject([{ found: true, migrated: true }, { found: false, migrated: true }])
  } finally {
    await Promise.all([first.end(), second.end()])
    await Promise.all([one.drop(), other.drop()])
  }
})

test('Chinese text has trigrams, which it would lose under the C locale', async () => {
  const database = await createTestDatabase()
  const sql = postgres(database.url, { max: 1, onnotice: () => {} })
  try {
    await sql`create extension if not exists pg_trgm`
    const [row] = await sql`select similarity('商标设计服务', '商标设计') > 0.3 as alike`
    expect(row).toEqual({ alike: true })
  } finally {
    await sql.end()
    await database.drop()
  }
})
