/** A dispute from the refusal to the books: sealed evidence, a dry run that is what happens, a ruling, an appeal, all of it once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { sendMessage, startConversation } from '../../../test/chat.ts'
import { deliver, done, milestoneOf, runningOrder, send, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { upload } from '../../../test/uploads.ts'
import { balanceOf, entriesOf, verifyBooks } from '../ledger/index.ts'
import { hashOf } from './sealing.ts'

let t: TestApp
let first: TestPerson
let second: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  first = await signUp(t, { staffRoles: ['arbitrator'] })
  second = await signUp(t, { staffRoles: ['arbitrator'] })
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const HOUR = 3_600_000
const POT = 100_000
const available = (order: TestOrder, side: 'buyer' | 'provider') => balanceOf(t.deps.db, accountOf.available(order[side].userId))
const split = (toBuyer: number) => ({ toBuyer: wire(toBuyer), toProvider: wire(POT - toBuyer) })
const ruling = (toBuyer: number) => ({ ...split(toBuyer), reasons: '厨打未做，按清单占比退款。' })
/** Looks in, so that nobody is signed out by the days that pass. */
const seen = async (people: readonly TestPerson[]) => Promise.all(people.map(person => send(person, 'GET', '/me')))

/** A refused request on the first milestone: the case is taking evidence. */
async function disputed(order?: TestOrder): Promise<{ order: TestOrder, id: string, requestId: string }> {
  const running = order ?? await runningOrder(t)
  await done(running.provider, 'POST', `/milestones/${running.milestoneIds[0]}/deliver`, { message: '第一版', uploads: [], proofs: [{ position: 1, note: '在附件里' }] })
  const { items } = await done(running.buyer, 'POST', `/orders/${running.id}/refund-requests`, { cause: 'quality', message: '缺一半', uploads: [], milestones: [{ id: running.milestoneIds[0], amount: wire(66_000) }] })
  const refused = await done(running.provider, 'POST', `/refund-requests/${items[0].id}/refuse`, { version: 1, message: '清单都做到了' })
  return { order: running, id: refused.disputeId, requestId: items[0].id }
}

async function reviewed(): Promise<{ order: TestOrder, id: string, requestId: string }> {
  const opened = await disputed()
  for (const person of [opened.order.buyer, opened.order.provider]) await done(person, 'POST', `/disputes/${opened.id}/evidence/finish`)
  return opened
}

