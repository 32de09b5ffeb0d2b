/** Figures: each equals what SQL on the books and on the record of steps says, and is finance's to see. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { durationMs } from '@miaodan/shared/kernel/time'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { deliver, done, milestoneOf, runningOrder, wire } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'

let t: TestApp
let finance: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  finance = await signUp(t, { staffRoles: ['finance'] })
})
afterAll(() => t.close())

const dayInChina = (offsetDays = 0) => new Date(t.deps.clock.now().getTime() + durationMs({ hours: 8, days: offsetDays })).toISOString().slice(0, 10)
const figures = async (from: string, to: string) => (await finance.inject({ url: `/api/v1/staff/figures?from=${from}&to=${to}` })).json()
const number = async (query: ReturnType<typeof sql>) => String((await t.deps.db.execute<{ n: string }>(query))[0]?.n ?? 0)

it('agree with the books, over days', async () => {
  const before = dayInChina()
  const first = await runningOrder(t, { milestones: [milestoneOf({ price: wire(123_456) }), milestoneOf({ price: wire(50_000) })] })
  await runningOrder(t, { milestones: [milestoneOf({ price: wire(80_001) })] })
  await t.advance(durationMs({ days: 2 }))
  await deliver(first)
  await done(first.buyer, 'POST', `/milestones/${first.milestoneIds[0]}/accept`, { version: 1, amount: wire(123_456) })
  await t.advance(durationMs({ days: 4 }))
  const whole = await figures(before, dayInChina())
  expect(whole.volume.amount).toBe(await number(sql`select sum(amount) as n from ledger_postings join ledger_entries e on e.id = entry_id where e.kind in ('escrow.funded', 'escrow.funded_from_balance')`))
  expect(whole.volume).toEqual(wire(123_456 + 50_000 + 80_001))
  expect(whole.fees.amount).toBe(await number(sql`select ledger_balance('platform:fee') as n`))
  expect(whole.fees).toEqual(wire(9_876))
  expect(whole.released).toEqual(wire(123_456))
  expect(whole.takeRate).toBeCloseTo(0.08, 4)
  for (const { kind, amount } of whole.held) expect([kind, amount.amount]).toEqual([kind, await number(sql`select coalesce(sum(balance), 0) as n from ledger_accounts where address like ${`${kind}:%`}`)])
  expect(whole.held.find((one: { kind: string }) => one.kind === 'escrow').amount).toEqual(wire(130_001))
  expect(whole).toMatchObject({ ordersPaid: 2, disputesOpened: 0, disputeRate: 0 })
  expect(whole.days).toHaveLength(7)
  expect(whole.days[0]).toMatchObject({ day: before, volume: wire(253_457), fees: wire(0) })
  expect(whole.days.reduce((sum: bigint, day: { fees: { amount: string } }) => sum + BigInt(day.fees.amount), 0n)).toBe(9_876n)
  const later = await figures(dayInChina(-5), dayInChina())
  expect(later).toMatchObject({ volume: wire(0), fees: wire(9_876), ordersPaid: 0, disputeRate: null })
})

it('say nothing where there is nothing to divide by, and refuse a period that is none', async () => {
  expect(await figures('2020-01-01', '2020-01-31')).toMatchObject({ volume: wire(0), takeRate: null, conversion: null, disputeRate: null, firstMatchSeconds: null })
  for (const [from, to] of [['2026-02-01', '2026-01-01'], ['2020-01-01', '2026-01-01']]) expect((await figures(from ?? '', to ?? '')).code).toBe('admin.period')
  expect((await figures('2026-02-30', '2026-03-01')).code).toBe('kernel.invalid_input')
  const moderator = await signUp(t, { staffRoles: ['moderator'] })
  expect((await moderator.inject({ url: '/api/v1/staff/figures?from=2026-01-01&to=2026-01-02' })).statusCode).toBe(403)
})
