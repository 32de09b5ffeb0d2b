/** Change orders while other things happen, and any sequence of them: one outcome, and every fen in one place. */
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { deliver, done, giveBalance, milestoneOf, runningOrder, send, wire, type TestOrder } from '../../../test/orders.ts'
import type { TestPerson } from '../../../test/people.ts'
import { balanceOf, followOrder, verifyBooks } from '../ledger/index.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ gateway: true })
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const ROUNDS = 4
const HOUR = 3_600_000
type Change = { id: string, state: string, effect: { pay: { amount: string }, refund: object } }
const id = (order: TestOrder, index = 0) => order.milestoneIds[index] as string
const proposed = (person: TestPerson, order: TestOrder, price: number | bigint, index = 0): Promise<Change> =>
  done(person, 'POST', `/orders/${order.id}/changes`, { milestones: [{ id: id(order, index), price: wire(price) }], added: [], reason: '改价' })
const agree = (person: TestPerson, { id, effect }: Change) => send(person, 'POST', `/changes/${id}/agree`, { pay: effect.pay, refund: effect.refund })
const view = (order: TestOrder) => done(order.buyer, 'GET', `/orders/${order.id}`)
const changeOf = async (order: TestOrder): Promise<Change> => (await done(order.buyer, 'GET', `/orders/${order.id}/changes`)).items[0]
const escrow = (order: TestOrder) => balanceOf(t.deps.db, accountOf.escrow(id(order)))

describe('at the same moment', () => {
  it('agreement and withdrawal: one of them wins', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await runningOrder(t)
      const change = await proposed(order.provider, order, 60_000)
      const answers = await Promise.all([agree(order.buyer, change), send(order.provider, 'POST', `/changes/${change.id}/withdraw`), agree(order.buyer, change)])
      expect(answers.filter(answer => answer.statusCode === 200)).toHaveLength(1)
      const applied = (await changeOf(order)).state === 'applied'
      expect([await escrow(order), (await view(order)).price]).toEqual(applied ? [60_000n, wire(60_000)] : [100_000n, wire(100_000)])
    }
  })

  it('agreement and acceptance of the milestone: released at the price the buyer saw, or changed and not released', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await runningOrder(t)
      await deliver(order)
      const change = await proposed(order.provider, order, 60_000)
      const [agreed, accepted] = await Promise.all([agree(order.buyer, change), send(order.buyer, 'POST', `/milestones/${id(order)}/accept`, { version: 1, amount: wire(100_000) })])
      expect([agreed.statusCode, accepted.statusCode].sort()).toEqual([200, 409])
      await t.worker.drain()
      const clearing = await balanceOf(t.deps.db, accountOf.clearing(order.provider.userId, id(order)))
      expect([await escrow(order), clearing, (await changeOf(order)).state]).toEqual(agreed.statusCode === 200 ? [60_000n, 0n, 'applied'] : [0n, 92_000n, 'lapsed'])
    }
  })

  it('two proposals: one is open', async () => {
    const order = await runningOrder(t)
    const ask = (person: TestPerson) => send(person, 'POST', `/orders/${order.id}/changes`, { milestones: [{ id: id(order), days: 9 }], added: [], reason: '改期' })
    const answers = await Promise.all([ask(order.buyer), ask(order.provider), ask(order.buyer)])
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([201, 409, 409])
  })
})

describe('through the gateway', () => {
  const until = async (condition: () => Promise<boolean>) => {
    for (let look = 0; look < 400; look++) {
      await t.deps.db.execute(sql`update refunds set next_attempt_at = now() where next_attempt_at is not null`)
      await t.worker.drain()
      if (await condition()) return
      await new Promise(resolve => setTimeout(resolve, 25))
    }
    throw new Error('it did not happen')
  }
  async function awaitingPayment() {
    const order = await runningOrder(t)
    const change = await proposed(order.buyer, order, 130_000)
    await agree(order.provider, change)
    const payment = await done(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'alipay', changeId: change.id, amount: wire(30_000) })
    await done(order.buyer, 'POST', `/payments/${payment.id}/open`)
    const [row] = await t.deps.db.execute<{ trade_no: string }>(sql`select trade_no from payments where id = ${payment.id}`)
    return { order, payment: { id: payment.id as string, tradeNo: row?.trade_no as string } }
  }
  const refundsOf = async (order: TestOrder) => (await view(order)).papers.payments.flatMap((payment: { refunds: { state: string, reason: string, amount: object }[] }) => payment.refunds)

  it('the increase is booked once, however often it is told', async () => {
    const { order, payment } = await awaitingPayment()
    await t.gateway.pay(payment.tradeNo, { fault: 'doubled' })
    await Promise.all(Array.from({ length: 4 }, () => send(order.buyer, 'POST', `/payments/${payment.id}/check`)))
    await until(async () => (await changeOf(order)).state === 'applied')
    expect([await escrow(order), (await view(order)).price, await refundsOf(order)]).toEqual([130_000n, wire(130_000), []])
  })

  it('an increase that is paid too late, or after the milestone was accepted, goes back', async () => {
    const { order, payment } = await awaitingPayment()
    await deliver(order)
    await done(order.buyer, 'POST', `/milestones/${id(order)}/accept`, { version: 1, amount: wire(100_000) })
    await t.gateway.pay(payment.tradeNo)
    await until(async () => (await refundsOf(order)).some((refund: { state: string }) => refund.state === 'succeeded'))
    expect(await refundsOf(order)).toMatchObject([{ reason: 'too_late', amount: wire(30_000) }])
    expect([await escrow(order), (await view(order)).price, (await changeOf(order)).state]).toEqual([0n, wire(100_000), 'lapsed'])
  })
})

