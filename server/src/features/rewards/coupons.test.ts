/** Coupons as people meet them: claiming, choosing one for an order, and every no with its own words. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService, selectionOf } from '../../../test/catalog.ts'
import { campaignOf, choose, claim, openCampaign } from '../../../test/coupons.ts'
import { agreedOrder, deliver, done, giveBalance, milestoneOf, pay, send, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { updateProvider } from '../accounts/index.ts'
import { balanceOf, verifyBooks } from '../ledger/index.ts'

let t: TestApp
let finance: TestPerson
beforeAll(async () => { t = await createTestApp() })
/** The weeks that pass in a test sign everybody out. */
beforeEach(async () => { finance = await signUp(t, { staffRoles: ['finance'] }) })
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const HOUR = 3_600_000
const DAY = 24 * HOUR
const open = (overrides: Record<string, unknown> = {}) => openCampaign(t, overrides, finance)
const inDays = (days: number) => new Date(t.deps.clock.now().getTime() + days * DAY).toISOString()
const view = (order: TestOrder, person = order.buyer) => done(person, 'GET', `/orders/${order.id}`)
const campaign = async (id: string) => (await done(finance, 'GET', '/staff/coupon-campaigns')).items.find((item: { id: string }) => item.id === id)
const put = (person: TestPerson, order: TestOrder, couponId: string) => send(person, 'PUT', `/orders/${order.id}/coupon`, { couponId })
const enter = (person: TestPerson, code: string) => send(person, 'POST', '/coupons', { code })

/** An order with a coupon of ¥100 on a price of ¥1,000, waiting for payment. */
async function discounted(milestones = [milestoneOf()]) {
  const order = await agreedOrder(t, { milestones })
  const { id, code } = await open()
  const couponId = await claim(order.buyer, { code })
  await choose(order, couponId)
  return { order, couponId, campaignId: id }
}

describe('claiming', () => {
  it('gives one coupon to who enters the code, in whatever case, and keeps its worth from the budget', async () => {
    const { id, code } = await open()
    const person = await signUp(t)
    const given = await enter(person, ` ${code.toLowerCase()} `)
    expect(given.statusCode).toBe(201)
    expect(given.json()).toMatchObject({ state: 'ready', why: null, order: null, discount: { kind: 'amount', amount: wire(10_000) } })
    const { items, offers } = await done(person, 'GET', '/coupons')
    expect(items).toHaveLength(1)
    expect(offers.find((offer: { code: string }) => offer.code === code)).toMatchObject({ why: 'claimed_before' })
    expect(await campaign(id)).toMatchObject({ claimed: 1, spent: 0, committed: wire(10_000), cost: wire(0), phase: 'running' })
  })

  it.each([
    ['an unknown code', async () => 'NOSUCHCODE', 404, 'rewards.code_unknown'],
    ['a campaign that has not begun', async () => (await open({ validFrom: inDays(2) })).code, 409, 'rewards.not_begun'],
    ['one that is used up', async () => { const { code } = await open({ totalLimit: 1 }); await claim(await signUp(t), { code }); return code }, 409, 'rewards.all_gone'],
    ['one whose budget is promised', async () => { const { code } = await open({ budget: wire(10_000) }); await claim(await signUp(t), { code }); return code }, 409, 'rewards.all_gone'],
    ['a paused one', async () => { const { id, code } = await open(); await done(finance, 'POST', `/staff/coupon-campaigns/${id}/pause`, { reason: '核对' }); return code }, 409, 'rewards.not_offered'],
  ])('says no to %s, in both languages', async (_, codeOf, status, problem) => {
    const code = await codeOf()
    const person = await signUp(t)
    const english = await enter(person, code)
    expect(english.json()).toMatchObject({ status, code: problem, errors: [{ field: 'body.code' }] })
    const chinese = await person.inject({ method: 'POST', url: '/api/v1/coupons', payload: { code }, headers: { 'accept-language': 'zh-CN', 'idempotency-key': crypto.randomUUID() } })
    expect(chinese.json().title).toMatch(/\p{Script=Han}/u)
  })

  it('says no to a second one, and when it is over', async () => {
    const { code } = await open()
    const person = await signUp(t)
    await claim(person, { code })
    expect((await enter(person, code)).json().code).toBe('rewards.claimed_before')
    const short = await open({ validTo: inDays(1) })
    await t.advance(DAY)
    expect((await enter(person, short.code)).json().code).toBe('rewards.ended')
    expect((await enter(person, '!')).statusCode).toBe(422)
  })
})

