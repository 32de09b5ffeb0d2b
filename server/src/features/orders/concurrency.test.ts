/** Everybody at once: exactly one outcome, and every fen in one place. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { agreedOrder, deliver, done, giveBalance, milestoneOf, runningOrder, send, wire, type TestOrder } from '../../../test/orders.ts'
import { balanceOf, verifyBooks } from '../ledger/index.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ gateway: true })
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const DAY = 24 * 3_600_000
const ROUNDS = 4
const view = (order: TestOrder) => done(order.buyer, 'GET', `/orders/${order.id}`)
const step = (order: TestOrder, path: string, body?: object) => send(order.buyer, 'POST', `/milestones/${order.milestoneIds[0]}/${path}`, body)
const escrow = (order: TestOrder) => balanceOf(t.deps.db, accountOf.escrow(order.milestoneIds[0] as string))

describe('at the same moment', () => {
  it('acceptance, revision and silence: one of them wins', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await runningOrder(t)
      await deliver(order)
      await t.deps.clock.advance(t.deps.sql, 7 * DAY + 1_000)
      const [accepted, revised] = await Promise.all([step(order, 'accept', { version: 1, amount: wire(100_000) }), step(order, 'revise', { version: 1, reason: '再改' }), t.worker.drain()])
      const { state, milestones } = await view(order)
      expect([accepted, revised].filter(answer => answer.statusCode === 200).length).toBeLessThanOrEqual(1)
      if (revised.statusCode === 200) expect([state, milestones[0].state, await escrow(order)]).toEqual(['in_progress', 'in_progress', 100_000n])
      else expect([state, milestones[0].state, await escrow(order)]).toEqual(['completed', 'released', 0n])
    }
  })

  it('ten acceptances release once', async () => {
    const order = await runningOrder(t)
    await deliver(order)
    const answers = await Promise.all(Array.from({ length: 10 }, () => step(order, 'accept', { version: 1, amount: wire(100_000) })))
    expect(answers.filter(answer => answer.statusCode === 200)).toHaveLength(1)
    const released = await t.deps.db.execute<{ count: string }>(sql`select count(*) from ledger_entries where key = ${`milestone.released:${order.milestoneIds[0]}`}`)
    expect(Number(released[0]?.count)).toBe(1)
  })

  it('two payments from the balance fund once, and the second keeps its money', async () => {
    const order = await agreedOrder(t, { milestones: [milestoneOf(), milestoneOf()] })
    await giveBalance(t, order.buyer.userId, 400_000n)
    const pay = (milestoneIds: string[]) => send(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'balance', milestoneIds, amount: wire(100_000 * milestoneIds.length) })
    const answers = await Promise.all([pay(order.milestoneIds), pay(order.milestoneIds.slice(0, 1)), pay(order.milestoneIds)])
    expect(answers.filter(answer => answer.statusCode === 201)).toHaveLength(1)
    const held = await balanceOf(t.deps.db, accountOf.escrow(order.milestoneIds[0] as string)) + await balanceOf(t.deps.db, accountOf.escrow(order.milestoneIds[1] as string))
    expect(held + await balanceOf(t.deps.db, accountOf.available(order.buyer.userId))).toBe(400_000n)
  })

  it('the last delivery and an acceptance: never released without having been seen', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await runningOrder(t)
      await deliver(order)
      const [accepted, again] = await Promise.all([step(order, 'accept', { version: 1, amount: wire(100_000) }), send(order.provider, 'POST', `/milestones/${order.milestoneIds[0]}/deliver`, { message: '第二版', uploads: [] })])
      expect([accepted.statusCode, again.statusCode].sort()).toEqual([200, 409])
    }
  })
})

describe('through the gateway', () => {
  const opened = async (order: TestOrder) => {
    const payment = await done(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'alipay', amount: wire(100_000) })
    await done(order.buyer, 'POST', `/payments/${payment.id}/open`)
    const [row] = await t.deps.db.execute<{ trade_no: string }>(sql`select trade_no from payments where id = ${payment.id}`)
    return { id: payment.id as string, tradeNo: row?.trade_no as string }
  }
  const until = async (condition: () => Promise<boolean>) => {
    for (let look = 0; look < 400; look++) {
      await t.deps.db.execute(sql`update refunds set next_attempt_at = now() where next_attempt_at is not null`)
      await t.worker.drain()
      if (await condition()) return
      await new Promise(resolve => setTimeout(resolve, 25))
    }
    throw new Error('it did not happen')
  }
  const refunds = async (order: TestOrder) => (await view(order)).papers.payments.flatMap((payment: { refunds: { state: string, reason: string }[] }) => payment.refunds)

  it('a payment starts the order once, however often it is told', async () => {
    const order = await agreedOrder(t)
    const payment = await opened(order)
    await t.gateway.pay(payment.tradeNo, { fault: 'doubled' })
    await Promise.all(Array.from({ length: 4 }, () => send(order.buyer, 'POST', `/payments/${payment.id}/check`)))
    await until(async () => (await view(order)).state === 'in_progress')
    expect(await escrow(order)).toBe(100_000n)
    expect(await refunds(order)).toEqual([])
  })

  it('a payment that arrives while the order expires is either held for it or sent back', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await agreedOrder(t)
      const payment = await opened(order)
      await t.gateway.pay(payment.tradeNo, { fault: 'lost' })
      await t.deps.clock.advance(t.deps.sql, 31 * 60_000)
      await Promise.all([t.worker.drain(), send(order.buyer, 'POST', `/payments/${payment.id}/check`)])
      await until(async () => {
        const { state } = await view(order)
        return state === 'in_progress' || (state === 'expired' && (await refunds(order)).some((refund: { state: string }) => refund.state === 'succeeded'))
      })
      expect(await escrow(order)).toBe((await view(order)).state === 'in_progress' ? 100_000n : 0n)
    }
  })
})