describe('evidence', () => {
  it('is sealed by the system with hashes, added to by both, and closed after 48 hours', async () => {
    const { order, id } = await disputed()
    const opened = await done(order.buyer, 'GET', `/disputes/${id}`)
    expect(opened.pieces.map((piece: { kind: string, by: string }) => `${piece.by} ${piece.kind}`)).toEqual(['system checklist', 'system deliveries', 'system timeline', 'system chat', 'system offers', 'system payments', 'provider statement'])
    expect(opened.history[0]).toMatchObject({ code: 'refund_request.created', by: 'buyer', amount: wire(66_000) })
    expect(opened.pieces[0].sealed.lines[0]).toMatchObject({ text: '源文件', proof: '在附件里' })
    for (const piece of opened.pieces) expect(piece.sha256).toBe(hashOf({ ...piece, side: piece.by, files: piece.files }))
    const added = await done(order.buyer, 'POST', `/disputes/${id}/evidence`, { message: '第 3 页没有', uploads: [] })
    expect(added.pieces.at(-1)).toMatchObject({ number: 8, by: 'buyer', text: '第 3 页没有' })
    await expect(t.deps.sql`update evidence_pieces set text = 'x' where dispute_id = ${id}`).rejects.toThrow(/not changed/)
    await t.advance(48 * HOUR + 60_000)
    expect(await done(order.buyer, 'GET', `/disputes/${id}`)).toMatchObject({ state: 'review', actions: [] })
    expect((await send(order.buyer, 'POST', `/disputes/${id}/evidence`, { message: '再说一点', uploads: [] })).json().code).toBe('disputes.evidence_closed')
  })

  it('closes at once when both have nothing to add, and staff may give a day more, once', async () => {
    const { order, id } = await disputed()
    await done(order.buyer, 'POST', `/disputes/${id}/evidence/finish`)
    expect((await send(order.buyer, 'POST', `/disputes/${id}/evidence`, { message: '还有', uploads: [] })).json().code).toBe('disputes.evidence_done')
    expect(await done(first, 'POST', `/staff/disputes/${id}/extend`)).toMatchObject({ state: 'evidence', evidenceDone: [] })
    expect((await send(first, 'POST', `/staff/disputes/${id}/extend`)).json().code).toBe('disputes.extended_before')
    await done(order.buyer, 'POST', `/disputes/${id}/evidence/finish`)
    expect(await done(order.provider, 'POST', `/disputes/${id}/evidence/finish`)).toMatchObject({ state: 'review' })
  })

  it('is a PDF for the two sides and staff, and not there for anybody else', async () => {
    const { order, id } = await disputed()
    for (const person of [order.buyer, order.provider, first]) {
      const pack = await send(person, 'GET', `/disputes/${id}/pack`)
      expect([pack.statusCode, pack.headers['content-type'], pack.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-'])
    }
    const stranger = await signUp(t)
    for (const path of ['', '/pack']) expect((await send(stranger, 'GET', `/disputes/${id}${path}`)).json().code).toBe('kernel.not_found')
    expect((await send(stranger, 'POST', `/staff/disputes/${id}/ruling`, ruling(0))).json().code).toBe('kernel.forbidden')
    expect((await send(order.buyer, 'GET', '/staff/disputes')).json().code).toBe('kernel.forbidden')
  })
})

describe('what two people sent each other', () => {
  it('opens with their case to the staff who read cases, and never to anybody else', async () => {
    const order = await runningOrder(t)
    const conversationId = await startConversation(order.buyer, order.provider)
    const file = await upload(order.buyer)
    expect((await sendMessage(order.buyer, conversationId, { uploadIds: [file.id] })).statusCode).toBe(201)
    const [stranger, support, moderator] = await Promise.all([signUp(t), signUp(t, { staffRoles: ['support'] }), signUp(t, { staffRoles: ['moderator'] })])
    const statuses = async () => Promise.all([order.provider, first, support, moderator, stranger].map(async person => (await person.inject({ url: file.url })).statusCode))
    expect(await statuses()).toEqual([200, 404, 404, 404, 404])
    await disputed(order)
    expect(await statuses()).toEqual([200, 200, 200, 404, 404])
  })
})

describe('a ruling', () => {
  it('is booked exactly as its dry run said, 48 hours later, once', async () => {
    const { order, id } = await reviewed()
    const before = await entriesOf(t.deps.db, { orderId: order.id }, { limit: 100 })
    const run = await done(first, 'POST', `/staff/disputes/${id}/dry-run`, split(40_000))
    expect(BigInt(run.toBuyer.amount) + BigInt(run.fee.amount) + BigInt(run.net.amount)).toBe(BigInt(POT))
    expect((await entriesOf(t.deps.db, { orderId: order.id }, { limit: 100 })).items).toEqual(before.items)
    expect(await done(first, 'POST', `/staff/disputes/${id}/ruling`, ruling(40_000))).toMatchObject({ state: 'ruled', rulings: [{ toBuyer: wire(40_000), toProvider: wire(60_000) }] })
    expect((await send(second, 'POST', `/staff/disputes/${id}/ruling`, ruling(10))).json().code).toBe('disputes.already_ruled')
    expect(await available(order, 'buyer')).toBe(0n)
    expect((await send(order.buyer, 'POST', `/refund-requests/${(await done(order.buyer, 'GET', `/disputes/${id}`)).requestId}/withdraw`)).json().code).toBe('kernel.illegal_transition')
    await t.advance(48 * HOUR + 60_000)
    expect(await done(order.buyer, 'GET', `/disputes/${id}`)).toMatchObject({ state: 'executed' })
    const booked = (await entriesOf(t.deps.db, { orderId: order.id }, { limit: 100 })).items.filter(entry => !before.items.some(known => known.id === entry.id)).reverse()
    const shapeOf = (from: string) => from.replace(/[0-9a-f]{8}-[0-9a-f-]{27}$/, '*')
    const shape = (list: { entry: string, from: string, to: string, amount: { amount: string } }[]) => list.map(({ entry, from, to, amount }) => [entry, shapeOf(from), shapeOf(to), String(amount.amount)])
    expect(shape(booked.flatMap(entry => entry.postings.map(posting => ({ entry: entry.kind, from: posting.from, to: posting.to, amount: { amount: posting.amount.amount.toString() } }))))).toEqual(shape(run.postings))
    expect([await available(order, 'buyer'), await available(order, 'provider')]).toEqual([40_000n, BigInt(run.net.amount)])
    expect((await send(order.buyer, 'POST', `/disputes/${id}/appeal`, { reason: '不服' })).json().code).toBe('disputes.appeal_over')
  })

  it.each<[string, () => object, string]>([
    ['parts that do not sum', () => ({ toBuyer: wire(1), toProvider: wire(1), reasons: '理由' }), 'disputes.not_summed'],
    ['a negative part', () => ({ toBuyer: wire(-1), toProvider: wire(POT + 1), reasons: '理由' }), 'kernel.invalid_input'],
    ['no reasons', () => ({ ...split(1), reasons: ' ' }), 'kernel.invalid_input'],
  ])('with %s is refused and changes nothing', async (_name, body, code) => {
    const { id } = await reviewed()
    expect((await send(first, 'POST', `/staff/disputes/${id}/ruling`, body())).json().code).toBe(code)
    expect(await done(first, 'GET', `/disputes/${id}`)).toMatchObject({ state: 'review', rulings: [] })
  })

  it('is not made by a party, nor before the evidence is in, nor by other staff', async () => {
    const { id } = await disputed()
    expect((await send(first, 'POST', `/staff/disputes/${id}/ruling`, ruling(0))).json().code).toBe('kernel.illegal_transition')
    const finance = await signUp(t, { staffRoles: ['finance'] })
    expect((await send(finance, 'POST', `/staff/disputes/${id}/ruling`, ruling(0))).json().code).toBe('kernel.forbidden')
    expect(await done(finance, 'GET', `/disputes/${id}`)).toMatchObject({ side: 'staff', actions: [] })
    const biased = { buyer: await signUp(t, { staffRoles: ['arbitrator'] }), provider: await signUp(t, { roles: ['buyer', 'provider'] }) }
    const own = await disputed(await runningOrder(t, {}, biased))
    expect((await send(biased.buyer, 'POST', `/staff/disputes/${own.id}/take`)).json().code).toBe('disputes.own_case')
  })

  it('keeps its draft and the marks for the one who writes it', async () => {
    const { id } = await reviewed()
    await done(first, 'PUT', `/staff/disputes/${id}/draft`, { toBuyer: wire(7), reasons: '草稿', marks: { 1: 'both', 7: 'provider' } })
    expect((await done(first, 'GET', `/disputes/${id}`)).draft).toMatchObject({ toBuyer: wire(7), reasons: '草稿', marks: { 1: 'both', 7: 'provider' } })
    expect((await done(second, 'GET', `/disputes/${id}`)).draft).toBeNull()
  })
})

describe('an appeal', () => {
  it('goes to another arbitrator, who decides for good; other milestones go on all the time', async () => {
    const order = await runningOrder(t, { milestones: [milestoneOf(), milestoneOf({ title: '第二期' })] })
    const { id } = await disputed(order)
    await t.advance(48 * HOUR + 60_000)
    await seen([order.buyer, order.provider, first, second])
    await done(first, 'POST', `/staff/disputes/${id}/ruling`, ruling(100_000))
    await deliver(order, 1)
    await done(order.buyer, 'POST', `/milestones/${order.milestoneIds[1]}/accept`, { version: 1, amount: wire(100_000) })
    await t.advance(47 * HOUR)
    await seen([order.buyer, order.provider, first, second])
    expect(await done(order.provider, 'POST', `/disputes/${id}/appeal`, { reason: '后台日志证明已经上线' })).toMatchObject({ state: 'appealed', appeal: { by: 'provider' } })
    expect((await send(order.buyer, 'POST', `/disputes/${id}/appeal`, { reason: '我也不服' })).json().code).toBe('disputes.appeal_over')
    expect((await send(first, 'POST', `/staff/disputes/${id}/ruling`, ruling(100_000))).json().code).toBe('disputes.same_arbitrator')
    await t.advance(2 * HOUR)
    expect(await available(order, 'buyer')).toBe(0n)
    expect(await done(second, 'POST', `/staff/disputes/${id}/ruling`, ruling(30_000))).toMatchObject({ state: 'executed', rulings: [{ instance: 'first' }, { instance: 'appeal', toBuyer: wire(30_000) }] })
    expect(await available(order, 'buyer')).toBe(30_000n)
    expect(await done(order.buyer, 'GET', `/orders/${order.id}`)).toMatchObject({ state: 'completed', milestones: [{ state: 'split' }, { state: 'released' }] })
  })
})

describe('settling it after all', () => {
  it('agreeing to the last offer ends the case', async () => {
    const { order, id, requestId } = await disputed()
    await done(order.provider, 'POST', `/refund-requests/${requestId}/agree`, { version: 1 })
    expect(await done(order.buyer, 'GET', `/disputes/${id}`)).toMatchObject({ state: 'settled' })
    expect(await available(order, 'buyer')).toBe(66_000n)
    expect((await send(first, 'POST', `/staff/disputes/${id}/ruling`, ruling(0))).json().code).toBe('kernel.illegal_transition')
  })

  it('withdrawing ends it too, and the milestone goes on', async () => {
    const { order, id, requestId } = await disputed()
    await done(order.buyer, 'POST', `/refund-requests/${requestId}/withdraw`)
    expect(await done(order.buyer, 'GET', `/disputes/${id}`)).toMatchObject({ state: 'withdrawn' })
    expect(await done(order.buyer, 'GET', `/orders/${order.id}`)).toMatchObject({ next: { code: 'check' }, milestones: [{ state: 'delivered', heldBy: null }] })
  })
})

it('the queue counts by state, finds by number, and lists the most urgent first', async () => {
  const { id } = await reviewed()
  const { number } = await done(first, 'GET', `/disputes/${id}`)
  const found = await done(first, 'GET', `/staff/disputes?state=review&q=${number}`)
  expect(found).toMatchObject({ items: [{ id, number, pot: wire(POT), asked: wire(66_000), offered: wire(0) }], counts: { review: 1, evidence: 0 } })
  await done(first, 'POST', `/staff/disputes/${id}/take`)
  expect((await done(first, 'GET', `/staff/disputes?mine=true&q=${number}`)).items[0].arbitrator.id).toBe(first.userId)
  const all = await done(first, 'GET', '/staff/disputes?limit=100')
  const due = all.items.map((item: { dueAt: string }) => item.dueAt)
  expect(due).toEqual([...due].sort())
  expect((await done(first, 'GET', '/staff/refund-requests')).items.every((item: { side: string }) => item.side === 'staff')).toBe(true)
})
