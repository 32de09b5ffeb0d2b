import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { upload, type TestFile } from '../../../test/uploads.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

const profile = {
  headline: '门店小程序：点单、预约、会员', bio: '十一个人的技术公司。', bioEn: '', contactName: '罗舟', areas: ['all', '510100'], skills: ['微信小程序', 'UI 设计'],
  weeklyHours: { 1: ['09:00', '18:30'] }, replyHabit: '', holiday: null, capacity: 5,
}
const portfolioCase = { title: '巷口面馆点单', summary: '扫码点单到后厨出票 1.2 秒。', year: 2025, industry: '餐饮', imageIds: [] as string[] }
const put = (person: TestPerson, url: string, payload: object) => person.inject({ method: 'PUT', url: `/api/v1${url}`, payload })
const post = (person: TestPerson, url: string, payload: object) => person.inject({ method: 'POST', url: `/api/v1${url}`, payload })

const note: TestFile = { name: 'a.txt', bytes: new TextEncoder().encode('no picture') }
async function picture(): Promise<TestFile> {
  return { name: 'a.png', bytes: new Uint8Array(await sharp({ create: { width: 90, height: 60, channels: 3, background: '#E23F0D' } }).png().toBuffer()) }
}

describe('a provider', () => {
  it('is a buyer who has become one, with the next request', async () => {
    const person = await signUp(t, { username: 'yunzhou' })
    expect((await put(person, '/me/provider', profile)).statusCode).toBe(403)
    expect((await post(person, '/me/provider', { kind: 'company' })).statusCode).toBe(201)
    expect((await post(person, '/me/provider', { kind: 'company' })).json().code).toBe('accounts.already_provider')
    expect((await put(person, '/me/provider', profile)).statusCode).toBe(200)
    const page = (await t.app.inject({ url: '/api/v1/providers/YunZhou' })).json()
    expect(page).toMatchObject({ id: person.userId, kind: 'company', avatar: { kind: 'mark' }, profile: { headline: profile.headline, areas: ['all', '510100'], onHoliday: false } })
    expect(JSON.stringify(page)).not.toMatch(/199\d{8}|@example/)
    await t.worker.drain()
  })

  it.each([
    ['no such city', { areas: ['999999'] }, 'body.areas.0', 'accounts.city_unknown'],
    ['hours that end before they begin', { weeklyHours: { 2: ['18:00', '09:00'] } }, 'body.weeklyHours.2', 'accounts.hours_order'],
    ['a holiday that ends before it begins', { holiday: { from: '2026-07-02', until: '2026-07-01', note: '' } }, 'body.holiday', 'accounts.holiday_order'],
    ['no room for orders', { capacity: 0 }, 'body.capacity', 'too_small'],
  ])('cannot have %s', async (_what, change, field, code) => {
    const person = await signUp(t, { roles: ['provider'] })
    expect((await put(person, '/me/provider', { ...profile, ...change })).json().errors).toContainEqual(expect.objectContaining({ field, code }))
  })

  it('who is none is not found', async () => {
    const buyer = await signUp(t)
    for (const id of [buyer.userId, buyer.username, 'no-such-name', '%00']) expect((await t.app.inject({ url: `/api/v1/providers/${id}` })).statusCode).toBe(404)
  })

  it('is closed on holiday until it ends by itself', async () => {
    const person = await signUp(t, { roles: ['provider'] })
    const today = new Date(t.deps.clock.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10)
    await put(person, '/me/provider', { ...profile, weeklyHours: {}, holiday: { from: today, until: today, note: '休息一天' } })
    const page = async () => (await t.app.inject({ url: `/api/v1/providers/${person.userId}` })).json().profile
    expect(await page()).toMatchObject({ onHoliday: true, openNow: false })
    await t.advance(24 * 3600_000)
    expect(await page()).toMatchObject({ onHoliday: false, openNow: true })
  })
})

