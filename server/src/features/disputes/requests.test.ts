/** Refund requests as the two sides live them: offers, silence, agreement to the fen, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { deliver, done, milestoneOf, runningOrder, send, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp } from '../../../test/people.ts'
import { balanceOf, followOrder, verifyBooks } from '../ledger/index.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const DAY = 86_400_000
const balance = (address: string) => balanceOf(t.deps.db, address)
const available = (order: TestOrder, side: 'buyer' | 'provider') => balance(accountOf.available(order[side].userId))
const view = (order: TestOrder, side: 'buyer' | 'provider' = 'buyer') => done(order[side], 'GET', `/orders/${order.id}`)

async function ask(order: TestOrder, amount: bigint | number, { side = 'buyer', index = 0 }: { side?: 'buyer' | 'provider', index?: number } = {}) {
  const { items } = await done(order[side], 'POST', `/orders/${order.id}/refund-requests`, { cause: 'quality', message: '和说好的不一样', uploads: [], milestones: [{ id: order.milestoneIds[index], amount: wire(amount) }] })
  return items[0]
}

const answer = (order: TestOrder, side: 'buyer' | 'provider', id: string, action: string, body?: object) => send(order[side], 'POST', `/refund-requests/${id}/${action}`, body)
const accept = (order: TestOrder, index = 0) => send(order.buyer, 'POST', `/milestones/${order.milestoneIds[index]}/accept`, { version: 1, amount: wire(100_000) })

describe('agreeing', () => {
  it('divides the escrow of the milestone to the fen: the refund to the payer, the rest less the fee to the provider at once', async () => {
    const order = await runningOrder(t)
    const request = await ask(order, 33_333)
    expect(request).toMatchObject({ state: 'open', stage: 'escrow', most: wire(100_000), turn: 'provider', silence: 'executed', actions: ['withdraw'], consequence: { toBuyer: wire(33_333) } })
    expect(await view(order, 'provider')).toMatchObject({ next: { code: 'answer_refund', by: 'provider', amount: wire(33_333) }, segments: [{ state: 'disputed', amount: wire(100_000) }] })
    // Silence would grant it, so it stands among what the provider has to do today.
    expect(await done(order.provider, 'GET', '/workbench/orders')).toMatchObject({ toAnswer: [{ id: order.id }], toDeliver: [], waiting: [] })
    expect((await answer(order, 'buyer', request.id, 'agree', { version: 1 })).json().code).toBe('disputes.not_your_turn')
    const agreed = (await answer(order, 'provider', request.id, 'agree', { version: 1 })).json()
    expect(agreed).toMatchObject({ state: 'executed', outcome: 'agreed', consequence: { toBuyer: wire(33_333) } })
    const { fee, net } = agreed.consequence
    expect(BigInt(fee.amount) + BigInt(net.amount)).toBe(66_667n)
    expect(agreed.consequence).toEqual(request.consequence)
    expect(await available(order, 'buyer')).toBe(33_333n)
    expect(await available(order, 'provider')).toBe(BigInt(net.amount))
    expect(await balance(accountOf.escrow(order.milestoneIds[0] as string))).toBe(0n)
    expect(await view(order, 'provider')).toMatchObject({ state: 'completed', net, milestones: [{ state: 'split', refunded: wire(33_333) }], segments: [{ state: 'available', amount: wire(66_667) }, { state: 'refunded', amount: wire(33_333) }] })
    expect((await answer(order, 'provider', request.id, 'agree', { version: 1 })).json().code).toBe('kernel.illegal_transition')
    expect((await send(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, { cause: 'other', message: '再退', milestones: [{ id: order.milestoneIds[0], amount: wire(1) }] })).json().code).toBe('disputes.nothing_to_refund')
  })

  it('to all of it ends the order: nobody is paid, no fee is taken', async () => {
    const order = await runningOrder(t)
    const request = await ask(order, 100_000)
    await answer(order, 'provider', request.id, 'agree', { version: 1 })
    expect(await view(order)).toMatchObject({ state: 'cancelled', milestones: [{ state: 'refunded' }] })
    expect([await available(order, 'buyer'), await available(order, 'provider')]).toEqual([100_000n, 0n])
  })

  it('goes back and forth until one side takes the last offer, and only the last', async () => {
    const order = await runningOrder(t)
    const request = await ask(order, 80_000)
    const offer = { message: '只差一页', uploads: [] }
    expect((await answer(order, 'provider', request.id, 'counter', { ...offer, version: 1, amount: wire(80_000) })).json().code).toBe('disputes.same_amount')
    expect((await answer(order, 'provider', request.id, 'counter', { ...offer, version: 1, amount: wire(100_001) })).json().code).toBe('disputes.too_much')
    expect((await answer(order, 'provider', request.id, 'counter', { ...offer, version: 1, amount: wire(0) })).json()).toMatchObject({ state: 'negotiating', turn: 'buyer', silence: 'escalated', offers: [{}, { by: 'provider', amount: wire(0) }] })
    expect((await answer(order, 'buyer', request.id, 'agree', { version: 1 })).json().code).toBe('disputes.offer_changed')
    await answer(order, 'buyer', request.id, 'counter', { ...offer, version: 2, amount: wire(40_000) })
    expect((await answer(order, 'provider', request.id, 'agree', { version: 3 })).json()).toMatchObject({ outcome: 'agreed', consequence: { toBuyer: wire(40_000) } })
  })

  it('to what the provider offers works the same from the other side', async () => {
    const order = await runningOrder(t)
    const request = await ask(order, 100_000, { side: 'provider' })
    expect(request).toMatchObject({ askedBy: 'provider', turn: 'buyer', silence: 'escalated' })
    expect((await answer(order, 'buyer', request.id, 'agree', { version: 1 })).json()).toMatchObject({ state: 'executed' })
    expect(await available(order, 'buyer')).toBe(100_000n)
  })
})

describe('silence', () => {
  it('of the provider for three days grants what was asked, after a reminder', async () => {
    const order = await runningOrder(t)
    const request = await ask(order, 50_000)
    await t.advance(2 * DAY + 60_000)
    const notices = await t.deps.sql`select count(*)::int as sent from notices where user_id = ${order.provider.userId} and type = 'refund_reminder'`
    expect(notices[0]?.['sent']).toBe(1)
    await t.advance(DAY)
    expect(await done(order.buyer, 'GET', `/refund-requests/${request.id}`)).toMatchObject({ state: 'executed', outcome: 'silence', consequence: { toBuyer: wire(50_000) } })
    expect(await available(order, 'buyer')).toBe(50_000n)
  })

  it('of the buyer calls an arbitrator', async () => {
    const order = await runningOrder(t)
    const request = await ask(order, 20_000, { side: 'provider' })
    await t.advance(3 * DAY + 60_000)
    const shown = await done(order.buyer, 'GET', `/refund-requests/${request.id}`)
    expect(shown).toMatchObject({ state: 'escalated', turn: null })
    expect(await done(order.buyer, 'GET', `/disputes/${shown.disputeId}`)).toMatchObject({ state: 'evidence', pot: wire(100_000), offered: wire(20_000), asked: wire(100_000) })
    expect(await done(order.provider, 'GET', '/workbench/orders')).toMatchObject({ toAnswer: [], waiting: [{ id: order.id, next: { code: 'arbitration' } }] })
  })
})

describe('while it is open', () => {
  it('nobody accepts the milestone, its clock stands still, and withdrawing gives the time back', async () => {
    const order = await runningOrder(t)
    await deliver(order)
    const before = (await view(order)).milestones[0].acceptance.acceptBy
    await t.advance(5 * DAY)
    const request = await ask(order, 10_000)
    expect((await accept(order)).json().code).toBe('orders.refund_open')
    await t.advance(2 * DAY + 60_000 + DAY / 2)
    expect((await view(order)).milestones[0].state).toBe('delivered')
    expect((await answer(order, 'provider', request.id, 'withdraw')).json().code).toBe('disputes.not_asker')
    expect((await answer(order, 'buyer', request.id, 'withdraw')).json()).toMatchObject({ state: 'withdrawn', outcome: 'withdrawn' })
    const after = (await view(order)).milestones[0].acceptance.acceptBy
    expect(Date.parse(after) - Date.parse(before)).toBeGreaterThanOrEqual(2.5 * DAY)
    await t.advance(Date.parse(after) - t.deps.clock.now().getTime() + 60_000)
    expect((await view(order)).milestones[0].state).toBe('released')
  })

  it('another milestone of the same order is delivered and released', async () => {
    const order = await runningOrder(t, { milestones: [milestoneOf(), milestoneOf({ title: '第二期' })] })
    const request = await ask(order, 100_000)
    expect((await view(order)).milestones[1].state).toBe('in_progress')
    await deliver(order, 1)
    expect((await accept(order, 1)).statusCode).toBe(200)
    expect(await view(order)).toMatchObject({ state: 'in_progress', milestones: [{ heldBy: request.id }, { state: 'released' }] })
    await answer(order, 'provider', request.id, 'agree', { version: 1 })
    expect(await view(order)).toMatchObject({ state: 'completed' })
  })

  it('of money that is clearing only the amount asked is frozen; the rest becomes available on its day', async () => {
    const order = await runningOrder(t)
    await deliver(order)
    await accept(order)
    const { fee, net } = (await view(order, 'provider')).milestones[0].where
    await t.advance(DAY)
    const request = await ask(order, 25_000)
    expect(request).toMatchObject({ stage: 'clearing', most: wire(25_000) })
    expect(await view(order, 'provider')).toMatchObject({ state: 'completed', next: { code: 'answer_refund', by: 'provider' }, segments: [{ state: 'clearing', amount: wire(75_000) }, { state: 'disputed', amount: wire(25_000) }] })
    const shown = (await done(order.provider, 'GET', '/wallet/where')).items.map((item: { kind: string, place: { state: string, amount: object } }) => [item.kind, item.place.state, item.place.amount])
    expect(shown.toSorted()).toEqual([['clearing', 'clearing', wire(75_000)], ['frozen', 'disputed', wire(25_000)]])
    const frozen = await balance(accountOf.frozen(order.provider.userId, request.id))
    const feeShare = 25_000n - frozen
    expect(feeShare).toBe((BigInt(fee.amount) * 25_000n * 2n + 100_000n) / 200_000n)
    await answer(order, 'provider', request.id, 'counter', { version: 1, amount: wire(5_000), message: '只有一处', uploads: [] })
    await t.advance(2 * DAY + 60_000)
    expect(await available(order, 'provider')).toBe(BigInt(net.amount) - frozen)
    const agreed = (await answer(order, 'buyer', request.id, 'agree', { version: 2 })).json()
    expect(await available(order, 'buyer')).toBe(5_000n)
    expect(await available(order, 'provider')).toBe(BigInt(net.amount) - frozen + BigInt(agreed.consequence.net.amount))
    expect(BigInt(agreed.consequence.fee.amount) + BigInt(agreed.consequence.net.amount)).toBe(20_000n)
    const { paidIn, places } = await followOrder(t.deps.db, order.id)
    expect(places.reduce((sum, place) => sum + place.amount.amount, 0n)).toBe(paidIn.amount)
  })
})

describe('refused, with nothing changed:', () => {
  it.each<[string, (order: TestOrder) => object, string]>([
    ['more than there is', order => ({ milestones: [{ id: order.milestoneIds[0], amount: wire(100_001) }] }), 'disputes.too_much'],
    ['nothing', order => ({ milestones: [{ id: order.milestoneIds[0], amount: wire(0) }] }), 'kernel.invalid_input'],
    ['a milestone twice', order => ({ milestones: [{ id: order.milestoneIds[0], amount: wire(1) }, { id: order.milestoneIds[0], amount: wire(1) }] }), 'disputes.repeated'],
    ['a milestone of another order', () => ({ milestones: [{ id: '01900000-0000-7000-8000-000000000000', amount: wire(1) }] }), 'kernel.not_found'],
    ['a file that is not theirs', order => ({ uploads: ['01900000-0000-7000-8000-000000000000'], milestones: [{ id: order.milestoneIds[0], amount: wire(1) }] }), 'kernel.upload_missing'],
  ])('%s', async (_name, change, code) => {
    const order = await runningOrder(t)
    const refused = await send(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, { cause: 'other', message: '退', uploads: [], ...change(order) })
    expect(refused.json().code).toBe(code)
    expect((await view(order)).milestones[0]).toMatchObject({ heldBy: null, state: 'in_progress' })
  })

  it('a second request, one of a stranger, and one of cleared money', async () => {
    const order = await runningOrder(t)
    const request = await ask(order, 1)
    const again = { cause: 'other', message: '退', milestones: [{ id: order.milestoneIds[0], amount: wire(1) }] }
    expect((await send(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, again)).json().code).toBe('orders.refund_open')
    const stranger = await signUp(t)
    expect((await send(stranger, 'POST', `/orders/${order.id}/refund-requests`, again)).json().code).toBe('kernel.not_found')
    for (const path of [`/refund-requests/${request.id}`, `/orders/${order.id}/refund-requests`]) expect((await send(stranger, 'GET', path)).json().code).toBe('kernel.not_found')
    expect((await answer({ ...order, buyer: stranger }, 'buyer', request.id, 'withdraw')).json().code).toBe('kernel.not_found')
    await answer(order, 'buyer', request.id, 'withdraw')
    await deliver(order)
    await accept(order)
    await t.advance(3 * DAY + 60_000)
    expect((await send(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, again)).json().code).toBe('disputes.nothing_to_refund')
  })
})
