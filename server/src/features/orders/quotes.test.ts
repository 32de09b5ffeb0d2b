/** Offers, counter-offers, and the order that comes of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { done, milestoneOf, send, termsOf, twoPeople, wire } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'

let t: TestApp
let buyer: TestPerson
let provider: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  ;({ buyer, provider } = await twoPeople(t))
})
afterAll(() => t.close())

const HOUR = 3_600_000
const offer = (overrides: Parameters<typeof termsOf>[0] = {}, to = buyer) => done(provider, 'POST', '/quotes', { buyerId: to.userId, title: '年货礼盒', terms: termsOf(overrides) })
const fresh = async () => offer({}, await signUp(t))

describe('a quote', () => {
  it('goes back and forth, keeps every version, and becomes an order on the terms agreed', async () => {
    const quote = await offer()
    expect(quote).toMatchObject({ state: 'offered', version: 1, side: 'provider', actions: ['reoffer', 'reject', 'withdraw'], total: wire(100_000), days: 5 })
    const theirs = termsOf({ message: '八百可以吗', milestones: [milestoneOf({ price: wire(50_000) }), milestoneOf({ title: '打样', price: wire(30_000), days: 3 })] })
    const countered = await done(buyer, 'POST', `/quotes/${quote.id}/counter`, { version: 1, terms: theirs })
    expect(countered).toMatchObject({ state: 'countered', version: 2, total: wire(80_000), days: 8, actions: ['reject'] })
    const agreed = await done(provider, 'POST', `/quotes/${quote.id}/agree`, { version: 2 })
    expect(agreed).toMatchObject({ state: 'accepted', versions: [{ version: 1, by: 'provider' }, { version: 2, by: 'buyer' }] })
    const order = await done(buyer, 'GET', `/orders/${agreed.orderId}`)
    expect(order).toMatchObject({
      state: 'pending_payment', origin: 'quote', price: wire(80_000), next: { code: 'pay', by: 'buyer', otherwise: 'order_expires' }, bill: { amount: wire(80_000) },
      milestones: [{ position: 1, price: wire(50_000), revisions: { cap: 2, used: 0 } }, { position: 2, title: '打样', price: wire(30_000) }],
    })
    expect(order.number).toMatch(/^MD\d{11}$/)
    expect(order.papers.quotes).toHaveLength(2)
  })

  it('is decided on as it was read: a newer version refuses the decision', async () => {
    const quote = await offer()
    await done(provider, 'POST', `/quotes/${quote.id}/reoffer`, { version: 1, terms: termsOf({ milestones: [milestoneOf({ price: wire(200_000) })] }) })
    expect((await send(buyer, 'POST', `/quotes/${quote.id}/accept`, { version: 1 })).json()).toMatchObject({ code: 'orders.quote_changed', status: 409 })
    await done(buyer, 'POST', `/quotes/${quote.id}/reject`, { reason: '超预算' })
    expect((await send(buyer, 'POST', `/quotes/${quote.id}/accept`, { version: 2 })).json().code).toBe('kernel.illegal_transition')
  })

  it('makes one order however often and at once it is accepted', async () => {
    const quote = await offer()
    const tries = await Promise.all(Array.from({ length: 5 }, () => send(buyer, 'POST', `/quotes/${quote.id}/accept`, { version: 1 })))
    expect(tries.map(answer => answer.statusCode).sort()).toEqual([200, 409, 409, 409, 409])
  })

  it('that nobody answers expires after 72 hours, counted anew by each version', async () => {
    const quote = await fresh()
    await t.advance(70 * HOUR)
    await done(provider, 'POST', `/quotes/${quote.id}/reoffer`, { version: 1, terms: termsOf() })
    await t.advance(3 * HOUR)
    expect((await done(provider, 'GET', `/quotes/${quote.id}`)).state).toBe('offered')
    await t.advance(70 * HOUR)
    expect((await done(provider, 'GET', `/quotes/${quote.id}`)).state).toBe('expired')
  })

  it('is the business of its two sides alone, each in their part', async () => {
    const quote = await fresh()
    const stranger = await signUp(t, { roles: ['buyer', 'provider'] })
    for (const [method, path, body] of [['GET', '', undefined], ['POST', '/accept', { version: 1 }], ['POST', '/withdraw', undefined], ['POST', '/reject', {}]] as const) {
      expect((await send(stranger, method, `/quotes/${quote.id}${path}`, body)).statusCode).toBe(404)
    }
    expect((await send(provider, 'POST', `/quotes/${quote.id}/accept`, { version: 1 })).json().code).toBe('kernel.forbidden')
    expect((await send(provider, 'POST', `/quotes/${quote.id}/counter`, { version: 1, terms: termsOf() })).json().code).toBe('kernel.forbidden')
    expect((await send(await signUp(t), 'POST', '/quotes', { buyerId: buyer.userId, title: '不是服务商', terms: termsOf() })).statusCode).toBe(403)
    expect((await send(provider, 'POST', `/quotes/${quote.id}/withdraw`)).json().state).toBe('withdrawn')
  })

  it.each([
    ['no milestone', { milestones: [] }],
    ['a price of zero', { milestones: [milestoneOf({ price: wire(0) })] }],
    ['a negative price', { milestones: [milestoneOf({ price: wire(-1) })] }],
    ['a price beyond all bounds', { milestones: [milestoneOf({ price: wire(99_999_999_999_999_999n) })] }],
    ['a foreign currency', { milestones: [{ ...milestoneOf(), price: { amount: '100', currency: 'USD' } as never }] }],
    ['no days', { milestones: [milestoneOf({ days: 0 })] }],
    ['too many milestones', { milestones: Array.from({ length: 21 }, () => milestoneOf()) }],
  ])('with %s is refused with the field at fault', async (_name, terms) => {
    const answer = await send(provider, 'POST', '/quotes', { buyerId: buyer.userId, title: '年货礼盒', terms: termsOf(terms) })
    expect(answer.json()).toMatchObject({ status: 422, code: 'kernel.invalid_input' })
  })

  it('to oneself, to nobody, or beyond the limit of one order is refused', async () => {
    const ask = (body: object) => send(provider, 'POST', '/quotes', { title: '年货礼盒', terms: termsOf(), ...body })
    expect((await ask({ buyerId: provider.userId })).json().code).toBe('orders.quote_to_self')
    expect((await ask({ buyerId: '01900000-0000-7000-8000-000000000000' })).json().code).toBe('orders.buyer_unknown')
    const dear = Array.from({ length: 2 }, () => milestoneOf({ price: wire(999_999_999) }))
    expect((await ask({ buyerId: (await signUp(t)).userId, terms: termsOf({ milestones: dear }) })).json().code).toBe('orders.quote_total_too_large')
    const crowded = await signUp(t)
    for (let made = 0; made < 5; made++) await offer({}, crowded)
    expect((await ask({ buyerId: crowded.userId })).json().code).toBe('orders.quote_too_many')
  })
})
