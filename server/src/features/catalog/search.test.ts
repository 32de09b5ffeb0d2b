import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { draftOf, publishedService } from '../../../test/catalog.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { accountsFeature, markOnline } from '../accounts/index.ts'
import { catalogFeature, rebuildServicesIndex } from './index.ts'

let t: TestApp
let studio: TestPerson
let person: TestPerson
let ids: { shop: string, logo: string, video: string }

const [basic] = draftOf().packages
const from = (yuan: number, deliveryDays: number) => basic ? [{ ...basic, price: { amount: String(yuan * 100), currency: 'CNY' as const }, deliveryDays }] : []

beforeAll(async () => {
  // Alone: what is told here of orders and reviews is no whole story for the features that own them.
  t = await createTestApp({ features: [accountsFeature, catalogFeature] })
  studio = await signUp(t, { displayName: '云舟工作室', kind: 'studio', roles: ['provider'], city: '330100' })
  person = await signUp(t, { displayName: '林雨', roles: ['provider'], city: '440100' })
  ids = {
    shop: await publishedService(t, studio, { title: '微信小程序商城开发', packages: from(2800, 20) }),
    logo: await publishedService(t, person, { title: '原创 Logo 设计', summary: '先看铅笔草图再上电脑', category: 'logo', skills: ['Logo 设计'], packages: from(980, 5) }),
    video: await publishedService(t, person, { title: '产品短视频拍摄', summary: '竖屏横屏各一条，含脚本', category: 'logo', skills: ['短视频'], packages: from(3600, 7) }),
  }
})
afterAll(() => t.close())

const search = async (query: Record<string, string> = {}) => (await t.app.inject({ url: `/api/v1/services?${new URLSearchParams(query)}` })).json()
const found = async (query: Record<string, string>) => (await search(query)).items.map((item: { id: string }) => item.id)

describe('search', () => {
  it.each([['小程序'], ['xiaochengxu'], ['小程序開發'], ['mini program']])('finds a service by %s', async q => {
    expect(await found({ q })).toContain(ids.shop)
  })

  it('narrows by category of either level, price, delivery, area and kind', async () => {
    expect(await found({ category: 'web' })).toEqual([ids.shop])
    expect(await found({ category: 'mini-program' })).toEqual([ids.shop])
    expect(await found({ minPrice: '100000', maxPrice: '300000' })).toEqual([ids.shop])
    expect(await found({ maxDays: '7', sort: 'price_up' })).toEqual([ids.logo, ids.video])
    expect(await found({ area: '330100' })).toEqual([ids.shop])
    expect(await found({ kind: 'studio' })).toEqual([ids.shop])
  })

  it('counts what each choice would leave, and the prices', async () => {
    const { facets, prices, total, engine } = await search({ kind: 'person' })
    expect(facets.kind).toEqual({ person: 2, studio: 1 })
    expect(facets.subcategory).toEqual({ logo: 2 })
    expect(facets.deliveryDays).toMatchObject({ 7: 2, 30: 2 })
    expect(prices.buckets.reduce((sum: number, bucket: { count: number }) => sum + bucket.count, 0)).toBe(total)
    expect(engine).toBe('postgres')
  })

  it('sorts by price in both directions', async () => {
    expect(await found({ sort: 'price_up' })).toEqual([ids.logo, ids.shop, ids.video])
    expect(await found({ sort: 'price_down' })).toEqual([ids.video, ids.shop, ids.logo])
  })

  it('pages without gap or repeat', async () => {
    const pages = await Promise.all(['1', '2', '3', '4'].map(page => found({ page, limit: '1', sort: 'newest' })))
    expect(pages.flat()).toEqual([ids.video, ids.logo, ids.shop])
  })

  it('knows who is here now', async () => {
    expect(await found({ online: 'true' })).toEqual([])
    await markOnline(t.deps, [studio.userId])
    expect(await found({ online: 'true' })).toEqual([ids.shop])
    expect((await search()).facets.online).toEqual({ true: 1 })
  })

  it.each([['a backslash and quotes', `\\' " --`], ['operators', '& | ! ( ) <-> :*'], ['an emoji', '🦊'], ['a very long text', '长'.repeat(200)]])('answers an ordinary page for %s', async (_what, q) => {
    expect((await t.app.inject({ url: `/api/v1/services?${new URLSearchParams({ q })}` })).statusCode).toBe(200)
  })

  it('refuses filters that make no sense', async () => {
    for (const query of ['minPrice=-1', 'minPrice=abc', 'page=0', 'page=9999', 'sort=magic', 'kind=alien', 'limit=1000']) {
      expect([query, (await t.app.inject({ url: `/api/v1/services?${query}` })).statusCode]).toEqual([query, 422])
    }
  })

  it('holds the same after the index was made anew', async () => {
    expect(await rebuildServicesIndex(t.deps)).toEqual({ documents: 3 })
    expect(await found({ sort: 'price_up' })).toEqual([ids.logo, ids.shop, ids.video])
  })
})

describe('suggestions', () => {
  const suggest = async (q: string, who?: TestPerson) => (await (who ?? t.app).inject({ url: `/api/v1/services/suggestions?${new URLSearchParams({ q })}` })).json().items

  it('complete services and categories', async () => {
    expect(await suggest('小程序')).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'category', target: 'mini-program' })]))
    expect(await suggest('')).toEqual([])
  })

  it('lead a signed-in person with an order number straight to the order', async () => {
    expect(await suggest('md2026112200001234', person)).toEqual([{ kind: 'order', text: 'MD2026112200001234', target: 'MD2026112200001234', services: null }])
  })
})

describe('sales and ratings', () => {
  const tell = async (topic: string, payload: Record<string, unknown>) => {
    await inTransaction(t.deps.db, tx => emit(tx, t.deps.clock, topic, payload, ids.logo))
    await t.worker.drain()
  }

  it('follow the events, each order counted once', async () => {
    const orderId = newId()
    await tell('order.complete', { id: orderId, serviceId: ids.logo, onTime: true })
    await tell('order.complete', { id: orderId, serviceId: ids.logo, onTime: true })
    await tell('order.complete', { id: newId(), serviceId: null })
    await tell('reviews.published', { serviceId: ids.logo, ratings: { attitude: 5, skill: 4, quality: 5 } })
    const { sales, rating, ratings, record } = (await t.app.inject({ url: `/api/v1/services/${ids.logo}` })).json()
    expect({ sales, rating, ratings, record }).toEqual({ sales: 1, rating: { value: 4.67, count: 1 }, ratings: { attitude: 5, skill: 4, quality: 5 }, record: { sales: 1, onTime: 1, timed: 1 } })
    expect(await found({ minRating: '4.5' })).toEqual([ids.logo])
    expect((await found({ sort: 'sales' }))[0]).toBe(ids.logo)
  })

  it('put a service first on the home page', async () => {
    const { hot, recommended } = (await t.app.inject({ url: '/api/v1/services/showcase' })).json()
    expect(hot[0].id).toBe(ids.logo)
    expect(recommended).toHaveLength(3)
  })

  it('that nobody knows are null on the home page, never zero', async () => {
    expect((await t.app.inject({ url: '/api/v1/pulse' })).json()).toMatchObject({ medianFirstMatchSeconds: null, servicesPublished: 3 })
  })
})
