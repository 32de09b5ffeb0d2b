import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { draftOf, moderatorOf, publishedService, submittedService, waitingChange } from '../../../test/catalog.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'

let t: TestApp
let provider: TestPerson
let stranger: TestPerson
let buyer: TestPerson
let moderator: TestPerson

beforeAll(async () => {
  t = await createTestApp()
  provider = await signUp(t, { displayName: '云舟工作室', kind: 'studio', roles: ['buyer', 'provider'] })
  stranger = await signUp(t, { displayName: '别家', roles: ['buyer', 'provider'] })
  buyer = await signUp(t, { displayName: '山茶铺' })
  moderator = await moderatorOf(t)
})
afterAll(() => t.close())

const draftUrl = (id: string) => `/api/v1/workbench/services/${id}`
const post = (person: TestPerson, url: string, payload?: object) => person.inject({ method: 'POST', url, ...(payload ? { payload } : {}) })
const put = (person: TestPerson, url: string, payload: object) => person.inject({ method: 'PUT', url, payload })
const decide = (changeId: string, how: 'approve' | 'reject', payload?: object) => post(moderator, `/api/v1/staff/services/${changeId}/${how}`, payload)
const page = (id: string) => t.app.inject({ url: `/api/v1/services/${id}` })

describe('a new service', () => {
  it('is not seen by buyers until a moderator approves it', async () => {
    const { serviceId, changeId } = await submittedService(t, provider)
    expect((await page(serviceId)).json()).toMatchObject({ status: 404, code: 'catalog.service_not_found' })
    expect((await decide(changeId, 'approve')).statusCode).toBe(204)
    expect((await page(serviceId)).json()).toMatchObject({ title: '小程序商城开发', priceFrom: { amount: '120000' }, provider: { displayName: '云舟工作室' }, version: 1, closed: null, rating: { value: null, count: 0 } })
  })

  it('comes back with the reason when it is rejected, and can be sent again', async () => {
    const { serviceId, changeId } = await submittedService(t, provider, { title: '加微信详谈的服务' })
    expect((await decide(changeId, 'reject')).statusCode).toBe(422)
    expect((await decide(changeId, 'reject', { reason: '标题里不要写联系方式。' })).statusCode).toBe(204)
    expect((await provider.inject({ url: draftUrl(serviceId) })).json()).toMatchObject({ state: 'rejected', change: { state: 'rejected', reason: '标题里不要写联系方式。' } })
    expect((await put(provider, `${draftUrl(serviceId)}/draft`, draftOf({ title: '正经的服务标题' }))).statusCode).toBe(204)
    expect((await provider.inject({ url: draftUrl(serviceId) })).json()).toMatchObject({ state: 'draft' })
    expect((await post(provider, `${draftUrl(serviceId)}/submit`)).statusCode).toBe(204)
  })

  it('may be saved unfinished, and names what is missing only when it is submitted', async () => {
    const made = await post(provider, '/api/v1/workbench/services', draftOf({ title: '', category: null, packages: [{ tier: 'basic', name: '', price: null, deliveryDays: null, revisions: 1, includes: [] }] }))
    expect(made.statusCode).toBe(201)
    const sent = await post(provider, `${draftUrl(made.json().id)}/submit`)
    expect(sent.statusCode).toBe(422)
    expect(sent.json().errors.map((error: { field: string }) => error.field)).toEqual(expect.arrayContaining(['draft.title', 'draft.category', 'draft.packages.0.price', 'draft.packages.0.deliveryDays', 'draft.packages.0.name']))
  })

  it('cannot be changed while it is reviewed, only withdrawn', async () => {
    const { serviceId, changeId } = await submittedService(t, provider)
    expect((await put(provider, `${draftUrl(serviceId)}/draft`, draftOf())).json().code).toBe('catalog.in_review')
    expect((await post(provider, `${draftUrl(serviceId)}/withdraw`)).statusCode).toBe(204)
    expect((await decide(changeId, 'approve')).json().code).toBe('kernel.illegal_transition')
  })
})

