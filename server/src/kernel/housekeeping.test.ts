/** Jobs from end to end: a worker that is started does what has to be done by itself. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { MONTHS_AHEAD, monthState } from './partitions.ts'
import { idempotencyKeys } from './tables.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ features: [] })
})
afterAll(() => t.close())

it('a worker forgets the answers of a week ago, keeps those that may still be asked for, and makes the month that is missing', async () => {
  const ahead = async () => (await monthState(t.deps.db)).map(state => state.ahead)
  await t.deps.sql`select ensure_months(now(), ${MONTHS_AHEAD})`
  const [last] = await t.deps.sql`select partition::text from month_partitions where parent = 'ledger_postings'::regclass order by month desc limit 1`
  await t.deps.sql.unsafe(`drop table ${last?.['partition']}`)
  expect(await ahead()).toContain(MONTHS_AHEAD - 1)
  const days = (count: number): Date => new Date(t.deps.clock.now().getTime() - count * 86_400_000)
  await t.deps.db.insert(idempotencyKeys).values([[8, 'old'], [6, 'young']].map(([age, key]) => ({ owner: 'ann', key: String(key), contract: 'x', requestHash: 'x', createdAt: days(Number(age)) })))
  t.worker.start()
  await expect.poll(async () => (await t.deps.db.select({ key: idempotencyKeys.key }).from(idempotencyKeys)).map(({ key }) => key), { timeout: 20_000 }).toEqual(['young'])
  await expect.poll(ahead, { timeout: 20_000 }).toEqual((await ahead()).map(() => MONTHS_AHEAD))
  await t.worker.stop()
})
