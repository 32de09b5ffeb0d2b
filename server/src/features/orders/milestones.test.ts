/** Work and its acceptance: what each side may do with a milestone, and what time does. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { agreedOrder, deliver, done, milestoneOf, pay, runningOrder, send, twoPeople, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp } from '../../../test/people.ts'
import { upload } from '../../../test/uploads.ts'
import type { Event } from '../../kernel/outbox.ts'
import { outbox } from '../../kernel/tables.ts'
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
const three = [milestoneOf({ title: '提案', price: wire(48_000) }), milestoneOf({ title: '设计', price: wire(96_000) }), milestoneOf({ title: '打样', price: wire(54_000) })]
const view = (order: TestOrder, side: 'buyer' | 'provider' = 'buyer') => done(order[side], 'GET', `/orders/${order.id}`)
const accept = (order: TestOrder, index = 0, version = 1, amount = 100_000) => send(order.buyer, 'POST', `/milestones/${order.milestoneIds[index]}/accept`, { version, amount: wire(amount) })
const revise = (order: TestOrder, version = 1) => send(order.buyer, 'POST', `/milestones/${order.milestoneIds[0]}/revise`, { version, reason: '烫金太小' })
const money = (address: string) => balanceOf(t.deps.db, address)
const escrow = (order: TestOrder, index = 0) => money(accountOf.escrow(order.milestoneIds[index] as string))
const events = async (order: TestOrder): Promise<Pick<Event, 'topic' | 'payload'>[]> => t.deps.db.select().from(outbox).where(eq(outbox.key, order.id)).orderBy(outbox.id)
const topics = async (order: TestOrder) => (await events(order)).map(event => event.topic)

describe('paying by milestones', () => {
  it('goes in their order, and later ones when their turn comes', async () => {
    const order = await agreedOrder(t, { milestones: three })
    const wrong = await send(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'alipay', milestoneIds: [order.milestoneIds[1]], amount: wire(96_000) })
    expect(wrong.json()).toMatchObject({ code: 'orders.milestones_in_order', status: 409 })
    await pay(t, order, 2)
    expect(await view(order)).toMatchObject({ state: 'in_progress', milestones: [{ state: 'in_progress' }, { state: 'funded' }, { state: 'planned', actions: ['pay'] }], segments: [{ state: 'held', amount: wire(144_000) }, { state: 'planned', amount: wire(54_000) }] })
    await deliver(order)
    await accept(order, 0, 1, 48_000)
    await deliver(order, 1)
    await accept(order, 1, 1, 96_000)
    expect(await view(order)).toMatchObject({ next: { code: 'pay_milestone', by: 'buyer', amount: wire(54_000), milestone: { position: 3 } }, milestones: [{}, {}, { where: { state: 'due' } }] })
    expect((await send(order.provider, 'POST', `/milestones/${order.milestoneIds[2]}/deliver`, { message: '先做了', uploads: [] })).json().code).toBe('kernel.illegal_transition')
    await pay(t, order)
    await deliver(order, 2)
    await accept(order, 2, 1, 54_000)
    const ended = await view(order, 'provider')
    expect(ended).toMatchObject({ state: 'completed', next: { code: 'clearing', by: 'system', otherwise: 'available' } })
    expect((await view(order)).next.code).toBe('completed')
    const complete = (await events(order)).find(event => event.topic === 'order.complete')
    expect(complete?.payload).toMatchObject({ id: order.id, onTime: true, buyerId: order.buyer.userId, amount: '198000' })
    await t.advance(3 * DAY + 60_000)
    const { fee, segments } = await view(order, 'provider')
    expect(segments).toEqual([{ state: 'available', amount: wire(198_000) }])
    expect(await money(accountOf.available(order.provider.userId))).toBe(198_000n - BigInt(fee.total.amount))
  })
})

describe('a delivery', () => {
  it('is a version with proofs, files and their hashes, and its ticks are of that version alone', async () => {
    const order = await runningOrder(t)
    const file = await upload(order.provider)
    const proofs = [{ position: 1, note: '源文件.ai' }]
    const delivered = await done(order.provider, 'POST', `/milestones/${order.milestoneIds[0]}/deliver`, { message: '第一版', uploads: [file.id], proofs })
    expect(delivered.milestones[0]).toMatchObject({ state: 'delivered', deliveries: [{ version: 1, files: [{ id: file.id, sha256: file.sha256 }] }], checklist: [{ proof: '源文件.ai', provenVersion: 1 }, { proof: null }], actions: ['redeliver'] })
    expect((await order.buyer.inject({ url: file.url })).statusCode).toBe(200)
    expect((await (await signUp(t)).inject({ url: file.url })).statusCode).toBe(404)
    const tick = (position: number, person = order.buyer) => send(person, 'PUT', `/milestones/${order.milestoneIds[0]}/checklist/${position}`, { ticked: true })
    expect((await tick(1)).json().milestones[0].checklist[0].ticked).toBe(true)
    expect((await tick(3)).json().code).toBe('orders.checklist_line_unknown')
    expect((await tick(1, order.provider)).json().code).toBe('kernel.forbidden')
    const again = await done(order.provider, 'POST', `/milestones/${order.milestoneIds[0]}/deliver`, { message: '补一个文件', uploads: [file.id] })
    expect(again.milestones[0]).toMatchObject({ deliveries: [{ version: 1 }, { version: 2 }], checklist: [{ ticked: false, proof: '源文件.ai' }, {}] })
    expect((await accept(order)).json()).toMatchObject({ code: 'orders.newer_delivery', status: 409 })
    expect(await topics(order)).toContain('milestone.redeliver')
  })

  it.each<[string, object, string]>([
    ['an unknown checklist line', { proofs: [{ position: 9, note: '在这里' }] }, 'orders.checklist_line_unknown'],
    ['a line named twice', { proofs: [{ position: 1, note: 'a' }, { position: 1, note: 'b' }] }, 'orders.checklist_line_repeated'],
    ['a file that is not theirs', { uploads: ['01900000-0000-7000-8000-000000000000'] }, 'kernel.upload_missing'],
    ['no message', { message: ' ' }, 'kernel.invalid_input'],
  ])('with %s is refused and leaves nothing', async (_name, change, code) => {
    const order = await runningOrder(t)
    const answer = await send(order.provider, 'POST', `/milestones/${order.milestoneIds[0]}/deliver`, { message: '好了', uploads: [], proofs: [], ...change })
    expect(answer.json().code).toBe(code)
    expect((await view(order)).milestones[0]).toMatchObject({ state: 'in_progress', deliveries: [] })
  })

  it('after the agreed day is late: the page says so, and the record keeps it', async () => {
    const order = await runningOrder(t)
    await t.advance(6 * DAY)
    expect((await view(order)).milestones[0]).toMatchObject({ late: true, state: 'in_progress' })
    await deliver(order)
    await accept(order)
    expect((await events(order)).find(event => event.topic === 'order.complete')?.payload).toMatchObject({ onTime: false })
  })
})

describe('acceptance', () => {
  it('releases the escrow less the frozen fee into clearing, which is free after three days', async () => {
    const order = await runningOrder(t)
    await deliver(order)
    expect((await accept(order, 0, 1, 99_999)).json().code).toBe('orders.wrong_amount')
    expect((await send(order.provider, 'POST', `/milestones/${order.milestoneIds[0]}/accept`, { version: 1, amount: wire(100_000) })).json().code).toBe('kernel.forbidden')
    expect((await accept(order)).json()).toMatchObject({ state: 'completed', segments: [{ state: 'released', amount: wire(100_000) }] })
    const { fee, milestones } = await view(order, 'provider')
    expect(milestones[0].where).toMatchObject({ state: 'clearing', holder: 'clearing', why: 'accepted', fee: fee.total, net: fee.net, then: 'available' })
    expect(await escrow(order)).toBe(0n)
    expect(await money(accountOf.clearing(order.provider.userId, order.milestoneIds[0] as string))).toBe(BigInt(fee.net.amount))
    expect((await accept(order)).json().code).toBe('kernel.illegal_transition')
    expect((await deliverAgain(order)).json().code).toBe('kernel.illegal_transition')
    await t.advance(3 * DAY - 60_000)
    expect(await money(accountOf.available(order.provider.userId))).toBe(0n)
    await t.advance(120_000)
    expect(await money(accountOf.available(order.provider.userId))).toBe(BigInt(fee.net.amount))
    expect(await topics(order)).toContain('milestone.cleared')
  })

  it('comes by silence after seven days, with reminders three days and one day before', async () => {
    const order = await runningOrder(t)
    await deliver(order)
    const { acceptance } = (await view(order)).milestones[0]
    expect(acceptance.reminders).toHaveLength(2)
    await t.advance(4 * DAY + 60_000)
    expect(await topics(order)).toContain('milestone.remind_3d')
    expect(await topics(order)).not.toContain('milestone.remind_1d')
    await t.advance(2 * DAY)
    expect(await topics(order)).toContain('milestone.remind_1d')
    await t.advance(DAY)
    expect(await view(order)).toMatchObject({ state: 'completed', milestones: [{ state: 'released', where: { why: 'accepted_by_silence' } }] })
    expect((await view(order)).timeline.map((moment: { code: string }) => moment.code)).toContain('milestone.accept_by_silence')
  })

  it('can be put off by seven days, once', async () => {
    const order = await runningOrder(t)
    await deliver(order)
    const extend = () => send(order.buyer, 'POST', `/milestones/${order.milestoneIds[0]}/extend`)
    expect((await extend()).json().milestones[0]).toMatchObject({ acceptance: { extended: true }, actions: ['accept', 'revise'] })
    expect((await extend()).json()).toMatchObject({ code: 'orders.already_extended', status: 409 })
    await t.advance(13 * DAY)
    expect((await view(order)).state).toBe('in_progress')
    await t.advance(DAY + 60_000)
    expect((await view(order)).state).toBe('completed')
  })

  it('can be answered with a revision, as often as agreed', async () => {
    const order = await runningOrder(t, { revisions: 1 })
    await deliver(order)
    const revised = await revise(order)
    expect(revised.json()).toMatchObject({ next: { code: 'revise', by: 'provider', reason: '烫金太小' }, milestones: [{ state: 'in_progress', revisions: { cap: 1, used: 1 }, deliveries: [{ revision: { reason: '烫金太小' } }] }] })
    await t.advance(8 * DAY)
    expect((await view(order)).state).toBe('in_progress')
    await deliver(order)
    expect((await view(order)).milestones[0].actions).toEqual(['accept', 'extend'])
    expect((await revise(order, 2)).json()).toMatchObject({ code: 'orders.revisions_used_up', status: 409 })
    expect((await accept(order, 0, 2)).statusCode).toBe(200)
  })

  it('of a stranger, or of a milestone that is not there, finds nothing', async () => {
    const order = await runningOrder(t)
    const stranger = await signUp(t, { roles: ['buyer', 'provider'] })
    const id = order.milestoneIds[0]
    for (const [path, body] of [['deliver', { message: 'x', uploads: [] }], ['accept', { version: 1, amount: wire(1) }], ['revise', { version: 1, reason: 'x' }], ['extend', undefined]] as const) {
      expect((await send(stranger, 'POST', `/milestones/${id}/${path}`, body)).statusCode).toBe(404)
      expect((await send(order.buyer, 'POST', `/milestones/01900000-0000-7000-8000-000000000000/${path}`, body)).statusCode).toBe(404)
    }
  })
})

describe('reading', () => {
  it('sorts orders by whose turn it is, counts them, and finds them by number, title and person', async () => {
    const people = await twoPeople(t)
    const unpaid = await agreedOrder(t, {}, people)
    const running = await runningOrder(t, {}, people)
    const waiting = await runningOrder(t, {}, people)
    await deliver(waiting)
    const list = (person: typeof people.buyer, query: string) => done(person, 'GET', `/orders?${query}`)
    const mine = await list(people.buyer, 'section=waiting')
    expect(mine.counts).toEqual({ waiting: 2, in_progress: 1, done: 0 })
    expect(mine.items.map((row: { id: string }) => row.id)).toEqual([unpaid.id, waiting.id])
    expect((await list(people.provider, 'side=provider&section=waiting')).items).toMatchObject([{ id: running.id, next: { code: 'deliver' }, net: expect.anything() }])
    const { number } = await view(unpaid)
    expect((await list(people.buyer, `section=waiting&q=${number.slice(4)}`)).items).toHaveLength(1)
    expect((await list(people.buyer, `section=waiting&q=${encodeURIComponent('礼盒')}`)).items).toHaveLength(2)
    expect((await list(people.buyer, `section=waiting&q=${people.provider.username}`)).counts.waiting).toBe(2)
    expect((await list(people.buyer, 'section=waiting&q=%25')).items).toHaveLength(0)
    const first = await list(people.buyer, 'section=waiting&limit=1')
    const second = await list(people.buyer, `section=waiting&limit=1&cursor=${first.next}`)
    expect([first, second].map(page => page.items[0].id)).toEqual([unpaid.id, waiting.id])
    expect(second.next).toBeNull()
  })

  it('tells where every amount is, and what is coming', async () => {
    const order = await runningOrder(t, { milestones: three })
    await deliver(order)
    await accept(order, 0, 1, 48_000)
    const where = (await done(order.provider, 'GET', '/wallet/where')).items
    expect(where.map((item: { kind: string }) => item.kind).sort()).toEqual(['clearing', 'held', 'held'])
    expect(where.find((item: { kind: string }) => item.kind === 'clearing')).toMatchObject({ side: 'provider', order: { id: order.id }, place: { why: 'accepted', milestone: { position: 1 } } })
    expect((await done(order.buyer, 'GET', '/wallet/where')).items.map((item: { kind: string, amount: object }) => [item.kind, item.amount])).toEqual(expect.arrayContaining([['held', wire(96_000)], ['held', wire(54_000)]]))
    await deliver(order, 1)
    const bench = await done(order.provider, 'GET', '/workbench/orders')
    expect(bench).toMatchObject({ toDeliver: [], toAnswer: [], waiting: [{ id: order.id }], money: [{ certain: true, milestone: { position: 1 } }, { certain: false, milestone: { position: 2 } }], capacity: { used: 1 } })
    expect((await send(order.buyer, 'GET', '/workbench/orders')).statusCode).toBe(403)
  })
})

const deliverAgain = (order: TestOrder) => send(order.provider, 'POST', `/milestones/${order.milestoneIds[0]}/deliver`, { message: '再来', uploads: [] })
