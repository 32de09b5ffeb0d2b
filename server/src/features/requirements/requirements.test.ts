/** Requirements from the first word to their end, through the product's own endpoints. */
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { moderatorOf } from '../../../test/catalog.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { draftedRequirement, postedRequirement, requirementOf, submitted, wireYuan } from '../../../test/requirements.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { transitions } from '../../kernel/tables.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { subcategoryBySlug } from '../catalog/index.ts'
import { awardRequirement, openToHall } from './index.ts'
import { requirements } from './tables.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let t: TestApp
let buyer: TestPerson
let provider: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  buyer = await signUp(t, { displayName: '小满' })
  provider = await signUp(t, { displayName: '周屿', roles: ['provider'] })
})
afterAll(() => t.close())

const read = async (person: TestPerson, id: string) => person.inject({ url: `/api/v1/requirements/${id}` })
const act = (person: TestPerson, id: string, action: string, payload?: object) =>
  person.inject({ method: 'POST', url: `/api/v1/requirements/${id}/${action}`, headers: { 'idempotency-key': newId() }, ...(payload && { payload }) })
const rowOf = async (id: string) => (await t.deps.db.select().from(requirements).where(eq(requirements.id, id)))[0]
const inHall = (id: string) => inTransaction(t.deps.db, tx => openToHall(tx, t.deps, id))

describe('a draft', () => {
  it('saves only what has changed, and belongs to its buyer alone', async () => {
    const id = await draftedRequirement(t, buyer)
    const saved = await buyer.inject({ method: 'PATCH', url: `/api/v1/requirements/${id}`, payload: { title: '换个标题看看', budgetMin: null } })
    expect(saved.statusCode).toBe(200)
    expect((await read(buyer, id)).json()).toMatchObject({ state: 'draft', side: 'buyer', draft: { title: '换个标题看看', budgetMin: null, budgetMax: wireYuan(8000), category: 'mini-program' }, actions: ['edit', 'cancel'] })
    for (const stranger of [provider, await signUp(t)]) expect((await read(stranger, id)).statusCode).toBe(404)
    expect((await provider.inject({ method: 'PATCH', url: `/api/v1/requirements/${id}`, payload: { title: '不是我的' } })).json()).toMatchObject({ code: 'requirements.not_found' })
  })

  it('that is unfinished is not posted, and each fault names its field', async () => {
    const made = await buyer.inject({ method: 'POST', url: '/api/v1/requirements', payload: { way: 'instant' } })
    const answer = await act(buyer, made.json().id, 'submit')
    expect(answer.statusCode).toBe(422)
    expect(answer.json().errors.map((error: { field: string }) => error.field)).toEqual(['draft.title', 'draft.category', 'draft.details', 'draft.price', 'draft.deadline'])
    expect((await rowOf(made.json().id))?.state).toBe('draft')
  })

  it('takes no budget upside down, no day that is over, and no category of the first level', async () => {
    const id = await draftedRequirement(t, buyer, { budgetMin: wireYuan(9000), deadline: '2020-01-01' })
    expect((await act(buyer, id, 'submit')).json().errors.map((error: { code: string }) => error.code)).toEqual(['requirements.budget_order', 'requirements.deadline_past'])
    expect((await buyer.inject({ method: 'PATCH', url: `/api/v1/requirements/${id}`, payload: { category: 'web' } })).json()).toMatchObject({ code: 'catalog.category_unknown' })
  })
})

