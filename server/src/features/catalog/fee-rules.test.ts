/** Fee rules and categories: who sets them, what orders freeze, and what is refused. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { durationMs } from '@miaodan/shared/kernel/time'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService, selectionOf } from '../../../test/catalog.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { isRise } from './fee-rules.ts'
import { categories } from './tables.ts'

let t: TestApp
let finance: TestPerson
let moderator: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  finance = await signUp(t, { staffRoles: ['finance'] })
  moderator = await signUp(t, { staffRoles: ['moderator'] })
})
afterAll(() => t.close())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const send = (person: TestPerson, method: Method, url: string, payload?: object) =>
  person.inject({ method, url: `/api/v1${url}`, headers: { 'idempotency-key': newId() }, ...(payload && { payload }) })
const yuan = (amount: number) => ({ amount: String(amount * 100), currency: 'CNY' })
const inDays = (days: number) => new Date(t.deps.clock.now().getTime() + durationMs({ days })).toISOString()
const rule = (overrides: object = {}) => ({ category: 'logo', feeBps: 1_200, minimum: null, maximum: null, validFrom: inDays(8), ...overrides })
const add = (overrides: object = {}, by = finance) => send(by, 'POST', '/staff/fee-rules', rule(overrides))
const list = async () => (await send(finance, 'GET', '/staff/fee-rules')).json().items as { id: string, state: string, category: { slug: string } | null, feeBps: number }[]

describe('a fee rule', () => {
  it('counts for orders made from its start on; earlier orders keep what they froze', async () => {
    const [provider, buyer] = [await signUp(t, { roles: ['buyer', 'provider'] }), await signUp(t)]
    const serviceId = await publishedService(t, provider, { category: 'logo' })
    const order = async () => {
      const answer = await send(buyer, 'POST', '/orders', { serviceId, selection: selectionOf(), price: yuan(1_200) })
      expect(answer.statusCode, answer.body).toBe(201)
      const [row] = await t.deps.sql`select fee_bps, fee_minimum, fee_maximum from orders where id = ${answer.json().id}`
      return [row?.['fee_bps'], row?.['fee_minimum'], row?.['fee_maximum']]
    }
    expect((await add({ minimum: yuan(20), maximum: yuan(3_000) })).statusCode).toBe(201)
    expect(await order()).toEqual([800, null, null])
    await t.advance(durationMs({ days: 8, seconds: -30 }))
    expect(await order()).toEqual([800, null, null])
    await t.advance(durationMs({ minutes: 1 }))
    expect(await order()).toEqual([1_200, '2000', '300000'])
    expect((await t.deps.sql`select fee_bps from orders where buyer_id = ${buyer.userId} order by id`).map(row => row['fee_bps'])).toEqual([800, 800, 1_200])
  })

  it('is previewed as an order would pay, before and after', async () => {
    const preview = async (overrides: object) => (await send(finance, 'POST', '/staff/fee-rules/preview', { ...rule({ category: 'vi', ...overrides }) })).json()
    expect(await preview({ amount: yuan(1_000) })).toMatchObject({ before: { feeBps: 800, fee: yuan(80) }, after: { feeBps: 1_200, fee: yuan(120) }, rise: true, shortNotice: false })
    expect(await preview({ amount: yuan(100), minimum: yuan(30) })).toMatchObject({ before: { fee: yuan(8) }, after: { fee: yuan(30) } })
    expect(await preview({ amount: yuan(100_000), feeBps: 500, maximum: yuan(2_000), validFrom: inDays(1) })).toMatchObject({ before: { fee: yuan(8_000) }, after: { fee: yuan(2_000) }, rise: false, shortNotice: false })
  })

  it('tells a provider what is left of a price, as an order made now would take it', async () => {
    const provider = await signUp(t, { roles: ['buyer', 'provider'] })
    const left = async (query: string) => send(provider, 'GET', `/platform-fee?${query}`)
    expect((await left('category=naming&amount=80000')).json()).toEqual({ feeBps: 800, fee: yuan(64), net: yuan(736) })
    expect((await add({ category: 'naming', minimum: yuan(30), validFrom: inDays(9) })).statusCode).toBe(201)
    await t.advance(durationMs({ days: 10 }))
    expect((await left('category=naming&amount=20000')).json()).toEqual({ feeBps: 1_200, fee: yuan(30), net: yuan(170) })
    // A fee is never more than the price.
    expect((await left('category=naming&amount=1000')).json()).toEqual({ feeBps: 1_200, fee: yuan(10), net: yuan(0) })
    expect((await left('category=nothing&amount=1000')).json().code).toBe('catalog.category_unknown')
    expect((await left('category=naming&amount=0')).statusCode).toBe(422)
  })

  it('that raises the fee sooner than seven days from now must be meant; one that lowers it need not', async () => {
    const soon = inDays(2)
    const warned = await add({ category: 'print', validFrom: soon })
    expect([warned.statusCode, warned.json().code]).toEqual([409, 'catalog.fee_short_notice'])
    expect((await add({ category: 'print', validFrom: soon, shortNotice: true })).statusCode).toBe(201)
    expect((await add({ category: 'signage', validFrom: soon, feeBps: 600 })).statusCode).toBe(201)
  })

  it('cannot begin in the past, contradict itself, or begin twice at the same time', async () => {
    expect((await add({ validFrom: inDays(-1) })).json().code).toBe('catalog.fee_in_past')
    expect((await add({ minimum: yuan(50), maximum: yuan(40) })).json().code).toBe('catalog.fee_bounds')
    expect((await add({ category: 'no-such' })).json().code).toBe('catalog.category_not_found')
    expect((await add({ feeBps: 5_001 })).statusCode).toBe(422)
    const validFrom = inDays(30)
    const answers = await Promise.all([add({ category: null, validFrom }), add({ category: null, validFrom }), add({ category: null, validFrom })])
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([201, 409, 409])
  })

  it('can be taken back until it begins, and not after', async () => {
    const { id } = (await add({ category: 'mascot', validFrom: inDays(10) })).json()
    expect((await send(finance, 'DELETE', `/staff/fee-rules/${id}`)).statusCode).toBe(204)
    expect((await send(finance, 'DELETE', `/staff/fee-rules/${id}`)).statusCode).toBe(404)
    const general = (await list()).find(item => item.category === null && item.state === 'current')
    expect((await send(finance, 'DELETE', `/staff/fee-rules/${general?.id}`)).json().code).toBe('catalog.fee_in_force')
    expect((await list()).find(item => item.category?.slug === 'logo')).toMatchObject({ state: 'current', feeBps: 1_200 })
  })

  it('is finance\'s to set, and audited with what was in force', async () => {
    expect((await add({}, moderator)).statusCode).toBe(403)
    const { id } = (await add({ category: 'packaging', feeBps: 900 })).json()
    const [entry] = await t.deps.sql`select action, old_values, new_values from audit_entries where entity_id = ${id}`
    expect(entry).toMatchObject({ action: 'fees.rule_added', old_values: { feeBps: 800, minimum: null, maximum: null }, new_values: { feeBps: 900, category: 'packaging' } })
  })
})

it.each([
  [{ feeBps: 800 }, { feeBps: 801 }, true], [{ feeBps: 800 }, { feeBps: 800 }, false], [{ feeBps: 800, maximum: 100n }, { feeBps: 700 }, true],
  [{ feeBps: 800 }, { feeBps: 700, minimum: 1n }, true], [{ feeBps: 800, minimum: 5n }, { feeBps: 800, minimum: 5n, maximum: 9n }, false], [{ feeBps: 800, maximum: 9n }, { feeBps: 800, maximum: 8n }, false],
])('from %o to %o is a rise: %s', (before, after, rise) => expect(isRise(before, after)).toBe(rise))

describe('categories', () => {
  const create = (body: object) => send(moderator, 'POST', '/staff/categories', { nameZh: '三维设计', nameEn: '3D design', slug: 'three-d', parentId: null, icon: 'shapes', ...body })
  const tree = async () => (await send(moderator, 'GET', '/staff/categories')).json().items as { id: string, slug: string, name: { zh: string }, archivedAt: string | null, children: { id: string, slug: string }[] }[]
  const publicTree = async () => (await t.app.inject({ url: '/api/v1/categories' })).json().items as { slug: string, children: { slug: string }[] }[]
  const idOf = async (slug: string) => (await t.deps.db.select().from(categories).where(eq(categories.slug, slug)))[0]?.id ?? ''

  it('are made, put below another, arranged, archived and restored, and everybody sees it', async () => {
    const top = (await create({})).json().id
    const child = (await create({ slug: 'three-d-model', nameZh: '建模', parentId: top })).json().id
    expect((await create({ slug: 'three-d-model' })).json().code).toBe('catalog.slug_taken')
    expect((await create({ slug: 'deeper', parentId: child })).json().code).toBe('catalog.category_level')
    expect((await send(moderator, 'PUT', `/staff/categories/${top}/archive`)).json().code).toBe('catalog.category_has_children')
    expect((await send(moderator, 'PUT', `/staff/categories/${child}/parent`, { parentId: await idOf('video') })).statusCode).toBe(204)
    expect((await publicTree()).find(item => item.slug === 'video')?.children.map(item => item.slug)).toContain('three-d-model')
    expect((await send(moderator, 'PUT', `/staff/categories/${top}/archive`)).statusCode).toBe(204)
    expect((await publicTree()).map(item => item.slug)).not.toContain('three-d')
    expect((await send(moderator, 'PUT', `/staff/categories/${child}/parent`, { parentId: top })).json().code).toBe('catalog.category_level')
    expect((await send(moderator, 'DELETE', `/staff/categories/${top}/archive`)).statusCode).toBe(204)
    expect((await send(moderator, 'PUT', '/staff/category-order', { ids: [top, await idOf('data')] })).statusCode).toBe(204)
    expect((await publicTree()).slice(0, 2).map(item => item.slug)).toEqual(['three-d', 'data'])
    expect((await send(moderator, 'PUT', '/staff/category-order', { ids: [top, child] })).json().code).toBe('catalog.category_level')
    expect((await tree())[0]).toMatchObject({ slug: 'three-d', archivedAt: null })
    expect((await send(finance, 'POST', '/staff/categories', {})).statusCode).toBe(403)
  })

  it('that are renamed are found by their new name at once', async () => {
    const provider = await signUp(t, { roles: ['buyer', 'provider'] })
    const serviceId = await publishedService(t, provider, { category: 'dashboard', title: '门店看板' })
    const found = async (q: string) => (await t.app.inject({ url: `/api/v1/services?q=${encodeURIComponent(q)}` })).json().items.map((item: { id: string }) => item.id)
    expect(await found('驾驶舱')).not.toContain(serviceId)
    const id = await idOf('dashboard')
    expect((await send(moderator, 'PUT', `/staff/categories/${id}/name`, { nameZh: '驾驶舱', nameEn: 'Cockpits' })).statusCode).toBe(204)
    await t.worker.drain()
    expect(await found('驾驶舱')).toContain(serviceId)
    const [entry] = await t.deps.sql`select old_values, new_values from audit_entries where action = 'categories.renamed' and entity_id = ${id}`
    expect(entry).toMatchObject({ old_values: { nameZh: '数据看板' }, new_values: { nameZh: '驾驶舱', nameEn: 'Cockpits' } })
  })
})
