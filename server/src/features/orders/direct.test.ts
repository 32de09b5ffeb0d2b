/** Ordering from a service's page, up to the provider's answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService, selectionOf } from '../../../test/catalog.ts'
import { done, giveBalance, pay, send, twoPeople, wire } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { updateProvider } from '../accounts/index.ts'
import { balanceOf, verifyBooks } from '../ledger/index.ts'

let t: TestApp
let buyer: TestPerson
let provider: TestPerson
let serviceId: string
beforeAll(async () => {
  t = await createTestApp()
  ;({ buyer, provider } = await twoPeople(t))
  serviceId = await publishedService(t, provider)
  await setProvider({})
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const profile = { headline: '', bio: '', bioEn: '', contactName: '', areas: [], skills: [], weeklyHours: {}, replyHabit: '', holiday: null, capacity: 99 }
const setProvider = (change: object) => inTransaction(t.deps.db, tx => updateProvider(tx, t.deps, provider.userId, { ...profile, ...change } as never))
const order = (selection = selectionOf(), price = 120_000, by = buyer) => send(by, 'POST', '/orders', { serviceId, selection, price: wire(price) })
const placed = async (by = buyer) => ({ ...(await order(selectionOf(), 120_000, by)).json(), buyer: by }) as { id: string, number: string, buyer: TestPerson }
const paid = async (by = buyer) => {
  const made = await placed(by)
  await pay(t, made)
  return made
}
const stateOf = async (id: string) => (await done(buyer, 'GET', `/orders/${id}`)).state
const available = (person = buyer) => balanceOf(t.deps.db, accountOf.available(person.userId))

describe('a direct order', () => {
  it('has the price the server computed, and keeps what was sold', async () => {
    const answer = await order(selectionOf({ addOns: [{ id: 'express', quantity: 1 }], answers: { name: '山茶铺', goods: 60 } }), 152_000)
    expect(answer.statusCode).toBe(201)
    const { id, ...answered } = answer.json()
    const made = await done(buyer, 'GET', `/orders/${id}`)
    expect(answered).toEqual({ number: made.number, price: wire(152_000), payBy: made.payBy })
    expect(made).toMatchObject({
      state: 'pending_payment', origin: 'direct', price: wire(152_000), side: 'buyer', fee: null, actions: ['withdraw'],
      milestones: [{ days: 5, revisions: { cap: 2 }, checklist: [{ text: '3 个页面', ticked: false }], where: { state: 'due', holder: 'buyer' } }],
      brief: [{ label: '店名', answer: '山茶铺' }, { label: '商品数量', answer: 60 }], segments: [{ state: 'due', amount: wire(152_000) }],
    })
    expect(made.lines.map((line: { amount: { amount: string } }) => line.amount.amount)).toEqual(['120000', '30000', '2000'])
  })

  it.each<[string, object, string]>([
    ['a price the buyer was not shown', { price: wire(119_999) }, 'orders.price_changed'],
    ['an unanswered required question', { selection: selectionOf({ answers: {} }) }, 'kernel.invalid_input'],
    ['a service that is not there', { serviceId: '01900000-0000-7000-8000-000000000000' }, 'catalog.service_not_found'],
    ['an amount that is no integer', { price: wire(1.5) }, 'kernel.invalid_input'],
  ])('is refused for %s', async (_name, change, code) => {
    expect((await send(buyer, 'POST', '/orders', { serviceId, selection: selectionOf(), price: wire(120_000), ...change })).json().code).toBe(code)
  })

  it("is refused for one's own service, on holiday, and when the provider is full", async () => {
    expect((await send(provider, 'POST', '/orders', { serviceId, selection: selectionOf(), price: wire(120_000) })).json().code).toBe('catalog.own_service')
    const day = (days: number) => new Date(t.deps.clock.now().getTime() + days * 24 * HOUR).toISOString().slice(0, 10)
    await setProvider({ holiday: { from: day(-1), until: day(2), note: '' } })
    expect((await order()).json().code).toBe('orders.provider_on_holiday')
    await paid().catch(() => {})
    await setProvider({ capacity: 1 })
    await paid()
    expect((await order()).json().code).toBe('orders.provider_full')
    await setProvider({})
  })

  it('is made once for one Idempotency-Key', async () => {
    const request = { method: 'POST', url: '/api/v1/orders', headers: { 'idempotency-key': 'once' }, payload: { serviceId, selection: selectionOf(), price: wire(120_000) } } as const
    const [first, second] = [await buyer.inject(request), await buyer.inject(request)]
    expect(second.json().id).toBe(first.json().id)
    expect((await buyer.inject({ ...request, headers: {} })).json().code).toBe('kernel.idempotency_key_required')
  })

  it('expires after half an hour without payment, and cannot be paid then', async () => {
    const made = await placed()
    await t.advance(31 * MINUTE)
    expect(await stateOf(made.id)).toBe('expired')
    await giveBalance(t, buyer.userId, 120_000n)
    expect((await send(buyer, 'POST', '/payments', { purpose: 'order', subjectId: made.id, channel: 'balance', amount: wire(120_000) })).json().code).toBe('payments.not_payable')
  })

  it('can be withdrawn by its buyer until it is paid', async () => {
    const made = await placed()
    expect((await send(provider, 'POST', `/orders/${made.id}/withdraw`)).json().code).toBe('kernel.forbidden')
    expect((await send(buyer, 'POST', `/orders/${made.id}/withdraw`)).json()).toMatchObject({ state: 'cancelled', next: { code: 'cancelled', by: 'nobody' }, segments: [] })
    const other = await paid()
    expect((await send(buyer, 'POST', `/orders/${other.id}/withdraw`)).json().code).toBe('kernel.illegal_transition')
  })

  it('is paid, accepted, and under way with a date', async () => {
    const made = await paid()
    const before = await done(provider, 'GET', `/orders/${made.id}`)
    expect(before).toMatchObject({ state: 'paid', side: 'provider', next: { code: 'accept_order', by: 'provider', otherwise: 'refunded' }, actions: ['accept', 'decline'], milestones: [{ state: 'funded', where: { why: 'waiting_for_provider' } }] })
    expect(BigInt(before.fee.total.amount) + BigInt(before.fee.net.amount)).toBe(120_000n)
    expect((await send(buyer, 'POST', `/orders/${made.id}/accept`)).json().code).toBe('kernel.forbidden')
    const after = await done(provider, 'POST', `/orders/${made.id}/accept`)
    expect(after).toMatchObject({ state: 'in_progress', next: { code: 'deliver', by: 'provider' }, milestones: [{ state: 'in_progress', actions: ['deliver'] }] })
    expect(new Date(after.next.at).getTime() - t.deps.clock.now().getTime()).toBeCloseTo(10 * 24 * HOUR, -5)
    expect((await send(provider, 'POST', `/orders/${made.id}/decline`, { reason: '晚了' })).json().code).toBe('kernel.illegal_transition')
  })

  it('that is declined goes back to the buyer at once', async () => {
    const made = await paid()
    const before = await available()
    const declined = await done(provider, 'POST', `/orders/${made.id}/decline`, { reason: '档期冲突' })
    expect(declined).toMatchObject({ state: 'cancelled', segments: [{ state: 'refunded', amount: wire(120_000) }] })
    expect(await available()).toBe(before + 120_000n)
    const told = (await done(buyer, 'GET', `/orders/${made.id}`)).timeline
    expect(told.at(-1)).toMatchObject({ code: 'order.decline', by: 'provider', text: '档期冲突', amount: wire(120_000) })
  })

  it('that nobody accepts within a day goes back by itself', async () => {
    const other = await signUp(t)
    const made = await paid(other)
    await t.advance(24 * HOUR + MINUTE)
    expect((await done(other, 'GET', `/orders/${made.id}`)).state).toBe('cancelled')
    expect(await available(other)).toBe(120_000n)
    expect((await send(provider, 'POST', `/orders/${made.id}/accept`)).json().code).toBe('kernel.illegal_transition')
  })

  it('is taken back by its buyer until it is accepted, and refunded at once', async () => {
    const other = await signUp(t)
    const made = await paid(other)
    const stranger = await signUp(t)
    expect((await send(provider, 'POST', `/orders/${made.id}/recall`)).json().code).toBe('kernel.forbidden')
    expect((await send(stranger, 'POST', `/orders/${made.id}/recall`)).json().code).toBe('kernel.not_found')
    expect(await done(other, 'POST', `/orders/${made.id}/recall`)).toMatchObject({ state: 'cancelled', segments: [{ state: 'refunded', amount: wire(120_000) }] })
    expect(await available(other)).toBe(120_000n)
    expect((await send(other, 'POST', `/orders/${made.id}/recall`)).json().code).toBe('kernel.illegal_transition')
    const accepted = await paid()
    await done(provider, 'POST', `/orders/${accepted.id}/accept`)
    expect((await send(buyer, 'POST', `/orders/${accepted.id}/recall`)).json().code).toBe('kernel.illegal_transition')
  })

  it('accepted and taken back at the same moment ends one way, with its money in one place', async () => {
    for (let round = 0; round < 3; round++) {
      const made = await paid()
      const before = await available()
      const [taken, accepted] = await Promise.all([send(buyer, 'POST', `/orders/${made.id}/recall`), send(provider, 'POST', `/orders/${made.id}/accept`)])
      expect([taken.statusCode, accepted.statusCode].sort()).toEqual([200, 409])
      const { state, milestones } = await done(buyer, 'GET', `/orders/${made.id}`)
      const isTaken = taken.statusCode === 200
      expect(state).toBe(isTaken ? 'cancelled' : 'in_progress')
      expect([await balanceOf(t.deps.db, accountOf.escrow(milestones[0].id)), await available() - before]).toEqual(isTaken ? [0n, 120_000n] : [120_000n, 0n])
    }
  })

  it('accepted and lapsing at the same moment ends one way, with its money in one place', async () => {
    for (let round = 0; round < 3; round++) {
      const made = await paid()
      await t.deps.clock.advance(t.deps.sql, 24 * HOUR + MINUTE)
      const [answer] = await Promise.all([send(provider, 'POST', `/orders/${made.id}/accept`), t.worker.drain()])
      const state = await stateOf(made.id)
      const { milestones } = await done(buyer, 'GET', `/orders/${made.id}`)
      expect(state).toBe(answer.statusCode === 200 ? 'in_progress' : 'cancelled')
      expect(await balanceOf(t.deps.db, accountOf.escrow(milestones[0].id))).toBe(answer.statusCode === 200 ? 120_000n : 0n)
    }
  })

  it('is not there for strangers', async () => {
    const made = await placed()
    const stranger = await signUp(t, { roles: ['buyer', 'provider'] })
    for (const [method, path] of [['GET', ''], ['POST', '/accept'], ['POST', '/withdraw']] as const) expect((await send(stranger, method, `/orders/${made.id}${path}`)).statusCode).toBe(404)
    expect((await send(stranger, 'POST', '/payments', { purpose: 'order', subjectId: made.id, channel: 'balance', amount: wire(120_000) })).statusCode).toBe(404)
    expect((await send(stranger, 'GET', '/orders/not-an-id')).statusCode).toBe(404)
    const staff = await signUp(t, { staffRoles: ['support'] })
    expect((await send(staff, 'GET', `/orders/${made.id}`)).json()).toMatchObject({ side: 'staff', actions: [], bill: null })
  })
})
