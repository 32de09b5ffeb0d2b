import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { verifyBooks } from '../features/ledger/index.ts'
import { loadDemo } from './load.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ gateway: true })
})
afterAll(() => t.close())

it('comes out as it is told, with books in order', { timeout: 600_000 }, async () => {
  await loadDemo(t.deps)
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true, faults: [] })
})