describe('choosing', () => {
  it('prefers what takes off most, says why the others cannot be used, and holds the chosen one', async () => {
    const order = await agreedOrder(t)
    const percent = await claim(order.buyer, await open({ discount: { kind: 'percent', bps: 2_000, cap: wire(15_000) }, minimum: wire(0) }))
    await claim(order.buyer, await open())
    const below = await claim(order.buyer, await open({ minimum: wire(100_001) }))
    const early = await open({ validFrom: inDays(1) })
    expect((await enter(order.buyer, early.code)).statusCode).toBe(409)
    const shown = await done(order.buyer, 'GET', `/orders/${order.id}/coupons`)
    expect(shown).toMatchObject({ best: percent, chosen: null, open: true })
    expect(shown.items.map((item: { why: string | null, saving: object }) => [item.why, item.saving])).toEqual([[null, wire(15_000)], [null, wire(10_000)], ['below_minimum', wire(0)]])
    const chosen = await choose(order, percent)
    expect(chosen).toMatchObject({ price: wire(100_000), coupon: { id: percent, bearer: 'platform', amount: wire(15_000), returned: wire(0) }, bill: { amount: wire(85_000), price: wire(100_000), coupon: wire(15_000) }, next: { code: 'pay', amount: wire(85_000) } })
    expect((await put(order.buyer, order, below)).json()).toMatchObject({ code: 'rewards.coupon_below_minimum' })
    expect((await view(order)).coupon.id).toBe(percent)
    expect(await choose(order, null)).toMatchObject({ coupon: null, bill: { amount: wire(100_000), coupon: wire(0) } })
  })

  it('refuses with a code of its own: not yours, used, held, of another category, over', async () => {
    const { order, couponId } = await discounted()
    const another = await agreedOrder(t, {}, order)
    expect((await put(order.buyer, another, couponId)).json()).toMatchObject({ code: 'rewards.coupon_held', status: 409 })
    const stranger = await agreedOrder(t)
    expect((await put(stranger.buyer, stranger, couponId)).json()).toMatchObject({ code: 'rewards.coupon_not_found', status: 404 })
    expect((await put(order.provider, order, couponId)).statusCode).toBe(403)
    expect((await put(stranger.buyer, order, couponId)).statusCode).toBe(404)
    await pay(t, order)
    expect((await put(order.buyer, another, couponId)).json().code).toBe('rewards.coupon_used')
    expect((await put(order.buyer, order, couponId)).json().code).toBe('orders.coupon_too_late')
    const [category] = (await done(order.buyer, 'GET', '/categories')).items ?? []
    const elsewhere = await claim(order.buyer, await open({ categoryIds: [category.id] }))
    expect((await put(order.buyer, another, elsewhere)).json().code).toBe('rewards.coupon_wrong_category')
    const soonOver = await claim(order.buyer, await open({ validTo: new Date(t.deps.clock.now().getTime() + HOUR / 4).toISOString() }))
    await t.advance(HOUR / 4)
    expect((await put(order.buyer, another, soonOver)).json().code).toBe('rewards.coupon_expired')
    expect((await done(order.buyer, 'GET', '/coupons')).items.map((item: { why: string | null }) => item.why)).toEqual(['expired', null, 'used'])
  })

  it('gives it back when the order expires, and frees the budget when it ends after that', async () => {
    const { order, couponId, campaignId } = await discounted()
    await t.advance(HOUR)
    expect(await view(order)).toMatchObject({ state: 'expired' })
    expect((await done(order.buyer, 'GET', '/coupons')).items[0]).toMatchObject({ id: couponId, state: 'ready', order: null })
    expect(await campaign(campaignId)).toMatchObject({ held: 0, committed: wire(10_000) })
    await t.advance(31 * DAY)
    finance = await signUp(t, { staffRoles: ['finance'] })
    expect(await campaign(campaignId)).toMatchObject({ claimed: 1, committed: wire(0), phase: 'over' })
  })
})

