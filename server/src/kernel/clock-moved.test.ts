/** The demo's clock is moved whatever becomes of the gateway that is to follow it. */
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'

const HOUR_MS = 3_600_000

/** Accepts connections and never says a word. */
const silent = createServer()
const apps: TestApp[] = []
beforeAll(async () => {
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
})
afterAll(async () => {
  for (const app of apps) await app.close()
  silent.close()
})

it.each([['does not answer', () => `http://127.0.0.1:${(silent.address() as AddressInfo).port}`], ['is away', () => 'http://127.0.0.1:9']])('while the gateway %s', async (_how, url) => {
  const t = await createTestApp({ environment: { GATEWAY_URL: url() } })
  apps.push(t)
  const before = t.deps.clock.now().getTime()
  const began = performance.now()
  const answer = await t.app.inject({ method: 'POST', url: '/api/v1/dev/clock', payload: { seconds: HOUR_MS / 1000 } })
  expect(answer.statusCode).toBe(200)
  expect(performance.now() - began).toBeLessThan(4_500)
  expect(Date.parse(answer.json().now) - before).toBeGreaterThanOrEqual(HOUR_MS)
  const [row] = await t.deps.sql<{ offset_ms: string }[]>`select offset_ms from clock`
  expect(Number(row?.offset_ms)).toBe(HOUR_MS)
})