describe('any sequence', () => {
  const prices = fc.integer({ min: 1, max: 5_000_000 })
  const steps = fc.array(fc.oneof(
    fc.record({ do: fc.constantFrom('agree', 'pay', 'reject', 'withdraw', 'deliver', 'accept') }),
    fc.record({ do: fc.constant('propose'), price: prices, index: fc.integer({ min: 0, max: 1 }), byBuyer: fc.boolean() }),
    fc.record({ do: fc.constant('wait'), hours: fc.integer({ min: 1, max: 80 }) }),
  ), { minLength: 6, maxLength: 16 })
  type Step = { do: string, price?: number, index?: number, byBuyer?: boolean, hours?: number }

  async function take(order: TestOrder, step: Step): Promise<void> {
    await done(order.provider, 'GET', `/orders/${order.id}`)
    const { milestones, next } = await view(order)
    const current = milestones.find((milestone: { id: string }) => milestone.id === next.milestone?.id) ?? milestones[0]
    const change = await changeOf(order)
    const both = (path: string, body?: object) => Promise.all([order.buyer, order.provider].map(person => send(person, 'POST', `/changes/${change?.id}/${path}`, body)))
    const answers: Record<string, () => Promise<unknown>> = {
      propose: () => send(step.byBuyer ? order.buyer : order.provider, 'POST', `/orders/${order.id}/changes`, { milestones: [{ id: id(order, step.index), price: wire(step.price ?? 1) }], added: [], reason: '改' }),
      agree: () => both('agree', change && { pay: change.effect.pay, refund: change.effect.refund }), reject: () => both('reject', {}), withdraw: () => both('withdraw'),
      pay: async () => {
        if (change?.state !== 'awaiting_payment') return
        await giveBalance(t, order.buyer.userId, BigInt(change.effect.pay.amount))
        await send(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'balance', changeId: change.id, amount: change.effect.pay })
      },
      deliver: () => send(order.provider, 'POST', `/milestones/${current.id}/deliver`, { message: '交付', uploads: [] }),
      accept: () => send(order.buyer, 'POST', `/milestones/${current.id}/accept`, { version: Math.max(1, current.deliveries.length), amount: current.price }),
      wait: () => t.advance((step.hours ?? 1) * HOUR),
    }
    for (const answer of [await answers[step.do]?.()].flat()) if (answer) expect((answer as { statusCode: number }).statusCode).toBeLessThan(500)
  }

  it('of changes, payments and acceptances keeps every fen of the price in one place, and the fee at the frozen rate', async () => {
    await fc.assert(fc.asyncProperty(prices, prices, steps, async (first, second, plan) => {
      const order = await runningOrder(t, { milestones: [milestoneOf({ price: wire(first) }), milestoneOf({ price: wire(second) })] })
      for (const step of plan) await take(order, step)
      await t.worker.drain()
      const { milestones, price, segments, net, fee } = await done(order.provider, 'GET', `/orders/${order.id}`)
      const sum = (list: { amount: string }[]) => list.reduce((total, { amount }) => total + BigInt(amount), 0n)
      expect(sum(milestones.map((milestone: { price: { amount: string } }) => milestone.price))).toBe(BigInt(price.amount))
      expect(sum(segments.map((segment: { amount: { amount: string } }) => segment.amount))).toBe(BigInt(price.amount))
      expect(BigInt(net.amount) + BigInt(fee.total.amount)).toBe(BigInt(price.amount))
      expect(BigInt(fee.total.amount)).toBe((BigInt(price.amount) * 800n + 5_000n) / 10_000n)
      for (const milestone of milestones) {
        const held = ['funded', 'in_progress', 'delivered'].includes(milestone.state) ? BigInt(milestone.price.amount) : 0n
        expect(await balanceOf(t.deps.db, accountOf.escrow(milestone.id))).toBe(held)
      }
      const { paidIn, places } = await followOrder(t.deps.db, order.id)
      expect(places.reduce((total, place) => total + place.amount.amount, 0n)).toBe(paidIn.amount)
      expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true, faults: [] })
    }), { numRuns: 10, endOnFailure: true })
  }, 240_000)
})
