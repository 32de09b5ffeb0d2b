/** Everybody at once: the number and the budget hold, one coupon serves one order, and every fen is in one place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { choose, claim, openCampaign } from '../../../test/coupons.ts'
import { agreedOrder, deliver, done, giveBalance, pay, send, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { balanceOf, verifyBooks } from '../ledger/index.ts'

let t: TestApp
let finance: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  finance = await signUp(t, { staffRoles: ['finance'] })
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const CLAIMERS = 200
const ROUNDS = 3
const won = (answers: { statusCode: number }[]) => answers.filter(answer => answer.statusCode < 300).length
const noFailure = (answers: { statusCode: number, body: string }[]) => expect(answers.filter(answer => answer.statusCode >= 500).map(answer => answer.body)).toEqual([])
const campaign = async (id: string) => (await done(finance, 'GET', '/staff/coupon-campaigns')).items.find((item: { id: string }) => item.id === id)
const put = (order: TestOrder, couponId: string) => send(order.buyer, 'PUT', `/orders/${order.id}/coupon`, { couponId })
const payment = (order: TestOrder, amount: number) => send(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'balance', amount: wire(amount) })

describe('at the same moment', () => {
  it.each([
    ['the number', { totalLimit: 30 }, 30],
    ['the budget', { budget: wire(25 * 10_000 + 9_999) }, 25],
  ])('%s holds under two hundred who claim', async (_, bounds, most) => {
    const people = await Promise.all(Array.from({ length: CLAIMERS }, () => signUp(t)))
    const { id, code } = await openCampaign(t, bounds, finance)
    const answers = await Promise.all(people.map(person => send(person, 'POST', '/coupons', { code })))
    noFailure(answers)
    expect(won(answers)).toBe(most)
    expect(await campaign(id)).toMatchObject({ claimed: most, committed: wire(most * 10_000) })
  }, 60_000)

  it('one person claims once, however often they press', async () => {
    const person = await signUp(t)
    const { id, code } = await openCampaign(t, {}, finance)
    expect(won(await Promise.all(Array.from({ length: 8 }, () => send(person, 'POST', '/coupons', { code }))))).toBe(1)
    expect(await campaign(id)).toMatchObject({ claimed: 1 })
  })

  it('two orders want one coupon: one has it, and its escrow alone has the coupon\'s share', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const one = await agreedOrder(t)
      const other = await agreedOrder(t, {}, one)
      const couponId = await claim(one.buyer, await openCampaign(t, {}, finance))
      const answers = await Promise.all([put(one, couponId), put(other, couponId)])
      noFailure(answers)
      expect(won(answers)).toBe(1)
      const prices = await Promise.all([one, other].map(async order => (await done(order.buyer, 'GET', `/orders/${order.id}`)).bill.amount.amount))
      expect(prices.toSorted()).toEqual(['100000', '90000'])
    }
  })

  it('two orders swap their coupons: nobody waits for ever, and each coupon is with one order', async () => {
    const one = await agreedOrder(t)
    const other = await agreedOrder(t, {}, one)
    const [first, second] = [await claim(one.buyer, await openCampaign(t, {}, finance)), await claim(one.buyer, await openCampaign(t, {}, finance))]
    await choose(one, first)
    await choose(other, second)
    noFailure(await Promise.all([put(one, second), put(other, first)]))
    const rows = await t.deps.sql`select coupons.id, coupons.order_id, orders.id as theirs from coupons left join orders on orders.coupon_id = coupons.id where coupons.id in (${first}, ${second})`
    for (const row of rows) expect(row['theirs']).toBe(row['order_id'])
  })

  it('payment, expiry and another choice: the coupon is with the order that is paid, or free', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await agreedOrder(t)
      const couponId = await claim(order.buyer, await openCampaign(t, {}, finance))
      await choose(order, couponId)
      await giveBalance(t, order.buyer.userId, 100_000n)
      await t.deps.clock.advance(t.deps.sql, 30 * 60_000 - (round === 0 ? 0 : 1))
      const answers = await Promise.all([payment(order, 90_000), ...round === 2 ? [send(order.buyer, 'PUT', `/orders/${order.id}/coupon`, { couponId: null })] : []])
      await t.advance(2)
      noFailure(answers)
      const { state, coupon } = await done(order.buyer, 'GET', `/orders/${order.id}`)
      const [row] = await t.deps.sql`select state, order_id from coupons where id = ${couponId}`
      const [escrow, left] = [await balanceOf(t.deps.db, accountOf.escrow(order.milestoneIds[0] as string)), await balanceOf(t.deps.db, accountOf.available(order.buyer.userId))]
      if (state === 'expired') expect([row?.['state'], escrow, left]).toEqual(['ready', 0n, 100_000n])
      else expect([row?.['state'], row?.['order_id'], coupon.id, escrow, left]).toEqual(['spent', order.id, couponId, 100_000n, 10_000n])
    }
  })

  it('a refund by agreement and an acceptance: one of them wins, and the coupon\'s share is where the price is', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await agreedOrder(t)
      await choose(order, await claim(order.buyer, await openCampaign(t, {}, finance)))
      await pay(t, order)
      await deliver(order)
      const promotions = await balanceOf(t.deps.db, accountOf.coupon)
      const body = { cause: 'other', message: '退', uploads: [], milestones: [{ id: order.milestoneIds[0], amount: wire(50_000) }] }
      const [accepted, asked] = await Promise.all([
        send(order.buyer, 'POST', `/milestones/${order.milestoneIds[0]}/accept`, { version: 1, amount: wire(100_000) }), send(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, body),
      ])
      noFailure([accepted, asked])
      if (asked.statusCode < 300) await done(order.provider, 'POST', `/refund-requests/${asked.json().items[0].id}/agree`, { version: 1 })
      const refunded = asked.statusCode < 300 ? 50_000n : 0n
      expect(await balanceOf(t.deps.db, accountOf.coupon) - promotions).toBe(refunded / 10n)
      expect(await balanceOf(t.deps.db, accountOf.available(order.buyer.userId))).toBe(refunded * 9n / 10n)
    }
  })
})
