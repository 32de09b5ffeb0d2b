import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { verifyBooks } from '../features/ledger/index.ts'
import { requirements } from '../features/requirements/tables.ts'
import { monthState } from '../kernel/partitions.ts'
import { loadDemo } from './load.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ gateway: true })
})
afterAll(() => t.close())

it('comes out as it is told, with books in order', { timeout: 600_000 }, async () => {
  // As at the first start, when no server listens yet for what the gateway has to say.
  await loadDemo({ ...t.deps, config: { ...t.deps.config, callbackUrl: 'http://127.0.0.1:9' } })
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true, faults: [] })
  expect((await monthState(t.deps.db)).filter(({ strays }) => strays)).toEqual([])
  expect((await t.app.inject('/api/v1/pulse')).json()).toMatchObject({ ordersCompleted30Days: 10, providersOnline: null, servicesPublished: 93 })
  const held = await t.deps.db.select().from(requirements).where(eq(requirements.review, 'flagged'))
  expect(held).toMatchObject([{ state: 'in_review', flags: [{ kind: 'contact' }] }])
})
