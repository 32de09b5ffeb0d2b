/** Any sequence of paying (with or without a coupon), delivering, accepting, changing the price, asking back, answering, ruling and waiting over any milestones: to the fen, the books hold and each order's fee, refund, coupon return and net are its price. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { claim, openCampaign } from '../../../test/coupons.ts'
import { agreedOrder, done, giveBalance, milestoneOf, pay, send, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { balanceOf, followOrder, verifyBooks } from '../ledger/index.ts'

let t: TestApp
let arbitrators: TestPerson[]
let finance: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  arbitrators = [await signUp(t, { staffRoles: ['arbitrator'] }), await signUp(t, { staffRoles: ['arbitrator'] })]
  finance = await signUp(t, { staffRoles: ['finance'] })
})
afterAll(() => t.close())

const RUNS = 8
const HOUR = 3_600_000
const prices = fc.array(fc.bigInt({ min: 1n, max: 3_000_000n }), { minLength: 1, maxLength: 3 })
/** The share of a coupon in basis points, and how many milestones are paid at first; the others when their turn comes. */
const beginnings = fc.record({ coupon: fc.option(fc.integer({ min: 1, max: 9_900 }), { freq: 4 }), paid: fc.integer({ min: 1, max: 3 }) })
const ACTIONS = ['pay', 'payAll', 'deliver', 'accept', 'ask', 'offer', 'agree', 'counter', 'refuse', 'withdraw', 'finish', 'rule', 'appeal', 'change', 'takeChange'] as const
const steps = fc.array(fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom(...ACTIONS), at: fc.nat({ max: 2 }), share: fc.integer({ min: 1, max: 10_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), at: fc.constant(0), share: fc.integer({ min: 1, max: 24 * 4 }) }) },
), { minLength: 6, maxLength: 22 })
type Step = { do: typeof ACTIONS[number] | 'wait', at: number, share: number }
type Request = { id: string, state: string, turn: 'buyer' | 'provider' | null, askedBy: 'buyer' | 'provider', disputeId: string | null, most: { amount: string }, offers: unknown[] }
type Milestone = { id: string, price: { amount: string }, deliveries: unknown[], state: string, refunded: { amount: string }, coupon: { amount: string }, couponRefunded: { amount: string }, where: { fee: { amount: string } } | null }

/** So that nobody is signed out by the weeks that pass. */
async function lookIn(order: TestOrder): Promise<void> {
  for (const person of [order.provider, order.buyer, finance, ...arbitrators]) await send(person, 'GET', '/me')
}

/** A refusal is as good an answer as any; a failure is not. */
async function take(order: TestOrder, step: Step): Promise<void> {
  await lookIn(order)
  const { milestones } = await done(order.buyer, 'GET', `/orders/${order.id}`) as { milestones: Milestone[] }
  const { items } = await done(order.buyer, 'GET', `/orders/${order.id}/refund-requests`) as { items: Request[] }
  const milestone = milestones[step.at % milestones.length] as Milestone
  const request = items.find(item => item.state !== 'executed' && item.state !== 'withdrawn') ?? items[0]
  const part = (whole: string) => BigInt(whole) * BigInt(step.share) / 10_000n
  const post = (person: TestPerson, path: string, body?: object) => send(person, 'POST', path, body)
  const ask = (person: TestPerson) => post(person, `/orders/${order.id}/refund-requests`, { cause: 'other', message: '退', uploads: [], milestones: [{ id: milestone.id, amount: wire(part(milestone.price.amount) || 1n) }] })
  const answer = (action: string, body?: object) => request && post(order[request.turn ?? 'buyer'], `/refund-requests/${request.id}/${action}`, body && { version: request.offers.length, ...body })
  const rule = () => {
    const toBuyer = part(request?.most.amount ?? '0')
    return request?.disputeId && post(arbitrators[step.at % 2] as TestPerson, `/staff/disputes/${request.disputeId}/ruling`, { toBuyer: wire(toBuyer), toProvider: wire(BigInt(request.most.amount) - toBuyer), reasons: '依据清单' })
  }
  const takes = {
    pay: async () => pay(t, order, 1).catch(() => undefined), payAll: async () => pay(t, order).catch(() => undefined),
    deliver: () => post(order.provider, `/milestones/${milestone.id}/deliver`, { message: '交付', uploads: [] }),
    accept: () => post(order.buyer, `/milestones/${milestone.id}/accept`, { version: Math.max(1, milestone.deliveries.length), amount: wire(BigInt(milestone.price.amount)) }),
    ask: () => ask(order.buyer), offer: () => ask(order.provider), agree: () => answer('agree', {}), refuse: () => answer('refuse', { message: '不同意' }),
    counter: () => answer('counter', { amount: wire(part(request?.most.amount ?? '0')), message: '折中', uploads: [] }),
    withdraw: () => request && post(order[request.askedBy], `/refund-requests/${request.id}/withdraw`),
    finish: async () => request?.disputeId && (await post(order.buyer, `/disputes/${request.disputeId}/evidence/finish`), await post(order.provider, `/disputes/${request.disputeId}/evidence/finish`)),
    rule, appeal: () => request?.disputeId && post(step.at % 2 ? order.buyer : order.provider, `/disputes/${request.disputeId}/appeal`, { reason: '不服' }),
    change: () => post(order.buyer, `/orders/${order.id}/changes`, { reason: '改价', added: [], milestones: [{ id: milestone.id, price: wire(part(milestone.price.amount) * 3n || 1n) }] }),
    takeChange: () => takeChange(order),
    wait: () => t.advance(step.share * HOUR),
  }
  const given = await takes[step.do]()
  if (given) expect(given.statusCode, `${step.do}: ${given.body}`).toBeLessThan(500)
}