describe('a published service', () => {
  it('keeps what buyers see while an edit waits, and shows the edit once it is approved', async () => {
    const id = await publishedService(t, provider)
    await put(provider, `${draftUrl(id)}/draft`, draftOf({ title: '改过的标题' }))
    await post(provider, `${draftUrl(id)}/submit`)
    expect((await page(id)).json()).toMatchObject({ title: '小程序商城开发', version: 1 })
    const changeId = await waitingChange(t, id)
    expect((await moderator.inject({ url: `/api/v1/staff/services/${changeId}` })).json()).toMatchObject({ kind: 'edit', before: { title: '小程序商城开发' }, after: { title: '改过的标题' } })
    await decide(changeId, 'approve')
    expect((await page(id)).json()).toMatchObject({ title: '改过的标题', version: 2 })
    expect((await moderator.inject({ url: `/api/v1/staff/services/${changeId}` })).json()).toMatchObject({ before: { title: '小程序商城开发' }, after: { title: '改过的标题' } })
  })

  it('starts no change when it is saved as it is', async () => {
    const id = await publishedService(t, provider)
    await put(provider, `${draftUrl(id)}/draft`, draftOf())
    expect((await provider.inject({ url: draftUrl(id) })).json().change).toBeNull()
    expect((await post(provider, `${draftUrl(id)}/submit`)).json().code).toBe('catalog.nothing_to_submit')
  })

  it('stays as it is when the edit is rejected or given up', async () => {
    const id = await publishedService(t, provider)
    await put(provider, `${draftUrl(id)}/draft`, draftOf({ title: '不好的标题' }))
    await post(provider, `${draftUrl(id)}/submit`)
    await decide(await waitingChange(t, id), 'reject', { reason: '不好的标题' })
    expect((await provider.inject({ url: draftUrl(id) })).json()).toMatchObject({ state: 'published', change: { state: 'rejected' } })
    expect((await provider.inject({ method: 'DELETE', url: `${draftUrl(id)}/draft` })).statusCode).toBe(204)
    expect((await provider.inject({ url: draftUrl(id) })).json()).toMatchObject({ state: 'published', change: null, draft: { title: '小程序商城开发' } })
  })

  it('is not for sale while paused, leaves the search, and comes back', async () => {
    const id = await publishedService(t, provider, { title: '独一无二的暂停测试' })
    const found = async () => (await t.app.inject({ url: `/api/v1/services?q=${encodeURIComponent('独一无二的暂停测试')}&exact=true` })).json().items.some((item: { id: string }) => item.id === id)
    expect(await found()).toBe(true)
    await post(provider, `${draftUrl(id)}/pause`)
    await t.worker.drain()
    expect(await found()).toBe(false)
    expect((await page(id)).json()).toMatchObject({ closed: { reason: 'paused' } })
    await post(provider, `${draftUrl(id)}/resume`)
    await t.worker.drain()
    expect(await found()).toBe(true)
    expect((await post(provider, `${draftUrl(id)}/resume`)).json().code).toBe('kernel.illegal_transition')
  })

  it('is gone for good once archived', async () => {
    const id = await publishedService(t, provider)
    expect((await post(provider, `${draftUrl(id)}/archive`)).statusCode).toBe(204)
    expect((await page(id)).statusCode).toBe(404)
    expect((await put(provider, `${draftUrl(id)}/draft`, draftOf())).statusCode).toBe(404)
  })

  it('leaves nothing to edit when it was archived before it was ever published', async () => {
    const { id } = (await post(provider, '/api/v1/workbench/services', draftOf())).json()
    expect((await post(provider, `${draftUrl(id)}/archive`)).statusCode).toBe(204)
    expect((await provider.inject({ url: draftUrl(id) })).json()).toMatchObject({ status: 404, code: 'catalog.service_not_found' })
  })
})

describe('somebody else', () => {
  it('finds no service of another provider on the workbench', async () => {
    const { serviceId } = await submittedService(t, provider)
    for (const [method, path] of [['GET', ''], ['PUT', '/draft'], ['POST', '/submit'], ['POST', '/withdraw'], ['POST', '/pause'], ['POST', '/archive'], ['DELETE', '/draft']] as const) {
      const answer = await stranger.inject({ method, url: draftUrl(serviceId) + path, ...(method === 'PUT' ? { payload: draftOf() } : {}) })
      expect([path, answer.statusCode]).toEqual([path, 404])
    }
    expect((await put(stranger, `${draftUrl(serviceId)}/capacity`, { capacity: 1 })).statusCode).toBe(404)
  })

  it('without the role of a provider may not publish, and without that of staff not decide', async () => {
    expect((await post(buyer, '/api/v1/workbench/services', draftOf())).statusCode).toBe(403)
    const { changeId } = await submittedService(t, provider)
    expect((await post(provider, `/api/v1/staff/services/${changeId}/approve`)).statusCode).toBe(403)
    expect((await t.app.inject({ url: '/api/v1/staff/services' })).statusCode).toBe(401)
  })

  it('who is a moderator does not decide on an own service', async () => {
    const both = await signUp(t, { displayName: '两边的人', roles: ['buyer', 'provider'], staffRoles: ['moderator'] })
    const { changeId } = await submittedService(t, both)
    expect((await post(both, `/api/v1/staff/services/${changeId}/approve`)).json().code).toBe('catalog.no_own_decision')
  })
})

