/** Any sequence of steps over any milestones keeps the books, and every fen of the price in exactly one place. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { agreedOrder, done, milestoneOf, pay, send, wire, type TestOrder } from '../../../test/orders.ts'
import type { TestPerson } from '../../../test/people.ts'
import { balanceOf, followOrder, verifyBooks } from '../ledger/index.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

const RUNS = 12
const STEPS = 14
const HOUR = 3_600_000
const prices = fc.array(fc.bigInt({ min: 1n, max: 5_000_000n }), { minLength: 1, maxLength: 4 })
const steps = fc.array(fc.oneof(
  fc.record({ do: fc.constantFrom('pay', 'payAll', 'deliver', 'accept', 'revise', 'extend', 'withdraw') }),
  fc.record({ do: fc.constant('wait'), hours: fc.integer({ min: 1, max: 24 * 8 }) }),
), { minLength: 4, maxLength: STEPS })

/** Tries a step on the milestone whose turn it is; a refusal is as good an answer as any, a failure is not. */
async function take(order: TestOrder, step: { do: string, hours?: number }): Promise<void> {
  // Both look at it each time, so that neither is signed out by the weeks that pass.
  await done(order.provider, 'GET', `/orders/${order.id}`)
  const { milestones, next } = await done(order.buyer, 'GET', `/orders/${order.id}`)
  const current = milestones.find((milestone: { id: string }) => milestone.id === next.milestone?.id) ?? milestones[0]
  const version = Math.max(1, current.deliveries.length)
  const act = (person: TestPerson, path: string, body?: object) => send(person, 'POST', `/milestones/${current.id}/${path}`, body)
  const answers = {
    pay: async () => pay(t, order, 1).catch(() => {}), payAll: async () => pay(t, order).catch(() => {}),
    deliver: () => act(order.provider, 'deliver', { message: '交付', uploads: [] }), accept: () => act(order.buyer, 'accept', { version, amount: wire(current.price.amount) }),
    revise: () => act(order.buyer, 'revise', { version, reason: '改' }), extend: () => act(order.buyer, 'extend'), withdraw: () => send(order.buyer, 'POST', `/orders/${order.id}/withdraw`),
    wait: () => t.advance((step.hours ?? 1) * HOUR),
  }
  const answer = await answers[step.do as keyof typeof answers]()
  if (answer) expect(answer.statusCode).toBeLessThan(500)
}

async function everyFen(order: TestOrder, price: bigint): Promise<void> {
  const { milestones, segments } = await done(order.provider, 'GET', `/orders/${order.id}`)
  const sum = (list: { amount: { amount: string } }[]) => list.reduce((total, item) => total + BigInt(item.amount.amount), 0n)
  const { paidIn, places } = await followOrder(t.deps.db, order.id)
  expect(places.reduce((total, place) => total + place.amount.amount, 0n)).toBe(paidIn.amount)
  if (segments.length > 0) expect(sum(segments)).toBe(price)
  for (const milestone of milestones) {
    const held = await balanceOf(t.deps.db, accountOf.escrow(milestone.id))
    expect(held).toBe(['funded', 'in_progress', 'delivered'].includes(milestone.state) ? BigInt(milestone.price.amount) : 0n)
    if (milestone.state === 'released') expect(BigInt(milestone.where.fee.amount) + BigInt(milestone.where.net.amount)).toBe(BigInt(milestone.price.amount))
  }
}

test('random deals keep every fen in one place and the books in order', async () => {
  await fc.assert(fc.asyncProperty(prices, steps, async (amounts, plan) => {
    const order = await agreedOrder(t, { revisions: 1, milestones: amounts.map((amount, index) => milestoneOf({ title: `第${index + 1}期`, price: wire(amount) })) })
    for (const step of plan) await take(order, step)
    await everyFen(order, amounts.reduce((total, amount) => total + amount, 0n))
    expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true, faults: [] })
  }), { numRuns: RUNS, endOnFailure: true })
}, 120_000)
