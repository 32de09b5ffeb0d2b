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

it('an index on a table that is partitioned is made concurrently, goes on after it was cut off, and is there for months to come', async () => {
  const database = await createTestDatabase()
  const sql = postgres(database.url, { onnotice: () => {} })
  const index = [file('9001_index.sql', '-- without a transaction\ncreate unique index concurrently outbox_topics on outbox (topic, event_id) where dead_at is null;\ncreate index concurrently outbox_times on outbox using brin (at);')]
  // Another index has the name that the last partition's is to have.
  await sql`create unique index outbox_topics_default on outbox_default (topic)`
  await expect(migrate(database.url, index)).rejects.toThrow(/outbox_topics_default|cannot attach/)
  await sql`drop index outbox_topics_default`
  await migrate(database.url, index)
  await sql`select ensure_month('outbox', '2021-03-01')`
  for (const name of ['outbox_topics', 'outbox_times']) {
    expect(await sql`select indisvalid as valid from pg_index where indexrelid = ${name}::regclass`).toEqual([{ valid: true }])
    const [{ indexes, partitions } = {}] = await sql`select (select count(*) from pg_inherits where inhparent = ${name}::regclass) as indexes, (select count(*) from pg_inherits where inhparent = 'outbox'::regclass) as partitions`
    expect([name, indexes]).toEqual([name, partitions])
  }
  await sql.end()
  await database.drop()
})
