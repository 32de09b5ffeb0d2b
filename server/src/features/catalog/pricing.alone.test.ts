import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService, selectionOf } from '../../../test/catalog.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { feeFor, offerFacts, priceSelection, subcategoryBySlug, type Selection } from './index.ts'
import { feeRules } from './tables.ts'

let t: TestApp
let provider: TestPerson
let buyer: TestPerson
let serviceId: string

beforeAll(async () => {
  t = await createTestApp()
  provider = await signUp(t, { displayName: '云舟工作室', roles: ['provider'] })
  buyer = await signUp(t, { displayName: '山茶铺' })
  serviceId = await publishedService(t, provider)
})
afterAll(() => t.close())

const quote = (payload: object) => t.app.inject({ method: 'POST', url: `/api/v1/services/${serviceId}/price`, payload })
const price = (overrides: Partial<Selection> = {}, buyerId = buyer.userId) => priceSelection(t.deps.db, serviceId, selectionOf(overrides) as Selection, { buyerId })

describe('the price on the page', () => {
  it('has a line for everything that costs and says what is missing', async () => {
    const answer = await quote(selectionOf({ addOns: [{ id: 'page', quantity: 2 }], answers: { pay: '微信和支付宝', goods: 60 } }))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      total: { amount: '178000', currency: 'CNY' }, deliveryDays: 12, revisions: 2,
      lines: [{ key: 'basic' }, { key: 'page', quantity: 2, amount: { amount: '30000' } }, { key: 'pay' }, { key: 'goods', quantity: 10, amount: { amount: '2000' } }],
      faults: [{ field: 'answers.name', code: 'answer_required' }],
    })
  })

  it('takes no price from the browser', async () => {
    const answer = await quote({ ...selectionOf(), total: { amount: '1', currency: 'CNY' }, lines: [], price: '1' })
    expect(answer.json().total.amount).toBe('120000')
    expect((await quote(selectionOf({ addOns: [{ id: 'page', quantity: -5 }] }))).statusCode).toBe(422)
  })
})

describe('the price of an order', () => {
  it('comes with a copy of the service that later edits do not reach', async () => {
    const { price: { total }, snapshot } = await price({ answers: { name: '山茶铺', goods: 50 } })
    expect(total.amount).toBe(120_000n)
    expect(snapshot).toMatchObject({ serviceId, providerId: provider.userId, version: 1, package: { tier: 'basic' }, brief: [{ label: '店名', answer: '山茶铺' }, { label: '商品数量', answer: 50 }] })
  })

  it('is refused with each field at fault named below the selection', async () => {
    await expect(price({ answers: { pay: '免费' } })).rejects.toMatchObject({ issues: [
      { path: ['body', 'selection', 'answers', 'name'], params: { problem: 'catalog.answer_required' } }, { path: ['body', 'selection', 'answers', 'pay'], params: { problem: 'catalog.answer_option' } },
    ] })
  })

  it('is refused to the provider itself, and for what is not there', async () => {
    await expect(price({}, provider.userId)).rejects.toMatchObject({ code: 'catalog.own_service' })
    await expect(priceSelection(t.deps.db, newId(), selectionOf() as Selection, { buyerId: buyer.userId })).rejects.toMatchObject({ code: 'catalog.service_not_found' })
  })

  it('is refused when the places are taken, with the next free date', async () => {
    await provider.inject({ method: 'PUT', url: `/api/v1/workbench/services/${serviceId}/capacity`, payload: { capacity: 2 } })
    let count = 1
    const firstDueAt = new Date('2026-12-01T02:00:00Z')
    offerFacts({ activeOrders: async (_db, ids) => new Map(ids.map(id => [id, { count, firstDueAt }])) })
    await expect(price()).resolves.toBeTruthy()
    count = 2
    await expect(price()).rejects.toMatchObject({ code: 'catalog.full', params: { date: '2026-12-01' } })
    expect((await buyer.inject({ url: `/api/v1/services/${serviceId}` })).json().closed).toEqual({ reason: 'full', freeFrom: firstDueAt.toISOString() })
    offerFacts({ activeOrders: async () => new Map() })
  })

  it('is refused while the service is paused', async () => {
    await provider.inject({ method: 'POST', url: `/api/v1/workbench/services/${serviceId}/pause` })
    await expect(price()).rejects.toMatchObject({ code: 'catalog.not_for_sale' })
    await provider.inject({ method: 'POST', url: `/api/v1/workbench/services/${serviceId}/resume` })
  })
})

describe('the platform fee', () => {
  it('is that of the subcategory, else of its parent, else the general one, as of the moment', async () => {
    const category = await subcategoryBySlug(t.deps.db, 'mini-program', 'category')
    const [spring, summer, autumn] = ['2026-03-01', '2026-06-01', '2026-09-01'].map(day => new Date(`${day}T00:00:00Z`)) as [Date, Date, Date]
    await t.deps.db.insert(feeRules).values([
      { id: newId(), categoryId: category.parentId, feeBps: 700, validFrom: spring },
      { id: newId(), categoryId: category.id, feeBps: 500, minimum: 100n, maximum: 50_000n, validFrom: summer },
    ])
    const day = (date: Date) => new Date(date.getTime() - 1)
    expect(await feeFor(t.deps.db, category.id, day(spring))).toEqual({ feeBps: 800 })
    expect(await feeFor(t.deps.db, category.id, day(summer))).toEqual({ feeBps: 700 })
    expect(await feeFor(t.deps.db, category.id, autumn)).toEqual({ feeBps: 500, minimum: 100n, maximum: 50_000n })
    expect(await feeFor(t.deps.db, null, autumn)).toEqual({ feeBps: 800 })
  })
})
