import postgres from 'postgres'
import { expect, it } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { migrate, readMigrations } from './migrate.ts'

const file = (name: string, sql: string) => ({ name, sql, sha256: `sha of ${sql}` })

it('a database that is in use is migrated once, waits for nobody long, and takes no file that would break the version before', { timeout: 60_000 }, async () => {
  const database = await createTestDatabase()
  const sql = postgres(database.url, { onnotice: () => {} })
  const first = await readMigrations()
  const more = [file('9001_more.sql', 'alter table clock add column more text;'), file('9002_index.sql', '-- without a transaction\ncreate index concurrently clock_more on clock (more);')]
  // Somebody has the table in his hands for longer than a lock is waited for.
  const busy = sql.begin(async tx => {
    await tx`select * from clock for update`
    await tx`select pg_sleep(4)`
  })
  await expect.poll(async () => (await sql`select 1 from pg_locks where relation = 'clock'::regclass`).length).toBeGreaterThan(0)
  await Promise.all([migrate(database.url, [...first, ...more]), migrate(database.url, [...first, ...more]), busy])
  expect(await sql`select name from migrations where name like '9%' order by name`).toMatchObject([{ name: '9001_more.sql' }, { name: '9002_index.sql' }])
  expect(await sql`select 1 from pg_indexes where indexname = 'clock_more'`).toHaveLength(1)
  await expect(migrate(database.url, [file('9003_drop.sql', 'alter table clock drop column more;')])).rejects.toThrow('9003_drop.sql is not safe')
  await sql.end()
  await database.drop()
})