/** A price of a fen an instalment leaves nothing to take off: then the order has no coupon. */
async function discount(order: TestOrder, bps: number): Promise<void> {
  const couponId = await claim(order.buyer, await openCampaign(t, { discount: { kind: 'percent', bps, cap: wire(9_000_000) }, minimum: wire(0) }, finance))
  const given = await send(order.buyer, 'PUT', `/orders/${order.id}/coupon`, { couponId })
  expect(given.statusCode, given.body).toBeLessThan(500)
}

/** The provider agrees to the open change, and the buyer pays what it costs more. */
async function takeChange(order: TestOrder) {
  const { items: [change] } = await done(order.buyer, 'GET', `/orders/${order.id}/changes`)
  if (change?.state === 'proposed') return send(order.provider, 'POST', `/changes/${change.id}/agree`, { pay: change.effect.pay, refund: change.effect.refund })
  if (change?.state !== 'awaiting_payment') return undefined
  await giveBalance(t, order.buyer.userId, BigInt(change.effect.pay.amount))
  return send(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, changeId: change.id, channel: 'balance', amount: change.effect.pay })
}

async function toTheFen(order: TestOrder): Promise<void> {
  const { price: { amount }, milestones, segments, fee, net, state } = await done(order.provider, 'GET', `/orders/${order.id}`) as { price: { amount: string }, milestones: Milestone[], segments: { amount: { amount: string } }[], fee: { total: { amount: string } }, net: { amount: string }, state: string }
  const price = BigInt(amount)
  const { paidIn, places } = await followOrder(t.deps.db, order.id)
  expect(places.reduce((total, place) => total + place.amount.amount, 0n)).toBe(paidIn.amount)
  if (segments.length > 0) expect(segments.reduce((total, item) => total + BigInt(item.amount.amount), 0n)).toBe(price)
  expect(BigInt(fee.total.amount) + BigInt(net.amount) + milestones.reduce((total, milestone) => total + BigInt(milestone.refunded.amount), 0n)).toBe(price)
  for (const milestone of milestones) {
    expect(await balanceOf(t.deps.db, accountOf.escrow(milestone.id))).toBe(['funded', 'in_progress', 'delivered'].includes(milestone.state) ? BigInt(milestone.price.amount) : 0n)
  }
  await asTheBooksSay(order, milestones)
  if (state !== 'completed' && state !== 'cancelled') return
  const [held] = await t.deps.sql`select coalesce(sum(balance), 0)::text as amount from ledger_accounts where address like ${`clearing:${order.provider.userId}:%`} or address like ${`frozen:${order.provider.userId}:%`} or address = ${accountOf.available(order.provider.userId)}`
  expect(BigInt(held?.['amount'])).toBe(BigInt(net.amount))
}

/** What buyer and bearer gave and have back, by the rows of the order, by its payments, by its coupon, and by the postings. */
async function asTheBooksSay(order: TestOrder, milestones: Milestone[]): Promise<void> {
  const sum = (list: Milestone[], of: (milestone: Milestone) => bigint) => list.reduce((total, milestone) => total + of(milestone), 0n)
  const funded = milestones.filter(milestone => milestone.state !== 'planned')
  const given = ({ coupon, couponRefunded }: Milestone) => BigInt(coupon.amount) - BigInt(couponRefunded.amount)
  const cash = (milestone: Milestone) => BigInt(milestone.price.amount) - BigInt(milestone.refunded.amount) - given(milestone)
  const [books] = await t.deps.sql`
    select (select coalesce(sum(amount - refunded_amount), 0)::text from payments where subject_id = ${order.id} and paid_at is not null) as paid,
      coalesce(sum(case when source = 'platform:coupon' then amount else -amount end), 0)::text as coupon
    from ledger_postings join ledger_entries on ledger_entries.id = entry_id where order_id = ${order.id} and 'platform:coupon' in (source, destination)`
  expect(BigInt(books?.['paid'])).toBe(sum(funded, cash))
  expect(BigInt(books?.['coupon'])).toBe(sum(funded, given))
  const [coupon] = await t.deps.sql`select (amount - returned)::text as kept from coupons where order_id = ${order.id}`
  expect(BigInt(coupon?.['kept'] ?? 0)).toBe(sum(milestones, given))
}

test('random deals with refunds and disputes come out to the fen', async () => {
  await fc.assert(fc.asyncProperty(prices, beginnings, steps, async (amounts, { coupon, paid }, plan) => {
    const order = await agreedOrder(t, { milestones: amounts.map((amount, index) => milestoneOf({ title: `第${index + 1}期`, price: wire(amount) })) })
    if (coupon !== null) await discount(order, coupon)
    await pay(t, order, paid)
    for (const step of plan) await take(order, step)
    await toTheFen(order)
    for (let week = 0; week < 5; week++) {
      await t.advance(6 * 24 * HOUR)
      await lookIn(order)
    }
    await toTheFen(order)
    expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true, faults: [] })
  }), { numRuns: RUNS, endOnFailure: true })
}, 500_000)