describe('paying with one', () => {
  it('takes price less coupon from the buyer, fills the escrow with the price, and releases all of it less the fee', async () => {
    const { order, campaignId } = await discounted()
    await giveBalance(t, order.buyer.userId, 100_000n)
    const promotions = await balanceOf(t.deps.db, accountOf.coupon)
    await done(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'balance', amount: wire(90_000) })
    expect(await balanceOf(t.deps.db, accountOf.available(order.buyer.userId))).toBe(10_000n)
    expect(await balanceOf(t.deps.db, accountOf.escrow(order.milestoneIds[0] as string))).toBe(100_000n)
    expect(await balanceOf(t.deps.db, accountOf.coupon)).toBe(promotions - 10_000n)
    const [entry] = await t.deps.sql`select count(*)::int as postings from ledger_postings join ledger_entries on ledger_entries.id = entry_id where order_id = ${order.id} and kind = 'escrow.funded_from_balance'`
    expect(entry).toEqual({ postings: 2 })
    await deliver(order)
    await done(order.buyer, 'POST', `/milestones/${order.milestoneIds[0]}/accept`, { version: 1, amount: wire(100_000) })
    expect(await view(order, order.provider)).toMatchObject({ state: 'completed', fee: { total: wire(8_000), net: wire(92_000) } })
    await t.advance(0)
    expect(await campaign(campaignId)).toMatchObject({ spent: 1, cost: wire(10_000), committed: wire(10_000) })
  })

  it('is spread over the milestones in proportion, what is left over to the last, and later instalments keep their share', async () => {
    const prices = [33_333n, 33_333n, 33_334n]
    const { order } = await discounted(prices.map(price => milestoneOf({ price: wire(price) })))
    const { milestones } = await view(order)
    expect(milestones.map((milestone: { coupon: object }) => milestone.coupon)).toEqual([wire(3_333), wire(3_333), wire(3_334)])
    await pay(t, order, 1)
    expect(await view(order)).toMatchObject({ bill: { amount: wire(60_000), price: wire(66_667), coupon: wire(6_667) }, papers: { payments: [{ amount: wire(30_000), coupon: wire(3_333) }] } })
  })

  it('refuses what was shown before the coupon was chosen', async () => {
    const { order } = await discounted()
    const answer = await send(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'balance', amount: wire(100_000) })
    expect(answer.json().code).toBe('payments.amount_changed')
  })

  it('gives part of it back to promotions when part of the price is refunded, and shows both shares before and after', async () => {
    const { order, campaignId } = await discounted()
    await pay(t, order)
    const promotions = await balanceOf(t.deps.db, accountOf.coupon)
    const asked = await done(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, { cause: 'other', message: '少做了一张', uploads: [], milestones: [{ id: order.milestoneIds[0], amount: wire(30_000) }] })
    const [request] = asked.items
    expect(request.consequence).toEqual({ toBuyer: wire(30_000), coupon: wire(3_000), fee: wire(5_600), net: wire(64_400) })
    await done(order.provider, 'POST', `/refund-requests/${request.id}/agree`, { version: 1 })
    expect(await balanceOf(t.deps.db, accountOf.available(order.buyer.userId))).toBe(27_000n)
    expect(await balanceOf(t.deps.db, accountOf.coupon)).toBe(promotions + 3_000n)
    expect(await view(order)).toMatchObject({ coupon: { amount: wire(10_000), returned: wire(3_000) }, milestones: [{ refunded: wire(30_000), couponRefunded: wire(3_000) }], papers: { payments: [{ refunds: [{ amount: wire(27_000) }] }] } })
    await t.advance(0)
    expect(await campaign(campaignId)).toMatchObject({ cost: wire(7_000), committed: wire(7_000) })
    expect((await done(order.buyer, 'GET', '/coupons')).items[0]).toMatchObject({ state: 'spent', amount: wire(10_000), returned: wire(3_000) })
  })
})

describe('a ruling', () => {
  it('shows in its dry run what the coupon\'s bearer gets back, and books just that', async () => {
    const { order } = await discounted()
    await pay(t, order)
    const asked = await done(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, { cause: 'other', message: '不符', uploads: [], milestones: [{ id: order.milestoneIds[0], amount: wire(50_000) }] })
    const { disputeId } = await done(order.provider, 'POST', `/refund-requests/${asked.items[0].id}/refuse`, { version: 1, message: '不同意' })
    for (const person of [order.buyer, order.provider]) await done(person, 'POST', `/disputes/${disputeId}/evidence/finish`)
    const arbitrator = await signUp(t, { staffRoles: ['arbitrator'] })
    const split = { toBuyer: wire(40_000), toProvider: wire(60_000) }
    const promotions = await balanceOf(t.deps.db, accountOf.coupon)
    const run = await done(arbitrator, 'POST', `/staff/disputes/${disputeId}/dry-run`, split)
    expect(run).toMatchObject({ toBuyer: wire(40_000), coupon: wire(4_000), fee: wire(4_800), net: wire(55_200) })
    expect(run.postings).toContainEqual({ entry: 'escrow.refunded', from: accountOf.escrow(order.milestoneIds[0] as string), to: accountOf.coupon, amount: wire(4_000) })
    expect(await balanceOf(t.deps.db, accountOf.coupon)).toBe(promotions)
    await done(arbitrator, 'POST', `/staff/disputes/${disputeId}/ruling`, { ...split, reasons: '依据清单' })
    await t.advance(3 * DAY)
    expect(await balanceOf(t.deps.db, accountOf.coupon)).toBe(promotions + 4_000n)
    expect(await balanceOf(t.deps.db, accountOf.available(order.buyer.userId))).toBe(36_000n)
    expect((await done(order.buyer, 'GET', `/disputes/${disputeId}`)).rulings).toMatchObject([{ toBuyer: wire(40_000), coupon: wire(4_000) }])
    const { pieces } = await done(order.buyer, 'GET', `/disputes/${disputeId}`)
    expect(JSON.stringify(pieces)).toContain('"coupon":"10000"')
  })
})