describe('a posted requirement', () => {
  it('opens at once when the rules find nothing, as its transitions show', async () => {
    const id = await postedRequirement(t, buyer)
    expect((await read(buyer, id)).json()).toMatchObject({ state: 'open', review: 'clear', actions: ['extend', 'cancel'] })
    const steps = await t.deps.db.select().from(transitions).where(eq(transitions.entityId, id)).orderBy(transitions.at, transitions.id)
    expect(steps.map(step => [step.action, step.actor])).toEqual([['submit', 'buyer'], ['publish', 'system']])
  })

  it('with contact details or a word of the list waits for a moderator, who lets it through or sends it back with a reason', async () => {
    const moderator = await moderatorOf(t)
    const [flagged, sentBack] = [await draftedRequirement(t, buyer, { details: '有兴趣加我微信 teashop_88，电话 13800138000' }), await draftedRequirement(t, buyer, { title: '找人长期刷单' })]
    expect(await submitted(buyer, flagged)).toMatchObject({ state: 'in_review', review: 'flagged', actions: ['withdraw', 'cancel'] })
    await submitted(buyer, sentBack)
    const queue = (await moderator.inject({ url: '/api/v1/staff/requirements' })).json()
    expect(queue.items.map((item: { id: string }) => item.id)).toEqual([flagged, sentBack])
    expect(queue.items[1].flags).toEqual([{ kind: 'word', field: 'title', excerpt: '刷单' }])
    expect((await act(moderator, flagged, 'submit')).statusCode).toBe(404)
    const approved = await moderator.inject({ method: 'POST', url: `/api/v1/staff/requirements/${flagged}/approve` })
    expect(approved.json()).toMatchObject({ state: 'open', review: 'clear' })
    const returned = await moderator.inject({ method: 'POST', url: `/api/v1/staff/requirements/${sentBack}/return`, payload: { reason: '平台不接受刷单类需求' } })
    expect(returned.json()).toMatchObject({ state: 'draft', reason: '平台不接受刷单类需求' })
    expect((await provider.inject({ url: '/api/v1/staff/requirements' })).statusCode).toBe(403)
    await t.worker.drain()
    expect((await buyer.inject({ url: '/api/v1/notices' })).json().items[0]).toMatchObject({ type: 'requirement_returned', link: `/requirements/${sentBack}` })
  })

  it('is seen by providers only once it stands in the hall, and then without what concerns its buyer alone', async () => {
    const id = await draftedRequirement(t, buyer, { title: '只给被通知的人看' })
    await submitted(buyer, id)
    const stranger = await signUp(t)
    const other = await signUp(t, { roles: ['provider'] })
    expect((await read(other, id)).statusCode).toBe(404)
    await inHall(id)
    expect((await read(other, id)).json()).toMatchObject({ side: 'provider', review: null, flags: [], draft: null, award: null, actions: ['quote'] })
    expect((await read(stranger, id)).statusCode).toBe(404)
  })

  it('sent to chosen providers is there for them alone', async () => {
    const id = await postedRequirement(t, buyer, { way: 'direct', providerIds: [provider.userId] })
    const other = await signUp(t, { roles: ['provider'] })
    expect((await read(provider, id)).json()).toMatchObject({ way: 'direct', side: 'provider' })
    await inHall(id)
    expect((await read(other, id)).statusCode).toBe(404)
    const toNobody = await draftedRequirement(t, buyer, { way: 'direct', providerIds: [newId()] })
    expect((await act(buyer, toNobody, 'submit')).json()).toMatchObject({ code: 'requirements.provider_unknown' })
  })

  it('expires when its time is over, later when it was extended, which works once', async () => {
    const [short, long] = [await postedRequirement(t, buyer, { openHours: 72 }), await postedRequirement(t, buyer, { openHours: 72 })]
    expect((await act(buyer, long, 'extend')).statusCode).toBe(200)
    expect((await act(buyer, long, 'extend')).json()).toMatchObject({ code: 'requirements.already_extended' })
    await t.advance(3 * DAY)
    expect([(await rowOf(short))?.state, (await rowOf(long))?.state]).toEqual(['expired', 'open'])
    await t.advance(3 * DAY)
    expect((await rowOf(long))?.state).toBe('expired')
  })

  it('is closed by its buyer and by nobody else', async () => {
    const id = await postedRequirement(t, buyer)
    expect((await act(provider, id, 'cancel', {})).statusCode).toBe(404)
    expect((await act(buyer, id, 'cancel', { reason: '先不做了' })).json()).toMatchObject({ state: 'cancelled', reason: '先不做了' })
    expect((await act(buyer, id, 'cancel', {})).json()).toMatchObject({ code: 'kernel.illegal_transition' })
  })
})

