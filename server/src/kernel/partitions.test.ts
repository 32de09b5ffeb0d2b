/** Partitions by month: made ahead, filled by time, guarded like the whole, and gone when they are over and empty. */
import { randomBytes, randomUUID } from 'node:crypto'
import { sql, type SQL } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { newId } from './ids.ts'
import { dropMonths, keepMonths, makeMonths, MONTHS_AHEAD, monthState } from './partitions.ts'
import { forgetEvents } from './retention.ts'

const TABLES = ['audit_entries', 'ledger_postings', 'messages', 'outbox', 'outbox_receipts']
/** Over long ago, and nobody's. */
const OLD = '2021-03-01'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ features: [] })
})
afterAll(() => t.close())
// A template of the tests may be of a month that is over.
beforeEach(() => makeMonths(t.deps))

const query = async <T extends Record<string, unknown>>(statement: SQL): Promise<T[]> => [...await t.deps.db.execute(statement) as unknown as T[]]
const only = async (statement: SQL): Promise<unknown> => Object.values((await query(statement))[0] ?? {})[0]
const monthsOf = async (table: string): Promise<string[]> => (await query<{ month: string }>(sql`select month::text from month_partitions where parent = ${table}::regclass order by month`)).map(row => row.month)
const ahead = async (months: number): Promise<string> => String(await only(sql`select (date_trunc('month', now() at time zone 'UTC') + make_interval(months => ${months}))::date::text`))
const named = (table: string, month: string): string => `${table}_${month.slice(0, 4)}_${month.slice(5, 7)}`
const ensure = async (table: string, month: string): Promise<unknown> => only(sql`select ensure_month(${table}::regclass, ${month}::date)`)
const drop = (table: string, month: string) => t.deps.db.execute(sql`drop table if exists ${sql.identifier(named(table, month))}`)