describe('before the provider has accepted', () => {
  it('the coupon comes back with the money when the order is taken back, and its bearer has all of it', async () => {
    const { order, couponId } = await discounted()
    await choose(order, null)
    const serviceId = await publishedService(t, order.provider)
    await inTransaction(t.deps.db, tx => updateProvider(tx, t.deps, order.provider.userId, { headline: '', bio: '', bioEn: '', contactName: '', areas: [], skills: [], weeklyHours: {}, replyHabit: '', holiday: null, capacity: 9 } as never))
    const { id: directId } = await done(order.buyer, 'POST', '/orders', { serviceId, selection: selectionOf(), price: wire(120_000) })
    await choose({ id: directId, buyer: order.buyer }, couponId)
    const promotions = await balanceOf(t.deps.db, accountOf.coupon)
    await pay(t, { id: directId, buyer: order.buyer })
    expect((await done(order.buyer, 'GET', '/coupons')).items[0]).toMatchObject({ id: couponId, state: 'held', why: 'held' })
    expect(await balanceOf(t.deps.db, accountOf.coupon)).toBe(promotions - 10_000n)
    await done(order.buyer, 'POST', `/orders/${directId}/recall`)
    expect(await balanceOf(t.deps.db, accountOf.coupon)).toBe(promotions)
    expect((await done(order.buyer, 'GET', '/coupons')).items[0]).toMatchObject({ id: couponId, state: 'ready', order: null, why: null })
  })
})

describe('a campaign', () => {
  it.each([
    ['an end before its beginning', { validTo: '2020-01-01T00:00:00.000Z' }, 'rewards.period', 'body.validTo'],
    ['a discount that could take everything', { minimum: wire(10_000) }, 'rewards.discount_too_large', 'body.minimum'],
    ['a budget below one coupon', { budget: wire(9_999) }, 'rewards.budget_too_small', 'body.budget'],
    ['a category that is not there', { categoryIds: ['0190f7f0-0000-7000-8000-000000000000'] }, 'catalog.category_not_found', 'body.categoryIds'],
  ])('is refused with %s', async (_, wrong, code, field) => {
    const answer = (await send(finance, 'POST', '/staff/coupon-campaigns', campaignOf(t, wrong))).json()
    expect(answer).toMatchObject({ code, errors: [{ field }] })
  })

  it('has a code of its own, is for those who may, and its steps are in the audit log', async () => {
    const given = campaignOf(t)
    const made = await done(finance, 'POST', '/staff/coupon-campaigns', given)
    expect((await send(finance, 'POST', '/staff/coupon-campaigns', { ...campaignOf(t), code: given.code })).json().code).toBe('rewards.code_taken')
    for (const role of ['support', 'arbitrator', 'moderator'] as const) expect((await send(await signUp(t, { staffRoles: [role] }), 'GET', '/staff/coupon-campaigns')).statusCode).toBe(403)
    expect((await send(await signUp(t), 'POST', '/staff/coupon-campaigns', given)).statusCode).toBe(403)
    expect(await done(finance, 'POST', `/staff/coupon-campaigns/${made.id}/pause`, { reason: '核对预算' })).toMatchObject({ state: 'paused' })
    expect((await send(finance, 'POST', `/staff/coupon-campaigns/${made.id}/pause`, { reason: '再次' })).json().code).toBe('kernel.illegal_transition')
    expect(await done(finance, 'POST', `/staff/coupon-campaigns/${made.id}/resume`, { reason: '核对完' })).toMatchObject({ state: 'active' })
    const rows = await t.deps.sql`select action from audit_entries where entity_id = ${made.id} order by id`
    expect(rows.map(row => row['action'])).toEqual(['coupons.campaign_created', 'coupons.campaign_paused', 'coupons.campaign_resumed'])
  })
})
