/** Rows through PgBouncer in transaction pooling, with fewer sessions than there are connections; what needs a session asks Postgres itself. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from './app.ts'
import { publishedService } from './catalog.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { findWrong } from './crash/checks.ts'
import { done, runningOrder } from './orders.ts'
import { signUp } from './people.ts'
import { followsPrepared, hasPgBouncer, startPgBouncer, type TestPooler } from './pgbouncer.ts'

const SESSIONS = 3
const AT_ONCE = 40

describe.skipIf(!hasPgBouncer()).each(['0', ...followsPrepared() ? ['1'] : []])('behind PgBouncer, DATABASE_PREPARE=%s', prepare => {
  let database: TestDatabase
  let pooler: TestPooler
  let t: TestApp
  beforeAll(async () => {
    database = await createTestDatabase()
    pooler = await startPgBouncer(database.url, SESSIONS)
    t = await createTestApp({ database, environment: { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: database.url, DATABASE_PREPARE: prepare, DATABASE_POOL: '16' } })
  })
  afterAll(async () => {
    await t?.close()
    await pooler?.close()
  })

  it('deals run their course side by side, and the books balance', async () => {
    const orders = await Promise.all(Array.from({ length: 4 }, () => runningOrder(t)))
    await Promise.all(orders.map(async ({ milestoneIds: [milestone], buyer, provider }) => {
      await done(provider, 'POST', `/milestones/${milestone}/deliver`, { message: '请看', uploads: [], proofs: [] })
      await done(buyer, 'POST', `/milestones/${milestone}/accept`, { version: 1, amount: { amount: '100000', currency: 'CNY' } })
    }))
    await t.worker.drain()
    expect((await done(orders[0]!.buyer, 'GET', `/orders/${orders[0]!.id}`)).state).toBe('completed')
    expect(await findWrong(t.deps.db)).toEqual([])
  })

  it('many requests share few sessions', async () => {
    const person = await signUp(t)
    const answers = await Promise.all(Array.from({ length: AT_ONCE * 5 }, () => person.inject({ url: '/api/v1/orders' })))
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
    const sessions = await t.deps.sql`select 1 from pg_stat_activity where datname = current_database() and application_name = 'miaodan'`
    expect(sessions.length).toBeGreaterThan(0)
    expect(sessions.length).toBeLessThanOrEqual(SESSIONS)
  })

  it('search, rebuilds, pub/sub and jobs have the sessions they need', async () => {
    const provider = await signUp(t, { roles: ['buyer', 'provider'] })
    const id = await publishedService(t, provider)
    expect((await provider.inject({ url: '/api/v1/services?q=%E5%B0%8F%E7%A8%8B%E5%BA%8F' })).json().items).toContainEqual(expect.objectContaining({ id }))
    const heard: string[] = []
    const stop = await t.deps.pubsub.subscribe('pooled', message => void heard.push(message))
    await t.deps.pubsub.publish('pooled', 'word')
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['word'])
    await stop()
    t.worker.start()
    await t.deps.db.execute(sql`insert into idempotency_keys (owner, key, contract, request_hash, created_at) values ('ann', 'old', 'x', 'x', now() - interval '1 year')`)
    await expect.poll(async () => (await t.deps.db.execute(sql`select 1 from idempotency_keys where key = 'old'`)).length, { timeout: 20_000 }).toBe(0)
    await t.worker.stop()
  })
})