/** A UUIDv7 of that moment, by the standard (RFC 9562) and not by the function under test. */
function idAt(moment: string): string {
  const hex = new Date(moment).getTime().toString(16).padStart(12, '0') + randomBytes(10).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
type Told = { id: string, published?: boolean, dead?: boolean, receipts?: number }
async function told({ id, published = false, dead = false, receipts = 0 }: Told): Promise<unknown> {
  const at = (there: boolean) => (there ? sql`now() - interval '1 year'` : sql`null`)
  for (let number = 0; number < receipts; number++) await t.deps.db.execute(sql`insert into outbox_receipts (event_id, subscriber) values (${id}, ${`somebody.${number}`})`)
  return only(sql`insert into outbox (event_id, topic, key, payload, at, published_at, dead_at) values (${id}, 'thing.happened', ${id}, '{}', now(), ${at(published)}, ${at(dead)}) returning tableoid::regclass::text`)
}

it('this month and those after it are there, of every table that is partitioned', async () => {
  expect(await monthState(t.deps.db)).toEqual(TABLES.map(table => ({ table, ahead: MONTHS_AHEAD, strays: false })))
  for (const table of TABLES) expect(await monthsOf(table)).toContain(await ahead(0))
  expect(await query(sql`select * from missing_months(now(), ${MONTHS_AHEAD})`)).toEqual([])
})

it('months that are missing are made once, also by several workers at once, with the keys and indexes of the others', async () => {
  const [second, third] = [await ahead(2), await ahead(3)]
  for (const table of TABLES) for (const month of [second, third]) await drop(table, month)
  expect((await monthState(t.deps.db)).map(state => state.ahead)).toEqual(TABLES.map(() => 1))
  const lines: object[] = []
  const log = { ...t.deps.log, info: (line: object) => void lines.push(line), warn: (line: object) => void lines.push({ warned: line }) } as typeof t.deps.log
  await Promise.all(Array.from({ length: 4 }, () => makeMonths({ ...t.deps, log })))
  const made = TABLES.flatMap(table => [second, third].map(month => ({ table, month })))
  expect(lines).toHaveLength(made.length)
  expect(lines).toEqual(expect.arrayContaining(made))
  for (const table of TABLES) {
    const shapes = await query<{ shape: string }>(sql`
      select distinct (select string_agg(distinct regexp_replace(pg_get_indexdef(indexrelid), ' INDEX [^ ]+ ON [^ ]+', ''), '; ' order by regexp_replace(pg_get_indexdef(indexrelid), ' INDEX [^ ]+ ON [^ ]+', '')) from pg_index where indrelid = inhrelid)
        || (select string_agg(pg_get_constraintdef(oid), '; ' order by pg_get_constraintdef(oid)) from pg_constraint where conrelid = inhrelid) as shape
      from pg_inherits where inhparent = ${table}::regclass`)
    expect([table, shapes.length]).toEqual([table, 1])
  }
})

it('a row lies in the month in which its id was made, to the millisecond, in UTC', async () => {
  expect(await told({ id: newId(), published: true })).toBe(named('outbox', await ahead(0)))
  await ensure('outbox', OLD)
  await t.deps.db.execute(sql`set time zone 'Asia/Shanghai'`)
  expect(await told({ id: idAt('2021-03-01T00:00:00.000Z'), published: true })).toBe('outbox_2021_03')
  expect(await told({ id: idAt('2021-03-31T23:59:59.999Z'), published: true })).toBe('outbox_2021_03')
  expect(await told({ id: idAt('2021-02-28T23:59:59.999Z'), published: true })).toBe('outbox_default')
  expect(await told({ id: idAt('2021-04-01T00:00:00.000Z'), published: true })).toBe('outbox_default')
  expect(await told({ id: randomUUID(), published: true })).toBe('outbox_default')
  await t.deps.db.execute(sql`truncate outbox`)
})

it('an id is taken once, in whatever month', async () => {
  const id = newId()
  await told({ id, published: true })
  await expect(told({ id })).rejects.toMatchObject({ cause: { code: '23505' } })
  await t.deps.db.execute(sql`truncate outbox`)
})

it('a month that has rows in the default partition is left out, which fails nothing and is told', async () => {
  const [second, third] = [await ahead(2), await ahead(3)]
  for (const month of [second, third]) await drop('outbox', month)
  const id = idAt(`${second}T12:00:00Z`)
  expect(await told({ id })).toBe('outbox_default')
  // One that is made of nothing is in nobody's way.
  await told({ id: randomUUID(), dead: true })
  const warned: object[] = []
  await keepMonths({ ...t.deps, log: { ...t.deps.log, info: () => {}, warn: (line: object) => void warned.push(line) } as typeof t.deps.log })
  expect(warned).toEqual([{ table: 'outbox', month: second }])
  expect(await monthsOf('outbox')).toContain(third)
  expect((await monthState(t.deps.db)).find(({ table }) => table === 'outbox')).toEqual({ table: 'outbox', ahead: MONTHS_AHEAD - 1, strays: true })
  await t.deps.db.execute(sql`delete from outbox where event_id = ${id}`)
  expect((await monthState(t.deps.db)).find(({ table }) => table === 'outbox')?.strays).toBe(false)
  await makeMonths(t.deps)
  expect(await monthsOf('outbox')).toContain(second)
  await t.deps.db.execute(sql`truncate outbox`)
})

it('where a table is in use for long nobody stands behind it; the others get their months, and the next run makes up for it', async () => {
  const third = await ahead(3)
  for (const table of ['outbox', 'outbox_receipts']) await drop(table, third)
  let release = () => {}
  const held = new Promise<void>(done => (release = done))
  let reading = () => {}
  const begun = new Promise<void>(done => (reading = done))
  const reader = t.deps.db.transaction(async tx => {
    await tx.execute(sql`select count(*) from outbox`)
    reading()
    await held
  })
  await begun
  const from = performance.now()
  const failed = makeMonths(t.deps)
  await expect(failed).rejects.toMatchObject({ cause: { code: '55P03' } })
  expect(performance.now() - from).toBeLessThan(10_000)
  expect(await monthsOf('outbox_receipts')).toContain(third)
  expect(await monthsOf('outbox')).not.toContain(third)
  release()
  await reader
  await makeMonths(t.deps)
  expect(await monthsOf('outbox')).toContain(third)
})

it('a month of the outbox that is over goes when all its events were forgotten, with its receipts, and not before', async () => {
  for (const table of ['outbox', 'outbox_receipts']) await ensure(table, OLD)
  const [done, waiting, given] = [idAt('2021-03-02T00:00:00Z'), idAt('2021-03-03T00:00:00Z'), idAt('2021-03-04T00:00:00Z')]
  await told({ id: done, published: true, receipts: 2 })
  await told({ id: waiting, receipts: 1 })
  await told({ id: given, dead: true })
  await forgetEvents(t.deps)
  await dropMonths(t.deps)
  expect(await query(sql`select event_id from outbox order by event_id`)).toEqual([{ event_id: waiting }, { event_id: given }])
  expect(await query(sql`select tableoid::regclass::text as month, event_id from outbox_receipts`)).toEqual([{ month: 'outbox_receipts_2021_03', event_id: waiting }])
  expect(await monthsOf('outbox')).toContain(OLD)

  await t.deps.db.execute(sql`update outbox set published_at = now() - interval '1 year', dead_at = null`)
  await forgetEvents(t.deps)
  await Promise.all([dropMonths(t.deps), dropMonths(t.deps)])
  for (const table of ['outbox', 'outbox_receipts']) expect(await monthsOf(table)).toEqual(await Promise.all(Array.from({ length: MONTHS_AHEAD + 1 }, (_, number) => ahead(number))))
  expect(await only(sql`select to_regclass('outbox_2021_03')`)).toBeNull()
})

it('neither this month nor one to come is dropped, nor one of receipts whose events are still there, nor one that was over yesterday', async () => {
  for (const table of ['outbox', 'outbox_receipts']) await ensure(table, OLD)
  await told({ id: idAt('2021-03-04T00:00:00Z'), dead: true })
  const before = await monthsOf('outbox_receipts')
  await dropMonths(t.deps)
  expect(await monthsOf('outbox_receipts')).toEqual(before)
  for (const number of [0, 1]) expect(await only(sql`select drop_empty_month('outbox', ${await ahead(number)}::date)`)).toBe(false)
  expect(await only(sql`select drop_empty_month('outbox', ${OLD}::date)`)).toBe(false)
  await t.deps.db.execute(sql`truncate outbox`)
  await dropMonths(t.deps)
})

it('every partition has each trigger of its table, in the same state', async () => {
  for (const table of ['ledger_postings', 'audit_entries']) await ensure(table, OLD)
  const triggers = (relation: SQL) => sql`array(select format('%s %s %s', tgname, tgenabled, tgtype) from pg_trigger where tgrelid = ${relation} and not tgisinternal order by tgname)`
  const rows = await query<{ table: string, whole: string[], here: string[] }>(sql`
    select inhrelid::regclass::text as table, ${triggers(sql`inhparent`)} as whole, ${triggers(sql`inhrelid`)} as here
    from pg_inherits join pg_class c on c.oid = inhparent where c.relkind = 'p' and c.relnamespace = 'public'::regnamespace`)
  expect(rows.length).toBeGreaterThanOrEqual(TABLES.length * (MONTHS_AHEAD + 2))
  for (const { table, whole, here } of rows) expect([table, here]).toEqual([table, whole])
  const guards = (table: string) => rows.find(row => row.table === table)?.here.map(line => line.split(' ').slice(0, 2).join(' '))
  expect(guards('ledger_postings_2021_03')).toEqual(['ledger_move O', 'ledger_unchanged A'])
  expect(guards('audit_entries_2021_03')).toEqual(['audit_entries_append_only A'])
})

it('a trigger for statements that a later version adds is given to the partitions that are there', async () => {
  await t.deps.db.execute(sql`create trigger later before delete on messages for each statement execute function audit_refuse()`)
  await only(sql`select ensure_months(now(), 0)`)
  await expect(t.deps.db.execute(sql`delete from messages_default`)).rejects.toMatchObject({ cause: { code: '23001' } })
})

it('what staff did is not changed through a partition either, filled or empty, now or in a session without triggers', async () => {
  await t.deps.db.execute(sql`insert into audit_entries (id, at, actor_id, action, entity, entity_id) values (${newId()}, now(), ${newId()}, 'x.done', 'x', ${newId()})`)
  await ensure('audit_entries', OLD)
  for (const partition of ['audit_entries', named('audit_entries', await ahead(0)), 'audit_entries_2021_03', 'audit_entries_default']) {
    for (const statement of [`update ${partition} set reason = 'other'`, `delete from ${partition}`, `truncate ${partition}`]) {
      await expect(t.deps.db.execute(sql.raw(statement)), statement).rejects.toMatchObject({ cause: { code: '23001' } })
      const replica = t.deps.db.transaction(async tx => {
        await tx.execute(sql`set local session_replication_role = replica`)
        await tx.execute(sql.raw(statement))
      })
      await expect(replica, statement).rejects.toMatchObject({ cause: { code: '23001' } })
    }
  }
})

it('a conversation goes on over months: numbers follow, what was sent is not stored again, and a number is taken once', async () => {
  await ensure('messages', OLD)
  const [id, ann, bob] = [newId(), newId(), newId()].sort() as [string, string, string]
  await t.deps.db.execute(sql`insert into conversations (id, low_id, high_id, last_at, created_at) values (${id}, ${ann}, ${bob}, '2021-03-05', '2021-03-05')`)
  const send = async (client: string, at: string) => (await query<{ outcome: string, seq: number }>(sql`select outcome, seq from post_message(${id}, ${ann}, ${client}, 'text', 'hello', '{}', null, ${at}::timestamptz)`))[0]
  expect(await send('one', '2021-03-05T10:00:00Z')).toEqual({ outcome: 'stored', seq: 1 })
  const now = String(await only(sql`select now()::text`))
  expect(await send('two', now)).toEqual({ outcome: 'stored', seq: 2 })
  // Another server's clock is behind: the time follows the numbers.
  expect(await send('three', '2021-03-06T10:00:00Z')).toEqual({ outcome: 'stored', seq: 3 })
  expect([await send('one', now), await send('three', now)]).toEqual([{ outcome: 'again', seq: 1 }, { outcome: 'again', seq: 3 }])
  expect(await query(sql`select tableoid::regclass::text as month, seq from messages where conversation_id = ${id} order by seq`))
    .toEqual([{ month: 'messages_2021_03', seq: 1 }, ...[2, 3].map(seq => ({ month: 'messages_thismonth', seq }))].map(row => ({ ...row, month: row.month.replace('messages_thismonth', named('messages', now.slice(0, 7))) })))
  const raw = (seq: number, client: string) => t.deps.db.execute(sql`insert into messages (conversation_id, seq, sender_id, client_id, kind, created_at) values (${id}, ${seq}, ${ann}, ${client}, 'text', now())`)
  await expect(raw(2, 'four')).rejects.toMatchObject({ cause: { code: '23505' } })
  await expect(raw(4, 'two')).rejects.toMatchObject({ cause: { code: '23505' } })
})

it('months before a conversation are not looked into', async () => {
  for (const month of [OLD, '2021-04-01', '2021-05-01']) await ensure('messages', month)
  const plan = JSON.stringify(await query(sql`explain (costs off) select * from messages where conversation_id = ${newId()} and created_at >= '2021-05-02' and seq < 9 order by seq desc limit 20`))
  expect(plan).toContain('messages_2021_05')
  expect(plan).not.toMatch(/messages_2021_0[34]|Seq Scan/)
})
