/** Change orders through the product's own endpoints: what holds, what is paid, what goes back, and who may do what. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { agreedOrder, deliver, done, giveBalance, milestoneOf, pay, runningOrder, send, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { balanceOf, verifyBooks } from '../ledger/index.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const DAY = 24 * 3_600_000
type Terms = { milestones?: object[], added?: object[] }
const bodyOf = (terms: Terms) => ({ milestones: [], added: [], ...terms })
const propose = (person: TestPerson, order: TestOrder, terms: Terms) => send(person, 'POST', `/orders/${order.id}/changes`, { ...bodyOf(terms), reason: '还要一套节日版' })
const proposed = (person: TestPerson, order: TestOrder, terms: Terms) => done(person, 'POST', `/orders/${order.id}/changes`, { ...bodyOf(terms), reason: '还要一套节日版' })
const agree = (person: TestPerson, change: { id: string, effect: { pay: object, refund: object } }) => send(person, 'POST', `/changes/${change.id}/agree`, { pay: change.effect.pay, refund: change.effect.refund })
const view = (order: TestOrder, person = order.buyer) => done(person, 'GET', `/orders/${order.id}`)
const changesOf = async (order: TestOrder, person = order.buyer) => (await done(person, 'GET', `/orders/${order.id}/changes`)).items
const escrow = (milestoneId: string | undefined) => balanceOf(t.deps.db, accountOf.escrow(milestoneId as string))
const payFor = (order: TestOrder, changeId: string, amount: number) => send(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'balance', changeId, amount: wire(amount) })
const id = (order: TestOrder, index = 0) => order.milestoneIds[index] as string

describe('a change of what is not paid yet', () => {
  it('holds when the other side agrees: price, date, words and a new milestone', async () => {
    const order = await agreedOrder(t, { milestones: [milestoneOf(), milestoneOf({ title: '落地' })] })
    await pay(t, order, 1)
    const terms = { milestones: [{ id: id(order, 1), title: '落地与培训', price: wire(150_000), days: 9, checklist: ['效果图两张', '培训一次'] }], added: [milestoneOf({ title: '节日版', price: wire(50_000) })] }
    const shown = await done(order.buyer, 'POST', `/orders/${order.id}/changes/preview`, bodyOf(terms))
    expect(shown.effect).toEqual({ price: { before: wire(200_000), after: wire(300_000) }, fee: { before: wire(16_000), after: wire(24_000) }, net: { before: wire(184_000), after: wire(276_000) }, coupon: { before: wire(0), after: wire(0) }, pay: wire(0), refund: wire(0), couponReturned: wire(0) })
    const change = await proposed(order.buyer, order, terms)
    expect(change).toMatchObject({ number: 1, state: 'proposed', by: 'buyer', actions: ['withdraw'], effect: shown.effect, lines: [{ position: 2, before: { title: '落地' }, after: { title: '落地与培训' } }, { position: 3, before: null }] })
    expect((await agree(order.provider, change)).json()).toMatchObject({ state: 'applied', actions: [], endedAt: expect.any(String) })
    const after = await view(order, order.provider)
    expect(after).toMatchObject({ price: wire(300_000), net: wire(276_000), milestones: [{ price: wire(100_000) }, { title: '落地与培训', price: wire(150_000), days: 9, checklist: [{ text: '效果图两张' }, { text: '培训一次' }] }, { title: '节日版', state: 'planned', revisions: { cap: 2 } }] })
    expect((await view(order)).bill).toMatchObject({ amount: wire(200_000) })
  })
})

describe('an increase of what is in escrow', () => {
  it('counts once it is paid, into the same escrow, and the whole is released with the frozen fee', async () => {
    const order = await runningOrder(t)
    const change = await proposed(order.provider, order, { milestones: [{ id: id(order), price: wire(130_000), days: 8 }] })
    const due = new Date((await view(order)).milestones[0].dueAt).getTime()
    expect((await agree(order.buyer, change)).json()).toMatchObject({ state: 'awaiting_payment', actions: ['pay', 'withdraw'], effect: { pay: wire(30_000), refund: wire(0) } })
    expect((await view(order)).milestones[0]).toMatchObject({ price: wire(100_000), days: 5 })
    expect((await payFor(order, change.id, 30_001)).json()).toMatchObject({ code: 'payments.amount_changed' })
    await giveBalance(t, order.buyer.userId, 30_000n)
    expect((await payFor(order, change.id, 30_000)).statusCode).toBe(201)
    expect(await escrow(id(order))).toBe(130_000n)
    const after = await view(order)
    expect([after.price, after.milestones[0].price, new Date(after.milestones[0].dueAt).getTime() - due]).toEqual([wire(130_000), wire(130_000), 3 * DAY])
    expect((await payFor(order, change.id, 30_000)).json()).toMatchObject({ code: 'payments.not_payable' })
    await deliver(order)
    const accept = (amount: number) => send(order.buyer, 'POST', `/milestones/${id(order)}/accept`, { version: 1, amount: wire(amount) })
    expect((await accept(100_000)).json()).toMatchObject({ code: 'orders.wrong_amount' })
    await accept(130_000)
    expect(await balanceOf(t.deps.db, accountOf.clearing(order.provider.userId, id(order)))).toBe(119_600n)
  })

  it('stands among what waits for the one who has to answer it, then for the buyer who has to pay, then for nobody', async () => {
    const order = await runningOrder(t)
    const waiting = async (side: 'buyer' | 'provider') => (await done(order[side], 'GET', `/orders?section=waiting&side=${side}`)).items.map((item: { change: object | null, next: { code: string } }) => [item.next.code, item.change])
    const underWay = async () => (await done(order.buyer, 'GET', '/orders?section=in_progress&side=buyer')).items.length
    expect([await waiting('buyer'), await underWay()]).toEqual([[], 1])
    const change = await proposed(order.provider, order, { milestones: [{ id: id(order), price: wire(130_000) }] })
    expect([await waiting('buyer'), await waiting('provider'), await underWay()]).toEqual([[['deliver', { step: 'answer', at: change.answerBy }]], [['deliver', null]], 0])
    await agree(order.buyer, change)
    expect(await waiting('buyer')).toEqual([['deliver', { step: 'pay', at: expect.any(String) }]])
    await giveBalance(t, order.buyer.userId, 30_000n)
    await payFor(order, change.id, 30_000)
    expect([await waiting('buyer'), await underWay()]).toEqual([[], 1])
    await proposed(order.buyer, order, { milestones: [{ id: id(order), price: wire(140_000) }] })
    expect(await waiting('provider')).toEqual([['deliver', { step: 'answer', at: expect.any(String) }]])
    const toAgree = async () => (await done(order.provider, 'GET', '/workbench/orders')).toAgree.map((row: { id: string }) => row.id)
    expect(await toAgree()).toEqual([order.id])
    await t.advance(3 * DAY + 1_000)
    expect(await toAgree()).toEqual([])
    const [row] = await t.deps.sql`select change_for from orders where id = ${order.id}`
    expect(row).toEqual({ change_for: null })
  })

  it('lapses after a day without payment, and the order is as it was', async () => {
    const order = await runningOrder(t)
    const change = await proposed(order.buyer, order, { milestones: [{ id: id(order), price: wire(130_000) }] })
    await agree(order.provider, change)
    await t.advance(DAY + 1_000)
    expect(await changesOf(order)).toMatchObject([{ state: 'lapsed', actions: [] }])
    expect([(await view(order)).price, await escrow(id(order))]).toEqual([wire(100_000), 100_000n])
  })

  it('goes back by the way it came, the last payment first, when the price falls again', async () => {
    const order = await runningOrder(t)
    const up = await proposed(order.buyer, order, { milestones: [{ id: id(order), price: wire(140_000) }] })
    await agree(order.provider, up)
    await giveBalance(t, order.buyer.userId, 40_000n)
    await payFor(order, up.id, 40_000)
    const down = await proposed(order.provider, order, { milestones: [{ id: id(order), price: wire(70_001) }] })
    expect(down).toMatchObject({ number: 2, effect: { pay: wire(0), refund: wire(69_999), fee: { before: wire(11_200), after: wire(5_600) } } })
    expect((await agree(order.buyer, down)).statusCode).toBe(200)
    expect([await escrow(id(order)), await balanceOf(t.deps.db, accountOf.available(order.buyer.userId))]).toEqual([70_001n, 69_999n])
    const { papers, price, timeline } = await view(order)
    expect(timeline.filter((moment: { kind: string }) => moment.kind === 'past').map((moment: { code: string, amount: object | null }) => [moment.code, moment.amount])).toEqual([['order.created', null], ['order.start', wire(100_000)], ['change_order.pay', wire(40_000)], ['change_order.agree', null]])
    expect(price).toEqual(wire(70_001))
    expect(papers.payments.map((payment: { amount: object, refunds: { amount: object, reason: string }[] }) => [payment.amount, payment.refunds.map(({ amount, reason }) => [amount, reason])])).toEqual(expect.arrayContaining([
      [wire(40_000), [[wire(40_000), 'agreed']]], [wire(100_000), [[wire(29_999), 'agreed']]],
    ]))
  })
})

describe('an answer', () => {
  it('is the other side\'s; strangers find nothing; one change is open at a time', async () => {
    const order = await runningOrder(t)
    const stranger = await signUp(t)
    expect((await propose(stranger, order, { milestones: [{ id: id(order), days: 9 }] })).statusCode).toBe(404)
    const change = await proposed(order.buyer, order, { milestones: [{ id: id(order), days: 9 }] })
    expect((await propose(order.provider, order, { milestones: [{ id: id(order), days: 7 }] })).json()).toMatchObject({ status: 409, code: 'orders.change_open' })
    expect((await agree(order.buyer, change)).json()).toMatchObject({ status: 403, code: 'kernel.forbidden' })
    expect((await agree(stranger, change)).statusCode).toBe(404)
    expect((await send(order.provider, 'POST', `/changes/${change.id}/withdraw`)).statusCode).toBe(403)
    expect((await send(order.provider, 'POST', `/changes/${change.id}/reject`, { answer: '排不开' })).json()).toMatchObject({ state: 'rejected', answer: '排不开' })
    expect((await agree(order.provider, change)).json()).toMatchObject({ status: 409, code: 'kernel.illegal_transition' })
    const second = await proposed(order.buyer, order, { milestones: [{ id: id(order), days: 9 }] })
    expect((await send(order.buyer, 'POST', `/changes/${second.id}/withdraw`)).json()).toMatchObject({ number: 2, state: 'withdrawn' })
    expect((await view(order)).milestones[0].days).toBe(5)
  })

  it('that does not come within three days is no', async () => {
    const order = await runningOrder(t)
    const change = await proposed(order.buyer, order, { milestones: [{ id: id(order), days: 9 }] })
    await t.advance(3 * DAY + 1_000)
    expect(await changesOf(order)).toMatchObject([{ state: 'lapsed' }])
    expect((await agree(order.provider, change)).statusCode).toBe(409)
  })

  it('is about the amounts that were shown: a milestone paid meanwhile makes an increase a payment', async () => {
    const order = await agreedOrder(t, { milestones: [milestoneOf(), milestoneOf()] })
    await pay(t, order, 1)
    const change = await proposed(order.buyer, order, { milestones: [{ id: id(order, 1), price: wire(120_000) }] })
    await pay(t, order)
    expect((await agree(order.provider, change)).json()).toMatchObject({ status: 409, code: 'orders.change_moved', title: expect.stringContaining('¥200.00') })
    const [now] = await changesOf(order, order.provider)
    expect((await agree(order.provider, now)).json()).toMatchObject({ state: 'awaiting_payment' })
  })
})

describe('what cannot be changed', () => {
  it('is refused with the place of the fault', async () => {
    const order = await runningOrder(t)
    const codes = async (terms: Terms) => (await propose(order.buyer, order, terms)).json()
    expect(await codes({})).toMatchObject({ status: 422, code: 'orders.change_empty' })
    expect(await codes({ milestones: [{ id: id(order), price: wire(100_000), title: '设计定稿' }] })).toMatchObject({ code: 'orders.change_empty' })
    expect(await codes({ milestones: [{ id: id(order), days: 9 }, { id: id(order), days: 8 }] })).toMatchObject({ status: 422, code: 'orders.change_repeated' })
    expect(await codes({ added: Array.from({ length: 20 }, () => milestoneOf()) })).toMatchObject({ code: 'orders.change_too_many' })
    expect(await codes({ added: [milestoneOf({ price: wire(1_000_000_000) })] })).toMatchObject({ code: 'orders.change_too_large' })
    expect((await propose(order.buyer, order, { milestones: [{ id: id(order), price: wire(0) }] })).json()).toMatchObject({ status: 422, errors: [{ field: 'body.milestones.0.price.amount' }] })
    expect((await propose(order.buyer, await agreedOrder(t, {}, order), { added: [milestoneOf()] })).json()).toMatchObject({ code: 'orders.change_not_running' })
  })

  it('is over when its milestone is accepted, and a closed one is not changed again', async () => {
    const order = await runningOrder(t, { milestones: [milestoneOf(), milestoneOf()] })
    const change = await proposed(order.provider, order, { milestones: [{ id: id(order), price: wire(80_000) }] })
    await deliver(order)
    await done(order.buyer, 'POST', `/milestones/${id(order)}/accept`, { version: 1, amount: wire(100_000) })
    expect((await agree(order.buyer, change)).json()).toMatchObject({ status: 409, code: 'orders.change_closed' })
    await t.worker.drain()
    expect(await changesOf(order)).toMatchObject([{ state: 'lapsed' }])
    expect((await propose(order.buyer, order, { milestones: [{ id: id(order), days: 9 }] })).json()).toMatchObject({ code: 'orders.change_closed', errors: [{ field: 'body.milestones.0' }] })
  })
})