describe('the hall', () => {
  it('finds by text, category, budget and day, sorted and counted', async () => {
    const [logo, cheap] = [await postedRequirement(t, buyer, { title: '面馆招牌重新设计', category: 'logo', details: '要一个能做灯箱的标志，两个方案。', budgetMin: null, budgetMax: wireYuan(3000) }), await postedRequirement(t, buyer, { title: '面馆菜单小程序', budgetMin: null, budgetMax: wireYuan(1500) })]
    for (const id of [logo, cheap]) await inHall(id)
    await t.worker.drain()
    const search = async (query: string) => (await provider.inject({ url: `/api/v1/requirements?${query}` })).json()
    expect((await search('q=面馆&sort=budget_up')).items.map((item: { id: string }) => item.id)).toEqual([cheap, logo])
    expect((await search('q=面馆&category=brand')).items.map((item: { id: string }) => item.id)).toEqual([logo])
    expect(await search('q=面馆&maxBudget=200000')).toMatchObject({ total: 1, facets: { subcategory: { 'mini-program': 1 } } })
    expect((await search('q=面馆&within=3')).total).toBe(0)
    await act(buyer, logo, 'cancel', {})
    await t.worker.drain()
    expect((await search('q=面馆')).total).toBe(1)
    expect((await buyer.inject({ url: '/api/v1/requirements' })).statusCode).toBe(403)
  })
})

describe('what becomes of the order', () => {
  const told = (topic: string, payload: Record<string, unknown>) => inTransaction(t.deps.db, tx => emit(tx, t.deps.clock, topic, payload, String(payload['id'])))
  async function awarded() {
    const id = await postedRequirement(t, buyer)
    const orderId = newId()
    await inTransaction(t.deps.db, tx => awardRequirement(tx, t.deps, { id, providerId: provider.userId, orderId, actor: 'buyer', actorId: buyer.userId }))
    await t.worker.drain()
    return { id, orderId }
  }

  it('opens it again when the order was not paid, and it still expires', async () => {
    const { id, orderId } = await awarded()
    expect((await read(buyer, id)).json()).toMatchObject({ state: 'awarded', award: { providerId: provider.userId, orderId } })
    await told('order.expire', { id: orderId, requirementId: id })
    await t.worker.drain()
    expect(await rowOf(id)).toMatchObject({ state: 'open', orderId: null, awardedTo: null })
    await t.advance(8 * DAY)
    expect((await rowOf(id))?.state).toBe('expired')
  })

  it('finishes it, and teaches what work of the category costs', async () => {
    const { id, orderId } = await awarded()
    const category = await subcategoryBySlug(t.deps.db, 'mini-program', 'x')
    await told('order.complete', { id: orderId, requirementId: id, categoryId: category.id, amount: '500000' })
    for (const amount of ['300000', '400000', '600000', '700000']) await told('order.complete', { id: newId(), categoryId: category.id, amount })
    await t.worker.drain()
    expect((await rowOf(id))?.state).toBe('done')
    const coach = await t.app.inject({ method: 'POST', url: '/api/v1/requirements/coach', payload: requirementOf(t) })
    expect(coach.json()).toMatchObject({ band: { source: 'orders', count: 5, low: wireYuan(3000), median: wireYuan(5000), high: wireYuan(7000) }, completeness: { missing: expect.arrayContaining([{ key: 'files', gain: 5 }]) } })
  })

  it('gives it to one of two who are chosen at the same moment', async () => {
    const id = await postedRequirement(t, buyer)
    const award = () => inTransaction(t.deps.db, tx => awardRequirement(tx, t.deps, { id, providerId: provider.userId, orderId: newId(), actor: 'buyer', actorId: buyer.userId }))
    const outcomes = await Promise.allSettled([award(), award(), award()])
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.flatMap(outcome => (outcome.status === 'rejected' ? outcome.reason.code : []))).toEqual(['requirements.already_taken', 'requirements.already_taken'])
    expect(await t.deps.db.select().from(transitions).where(and(eq(transitions.entityId, id), eq(transitions.action, 'award')))).toHaveLength(1)
  })
})

describe('one sentence', () => {
  it('is read into title, category, budget and day', async () => {
    const answer = await t.app.inject({ method: 'POST', url: '/api/v1/requirements/sentence', payload: { text: '给社区奶茶店做一个微信点单小程序，三十天内，预算八千左右' } })
    expect(answer.json()).toMatchObject({ title: '给社区奶茶店做一个微信点单小程序', category: 'mini-program', budgetMin: null, budgetMax: wireYuan(8000), deadline: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
  })
})
