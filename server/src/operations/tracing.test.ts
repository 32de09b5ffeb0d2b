/** Traces, taken by a double of an OTLP collector. */
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { createApp } from '../app.ts'
import { features } from '../features/index.ts'
import { defineFeature } from '../kernel/feature.ts'
import { emit } from '../kernel/outbox.ts'
import { inTransaction } from '../kernel/tx.ts'
import { createWorker } from '../worker.ts'
import { startTracing, type Tracing } from './tracing.ts'

type SentSpan = { name: string, parentSpanId?: string, status: { code?: number }, attributes: { key: string, value: { stringValue?: string } }[] }

const spans: SentSpan[] = []
const collector = createServer(async (request, response) => {
  const { resourceSpans } = JSON.parse(await text(request)) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] }
  if (request.url === '/v1/traces') spans.push(...resourceSpans.flatMap(resource => resource.scopeSpans).flatMap(scope => scope.spans))
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
})
const listening = defineFeature({
  name: 'listening',
  plugin: async (app, deps) => void app.post('/api/v1/listening', async () => inTransaction(deps.db, async tx => emit(tx, deps.clock, 'listening.asked', {}, 'x'))),
  subscribers: [{ name: 'listening.first', on: ['listening.asked'], handle: async () => {} }],
  tasks: { 'listening.idle': async () => 0 },
})
const attribute = (span: SentSpan | undefined, key: string) => span?.attributes.find(one => one.key === key)?.value.stringValue

let t: TestApp
let tracing: Tracing | undefined
beforeAll(async () => {
  await new Promise<void>(done => collector.listen(0, '127.0.0.1', done))
  t = await createTestApp()
  tracing = await startTracing({ role: 'all', tracing: { url: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`, share: 1 } })
})
afterAll(async () => {
  await t.close()
  await new Promise(done => collector.close(done))
})

it('without a place to send them nothing is traced', async () => {
  expect(await startTracing({ role: 'all', tracing: null })).toBeUndefined()
})

it('tell of requests by their route, and of the work they cause, under one id', async () => {
  const all = tracing?.around([...features, listening]) ?? []
  const app = await createApp(t.deps, all, async it => tracing?.instrument(it))
  const worker = createWorker(t.deps, all)
  await app.inject({ url: '/api/v1/services?q=13912345678' })
  await app.inject({ url: '/healthz' })
  const asked = await app.inject({ method: 'POST', url: '/api/v1/listening' })
  await worker.drain()
  await app.close()
  await tracing?.stop()

  const search = spans.find(span => span.name === 'GET /api/v1/services')
  expect(attribute(search, 'http.route')).toBe('/api/v1/services')
  expect(JSON.stringify(spans)).not.toContain('13912345678')
  const requestId = String(asked.headers['x-request-id'])
  expect(attribute(spans.find(span => span.name === 'POST /api/v1/listening'), 'miaodan.request_id')).toBe(requestId)
  expect(attribute(spans.find(span => span.name === 'event listening.first'), 'miaodan.request_id')).toBe(requestId)
  expect(spans.map(span => span.name).filter(name => name.includes('healthz') || name.includes('idle'))).toEqual([])
})