describe('what a provider writes', () => {
  const [basic] = draftOf().packages
  it.each<[string, object, string]>([
    ['four packages', { packages: [basic, basic, basic, basic] }, 'body.packages'],
    ['a tier twice', { packages: [basic, basic] }, 'body.packages.1'],
    ['a negative price', { packages: [{ ...basic, price: { amount: '-100', currency: 'CNY' } }] }, 'body.packages.0.price.amount'],
    ['a price of nothing', { packages: [{ ...basic, price: { amount: '0', currency: 'CNY' } }] }, 'body.packages.0.price.amount'],
    ['a price beyond all bounds', { packages: [{ ...basic, price: { amount: '99999999999999999', currency: 'CNY' } }] }, 'body.packages.0.price.amount'],
    ['another currency', { packages: [{ ...basic, price: { amount: '100', currency: 'USD' } }] }, 'body.packages.0.price.currency'],
    ['a control character', { title: 'hello\u0000world' }, 'body.title'],
    ['a title that is too long', { title: '长'.repeat(61) }, 'body.title'],
    ['an option twice', { fields: [{ type: 'choice', key: 'a', label: '甲', required: false, help: null, options: [{ label: '一', price: { amount: '0', currency: 'CNY' } }, { label: '一', price: { amount: '5', currency: 'CNY' } }] }] }, 'body.fields.0.options'],
    ['haste sold twice', { addOns: [{ id: 'fast', name: '加急', price: { amount: '100', currency: 'CNY' }, extraDays: -3, maxQuantity: 2 }] }, 'body.addOns.0.maxQuantity'],
  ])('is refused with the field named: %s', async (_what, overrides, field) => {
    const answer = await post(provider, '/api/v1/workbench/services', { ...draftOf(), ...overrides })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().errors.map((error: { field: string }) => error.field)).toContain(field)
  })

  it('comes back to the letter, also when it looks like markup or a statement', async () => {
    const title = `<img src=x onerror=alert(1)> '); drop table services;--`
    const id = await publishedService(t, provider, { title, description: `${'${process.exit()}'} {{ 7*7 }} \u202e reversed and more` })
    expect((await page(id)).json().title).toBe(title)
    expect((await t.app.inject({ url: `/api/v1/services?q=${encodeURIComponent(title)}` })).statusCode).toBe(200)
  })

  it('cannot stand in a category of the first level, or in none', async () => {
    const made = await post(provider, '/api/v1/workbench/services', draftOf({ category: 'web' }))
    expect((await post(provider, `${draftUrl(made.json().id)}/submit`)).json()).toMatchObject({ code: 'catalog.category_unknown', errors: [{ field: 'draft.category' }] })
  })

  it('cannot show a picture that somebody else uploaded', async () => {
    const answer = await post(provider, '/api/v1/workbench/services', draftOf({ images: ['019ac3a0-0000-7000-8000-000000000000'] }))
    expect(answer.json().code).toBe('kernel.upload_missing')
  })
})

describe('a failure', () => {
  it('is told in the language of the reader', async () => {
    const url = '/api/v1/services/019ac3a0-0000-7000-8000-000000000000'
    expect((await t.app.inject({ url, headers: { 'accept-language': 'zh-CN' } })).json().title).toMatch(/没有找到/)
    expect((await t.app.inject({ url, headers: { 'accept-language': 'en' } })).json().title).toMatch(/not found/)
    expect((await t.app.inject({ url: '/api/v1/services/nonsense' })).statusCode).toBe(404)
  })
})

describe('favourites', () => {
  it('are kept once, listed newest first, marked on the card, and removed', async () => {
    const [one, two] = [await publishedService(t, provider), await publishedService(t, provider)]
    for (const id of [one, two, one]) expect((await buyer.inject({ method: 'PUT', url: `/api/v1/favourites/services/${id}` })).statusCode).toBe(204)
    const first = (await buyer.inject({ url: '/api/v1/favourites/services?limit=1' })).json()
    const second = (await buyer.inject({ url: `/api/v1/favourites/services?limit=1&cursor=${first.next}` })).json()
    expect([...first.items, ...second.items].map((item: { id: string, favourite: boolean }) => [item.id, item.favourite])).toEqual([[two, true], [one, true]])
    expect(second.next).toBeNull()
    await buyer.inject({ method: 'DELETE', url: `/api/v1/favourites/services/${one}` })
    expect((await buyer.inject({ url: '/api/v1/favourites/services' })).json().items).toHaveLength(1)
    expect((await buyer.inject({ method: 'PUT', url: '/api/v1/favourites/services/019ac3a0-0000-7000-8000-000000000000' })).statusCode).toBe(404)
  })
})
