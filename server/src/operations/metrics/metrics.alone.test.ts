/** What /metrics tells, and that a request can be followed into what it has caused. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp } from '../../../test/people.ts'
import { features } from '../../features/index.ts'
import { defineFeature } from '../../kernel/feature.ts'
import { emit } from '../../kernel/outbox.ts'
import { requestIdNow } from '../../kernel/request-context.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { createMetrics, serveMetrics } from './index.ts'

const heard: (string | undefined)[] = []
const listening = defineFeature({
  name: 'listening',
  plugin: async (app, deps) => void app.post('/api/v1/listening', async () => inTransaction(deps.db, async tx => emit(tx, deps.clock, 'listening.asked', {}, 'x'))),
  subscribers: [{ name: 'listening.first', on: ['listening.asked'], handle: async (tx, _event, deps) => {
    heard.push(requestIdNow())
    await emit(tx, deps.clock, 'listening.answered', {}, 'x')
  } }, { name: 'listening.second', on: ['listening.answered'], handle: async () => void heard.push(requestIdNow()) }],
})

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ features: [...features, listening], environment: { METRICS_PORT: '0' } })
})
afterAll(() => t.close())

const valueOf = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find(line => line.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

it('counts requests by the pattern of their route, and nothing a person typed', async () => {
  const person = await signUp(t)
  await person.inject({ url: '/api/v1/services?q=13912345678' })
  await person.inject({ url: `/api/v1/orders/${randomUUID()}` })
  const refused = await t.app.inject({ url: '/api/v1/me' })
  expect(refused.json().instance).toBe(refused.headers['x-request-id'])
  const text = await createMetrics(t.deps).text()
  expect(valueOf(text, 'miaodan_http_request_duration_seconds_count{method="GET",route="/api/v1/services",status="2xx"}')).toBe(1)
  expect(valueOf(text, 'miaodan_http_request_duration_seconds_count{method="GET",route="/api/v1/orders/:id",status="4xx"}')).toBe(1)
  expect(valueOf(text, 'miaodan_problems_total{code="kernel.sign_in_required"}')).toBe(1)
  expect(valueOf(text, 'miaodan_search_duration_seconds_count{engine="postgres"}')).toBeGreaterThan(0)
  expect(text).not.toContain('13912345678')
})

it('tells what waits, what is late and what was given up', async () => {
  await t.worker.drain()
  const at = new Date(t.deps.clock.now().getTime() - 90_000).toISOString()
  await t.deps.db.execute(sql`insert into outbox (event_id, topic, key, payload, at) values (${randomUUID()}, 'nobody.listens', 'waiting', '{}', ${at})`)
  await t.deps.db.execute(sql`insert into outbox (event_id, topic, key, payload, at, dead_at) values (${randomUUID()}, 'nobody.listens', 'dead', '{}', ${at}, now())`)
  await t.deps.db.execute(sql`insert into deadlines (id, entity, entity_id, action, due_at, dead_at) values (${randomUUID()}, 'order', ${randomUUID()}, 'expire', ${at}, null), (${randomUUID()}, 'order', ${randomUUID()}, 'accept', ${at}, now())`)
  const text = await createMetrics(t.deps).text()
  expect(valueOf(text, 'miaodan_outbox_dead')).toBe(1)
  expect(valueOf(text, 'miaodan_outbox_lag_seconds')).toBeGreaterThanOrEqual(90)
  expect(valueOf(text, 'miaodan_deadlines_overdue')).toBe(1)
  expect(valueOf(text, 'miaodan_deadlines_lag_seconds')).toBeGreaterThanOrEqual(90)
  expect(valueOf(text, 'miaodan_deadlines_dead')).toBe(1)
  for (const queue of ['payouts', 'reconciliation', 'disputes']) expect(valueOf(text, `miaodan_queue_waiting{queue="${queue}"}`)).toBe(0)
  expect(valueOf(text, 'miaodan_money_held_fen{kind="escrow"}')).toBe(0)
  expect(valueOf(text, 'miaodan_database_connections_max')).toBeGreaterThan(10)
  expect(valueOf(text, 'miaodan_months_ahead{table="ledger_postings"}')).toBeGreaterThanOrEqual(2)
  expect(valueOf(text, 'miaodan_months_strays{table="outbox"}')).toBe(0)
  // No search server is configured here, so that nothing is said of one.
  expect(text).not.toMatch(/^miaodan_reading_failed.* 1$/m)
  expect(text).not.toMatch(/^miaodan_search_breaker\{/m)
  await t.deps.db.execute(sql`delete from deadlines`)
  await t.worker.drain()
})

it('leaves out what cannot be read, says so, and goes on with the rest', async () => {
  const broken = createMetrics({ ...t.deps, sql: Object.assign(() => Promise.reject(new Error('away')), {}) as never })
  const text = await broken.text()
  expect(valueOf(text, 'miaodan_reading_failed{reading="outbox"}')).toBe(1)
  expect(valueOf(text, 'miaodan_outbox_waiting')).toBeUndefined()
  expect(valueOf(text, 'miaodan_reading_failed{reading="money"}')).toBe(0)
})

it('a request is followed through events into what the worker does', async () => {
  const asked = await t.app.inject({ method: 'POST', url: '/api/v1/listening', payload: { words: 'a body that is read first' } })
  await t.worker.drain()
  const requestId = asked.headers['x-request-id']
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(heard).toEqual([requestId, requestId])
  expect(requestIdNow()).toBeUndefined()
})

it('is not served on the public address', async () => {
  expect((await t.app.inject({ url: '/metrics' })).statusCode).toBe(404)
  const stop = await serveMetrics(t.deps)
  await stop()
})
