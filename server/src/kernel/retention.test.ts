/** What is forgotten when its time is over, and all that stays. */
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { newId } from './ids.ts'
import { deadRows, retryDead } from './failures.ts'
import { OutboxRelay } from './outbox.ts'
import { forgetAnswers, forgetEvents } from './retention.ts'
import { idempotencyKeys } from './tables.ts'
import { inTransaction } from './tx.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ features: [], environment: { KEEP_EVENT_DAYS: '10', KEEP_ANSWER_DAYS: '3' } })
})
afterAll(() => t.close())
afterEach(() => t.deps.db.execute(sql`truncate outbox, outbox_receipts, idempotency_keys`))

type Told = { key: string, published?: number, dead?: number, receipts?: number }

/** Ages in days; one that is neither published nor dead waits, however old it is. */
async function told(...events: Told[]): Promise<void> {
  for (const { key, published, dead, receipts = 0 } of events) {
    const ago = (days: number | undefined) => (days === undefined ? null : sql`now() - make_interval(secs => ${Math.round(days * 86_400)})`)
    const eventId = newId()
    await t.deps.db.execute(sql`insert into outbox (event_id, topic, key, payload, at, published_at, dead_at) values (${eventId}, 'thing.happened', ${key}, '{}', now() - interval '1 year', ${ago(published)}, ${ago(dead)})`)
    for (let count = 0; count < receipts; count++) await t.deps.db.execute(sql`insert into outbox_receipts (event_id, subscriber) values (${eventId}, ${`feature.does-${count}`})`)
  }
}

const kept = async (): Promise<string[]> => (await t.deps.db.execute<{ key: string }>(sql`select key from outbox order by id`)).map(({ key }) => key)
const receipts = async (): Promise<number> => (await t.deps.db.execute(sql`select from outbox_receipts`)).length

it('events and their receipts go when every subscriber has had them for as long as the setting says', async () => {
  await told({ key: 'old', published: 10.01, receipts: 2 }, { key: 'young', published: 9.99, receipts: 2 }, { key: 'older', published: 400, receipts: 1 })
  await forgetEvents(t.deps)
  expect(await kept()).toEqual(['young'])
  expect(await receipts()).toBe(2)
})

it('what waits or was given up stays, however old, and is handed on once when it is tried again', async () => {
  await told({ key: 'waiting' }, { key: 'dead', dead: 300, receipts: 1 }, { key: 'old', published: 300 })
  await forgetEvents(t.deps)
  expect(await kept()).toEqual(['waiting', 'dead'])
  const [dead] = await deadRows(t.deps.db, 'event', 1)
  await inTransaction(t.deps.db, tx => retryDead(tx, 'event', dead?.id ?? ''))
  const had: string[] = []
  const relay = new OutboxRelay(t.deps, [0, 1].map(number => ({ name: `feature.does-${number}`, on: ['thing.happened'], handle: async () => void had.push(`feature.does-${number}`) })))
  await relay.drain()
  expect(had.toSorted()).toEqual(['feature.does-0', 'feature.does-1', 'feature.does-1'])
})

it('a heap of what was given up does not hide what is behind it', async () => {
  await told(...Array.from({ length: 7 }, (_, number) => ({ key: `dead ${number}`, dead: 50 })), { key: 'old', published: 50 }, { key: 'young', published: 1 }, { key: 'late', published: 50 })
  await forgetEvents(t.deps, 3)
  expect((await kept()).filter(key => !key.startsWith('dead'))).toEqual(['young'])
})

it('several workers at once forget each once, and none of the others', async () => {
  await told(...Array.from({ length: 60 }, (_, number) => ({ key: String(number), published: number % 2 === 0 ? 50 : 1, receipts: 1 })))
  const lines: { events?: number, receipts?: number }[] = []
  const log = { ...t.deps.log, info: (line: object) => void lines.push(line) } as typeof t.deps.log
  await Promise.all(Array.from({ length: 4 }, () => forgetEvents({ ...t.deps, log }, 7)))
  expect(await kept()).toEqual(Array.from({ length: 30 }, (_, number) => String(number * 2 + 1)))
  expect(await receipts()).toBe(30)
  expect([lines.reduce((sum, { events = 0 }) => sum + events, 0), lines.reduce((sum, line) => sum + (line.receipts ?? 0), 0)]).toEqual([30, 30])
})

it('answers go after as many days as the setting says, in as many turns as it takes', async () => {
  const at = (days: number): Date => new Date(t.deps.clock.now().getTime() - days * 86_400_000)
  await t.deps.db.insert(idempotencyKeys).values([3.01, 2.99, 9, 8, 7].map(days => ({ owner: 'ann', key: String(days), contract: 'x', requestHash: 'x', createdAt: at(days) })))
  await forgetAnswers(t.deps, 2)
  expect((await t.deps.db.select({ key: idempotencyKeys.key }).from(idempotencyKeys)).map(({ key }) => key)).toEqual(['2.99'])
})