describe('a portfolio case', () => {
  it('shows pictures to everybody, in the order the provider wants', async () => {
    const person = await signUp(t, { roles: ['provider'] })
    const { id: imageId } = await upload(person, await picture())
    await post(person, '/me/provider/cases', { ...portfolioCase, title: '第一个' })
    const { cases } = (await post(person, '/me/provider/cases', { ...portfolioCase, title: '第二个', imageIds: [imageId] })).json()
    const arranged = await put(person, '/me/provider/case-order', { ids: [cases[1].id] })
    expect(arranged.json().cases.map((one: { title: string }) => one.title)).toEqual(['第二个', '第一个'])
    const page = (await t.app.inject({ url: `/api/v1/providers/${person.userId}` })).json()
    expect((await t.app.inject({ url: page.cases[0].images[0].thumbnailUrl })).statusCode).toBe(200)
  })

  it('takes only pictures of one\'s own', async () => {
    const [person, other] = [await signUp(t, { roles: ['provider'] }), await signUp(t)]
    const [text, foreign] = [(await upload(person, note)).id, (await upload(other, await picture())).id]
    expect((await post(person, '/me/provider/cases', { ...portfolioCase, imageIds: [text] })).json().code).toBe('accounts.not_a_picture')
    expect((await post(person, '/me/provider/cases', { ...portfolioCase, imageIds: [foreign] })).json().code).toBe('kernel.upload_missing')
    expect((await t.app.inject({ url: `/api/v1/providers/${person.userId}` })).json().cases).toEqual([])
  })

  it('of somebody else is not there', async () => {
    const [person, other] = [await signUp(t, { roles: ['provider'] }), await signUp(t, { roles: ['provider'] })]
    const { cases } = (await post(person, '/me/provider/cases', portfolioCase)).json()
    expect((await put(other, `/me/provider/cases/${cases[0].id}`, portfolioCase)).statusCode).toBe(404)
    expect((await other.inject({ method: 'DELETE', url: `/api/v1/me/provider/cases/${cases[0].id}` })).statusCode).toBe(404)
  })

  it('is one of at most twenty, also when added at the same moment', async () => {
    const person = await signUp(t, { roles: ['provider'] })
    const answers = await Promise.all(Array.from({ length: 24 }, () => post(person, '/me/provider/cases', portfolioCase)))
    expect(answers.filter(answer => answer.statusCode === 201)).toHaveLength(20)
  })
})

describe('one\'s own account', () => {
  it('shows contacts masked, and lets the avatar be a picture only', async () => {
    const person = await signUp(t, { phone: '13900000077', email: 'me@example.com' })
    expect((await person.inject({ url: '/api/v1/me' })).json().contacts).toEqual({ phone: '139****0077', email: 'm***@example.com' })
    const change = (avatarUploadId: string) => person.inject({ method: 'PATCH', url: '/api/v1/me', payload: { avatarUploadId } })
    expect((await change((await upload(person, note)).id)).json().code).toBe('accounts.not_a_picture')
    const changed = await change((await upload(person, await picture())).id)
    expect(changed.json().avatar).toMatchObject({ kind: 'upload' })
  })

  it('lists its sessions and ends the others', async () => {
    const person = await signUp(t, { password: 'summer rain 7' })
    const elsewhere = await t.app.inject({ method: 'POST', url: '/api/v1/session', payload: { account: person.username, password: 'summer rain 7' }, headers: { 'user-agent': 'Elsewhere/1.0' }, remoteAddress: '203.0.113.9' })
    const cookie = String(elsewhere.headers['set-cookie']).split(';')[0] ?? ''
    const { items } = (await person.inject({ url: '/api/v1/me/sessions' })).json()
    expect(items).toContainEqual(expect.objectContaining({ userAgent: 'Elsewhere/1.0', address: '203.0.113.*', current: false }))
    expect((await person.inject({ method: 'DELETE', url: '/api/v1/me/sessions' })).json()).toEqual({ ended: 1 })
    expect((await t.app.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(401)
    expect((await person.inject({ url: '/api/v1/me' })).statusCode).toBe(200)
  })

  it('cannot end the session of another', async () => {
    const [person, other] = [await signUp(t), await signUp(t)]
    const { items } = (await other.inject({ url: '/api/v1/me/sessions' })).json()
    expect((await person.inject({ method: 'DELETE', url: `/api/v1/me/sessions/${items[0].id}` })).statusCode).toBe(404)
    expect((await other.inject({ url: '/api/v1/me' })).statusCode).toBe(200)
  })
})
