/** People and the audit log: who finds whom, what a suspension ends, and that nothing written down can be changed. */
import { once } from 'node:events'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { STAFF_ROLES, type StaffRole } from '@miaodan/shared/kernel/access'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService } from '../../../test/catalog.ts'
import { runningOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { PASSWORD, passwordHashed } from '../../../test/wallet.ts'

let t: TestApp
let address: string
const staff = {} as Record<StaffRole, TestPerson>
beforeAll(async () => {
  t = await createTestApp()
  address = (await t.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
  for (const role of STAFF_ROLES) staff[role] = await signUp(t, { displayName: `员工 ${role}`, staffRoles: [role] })
})
afterAll(() => t.close())

const get = (person: TestPerson, path: string) => person.inject({ url: `/api/v1/staff${path}` })
const find = async (query: string): Promise<string[]> => (await get(staff.support, `/people?${query}`)).json().items.map((item: { id: string }) => item.id)
const suspend = (by: TestPerson, userId: string, reason = '反复发布刷单需求') => by.inject({ method: 'PUT', url: `/api/v1/staff/people/${userId}/suspension`, payload: { reason } })
const reinstate = (by: TestPerson, userId: string) => by.inject({ method: 'POST', url: `/api/v1/staff/people/${userId}/reinstatement`, payload: { reason: '申诉成立' } })

describe('people', () => {
  it('are found by part of a name, and by contact and id only in whole; contacts are masked', async () => {
    const person = await signUp(t, { displayName: '松间_茶社', phone: '13912345678', email: 'tea.house@example.com' })
    for (const q of ['松间', '间_茶', person.username.slice(1), '139-1234-5678', 'Tea.House@Example.com', person.userId]) expect(await find(`q=${encodeURIComponent(q)}`), q).toContain(person.userId)
    for (const q of ['间%茶', '1391234', 'tea.house', person.userId.slice(0, 20)]) expect(await find(`q=${encodeURIComponent(q)}`), q).not.toContain(person.userId)
    const row = (await get(staff.support, `/people?q=${person.userId}`)).json().items[0]
    expect(row.contacts).toEqual({ phone: '139****5678', email: 't***e@example.com' })
    expect(JSON.stringify(row)).not.toContain('13912345678')
  })

  it('are listed newest first, page by page, and by what they are', async () => {
    const [older, newer] = [await signUp(t, { displayName: '页边甲' }), await signUp(t, { displayName: '页边乙', roles: ['buyer', 'provider'] })]
    const first = (await get(staff.support, '/people?q=页边&limit=1')).json()
    expect(first.items.map((item: { id: string }) => item.id)).toEqual([newer.userId])
    expect(await find(`q=页边&limit=1&cursor=${first.next}`)).toEqual([older.userId])
    expect(await find('q=页边&role=provider')).toEqual([newer.userId])
    expect(await find('role=staff&limit=100')).toEqual(expect.arrayContaining(Object.values(staff).map(person => person.userId)))
    expect(await find('role=staff&limit=100')).not.toContain(newer.userId)
  })

  it('show deals and balances to those whose job needs them', async () => {
    const { buyer, provider } = await runningOrder(t)
    const bought = (await get(staff.support, `/people/${buyer.userId}`)).json()
    expect(bought.deals).toMatchObject({ bought: 1, sold: 0, running: 1, latest: [{ side: 'buyer', title: '茶叶礼盒设计' }] })
    expect((await get(staff.finance, `/people/${provider.userId}`)).json().deals).toMatchObject({ bought: 0, sold: 1, running: 1 })
    expect((await get(staff.moderator, `/people/${buyer.userId}`)).json().deals).toBeNull()
    expect((await get(buyer, `/people/${buyer.userId}`)).statusCode).toBe(403)
    expect((await get(staff.support, '/people/0199aaaa-0000-7000-8000-000000000000')).json().code).toBe('accounts.person_not_found')
  })
})

describe('a suspension', () => {
  it('ends every session at once, closes open sockets, and says why at the next sign-in', async () => {
    const person = await signUp(t, { passwordHash: await passwordHashed() })
    const socket = new WebSocket(`${address}/api/v1/live`, { headers: { cookie: person.cookie } })
    await once(socket, 'open')
    expect((await person.inject({ url: '/api/v1/me' })).statusCode).toBe(200)
    const closed = once(socket, 'close')
    expect((await suspend(staff.support, person.userId)).statusCode).toBe(204)
    expect((await closed)[0]).toBe(4401)
    expect((await person.inject({ url: '/api/v1/me' })).json().code).toBe('kernel.sign_in_required')
    const signIn = () => t.app.inject({ method: 'POST', url: '/api/v1/session', headers: { 'accept-language': 'zh' }, payload: { account: person.username, password: PASSWORD } })
    const refused = await signIn()
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'accounts.suspended'])
    expect(refused.json().title).toContain('反复发布刷单需求')
    expect((await suspend(staff.support, person.userId)).json().code).toBe('accounts.already_suspended')
    expect((await reinstate(staff.moderator, person.userId)).statusCode).toBe(204)
    expect((await signIn()).statusCode).toBe(200)
    expect((await reinstate(staff.moderator, person.userId)).json().code).toBe('accounts.not_suspended')
  })

  it('takes a provider out of the market until reinstated', async () => {
    const provider = await signUp(t, { roles: ['buyer', 'provider'], displayName: '闭门造车坊' })
    const serviceId = await publishedService(t, provider)
    const found = async () => { await t.worker.drain(); return (await t.app.inject({ url: `/api/v1/services?q=${encodeURIComponent('闭门造车坊')}` })).json().items.map((item: { id: string }) => item.id) }
    expect(await found()).toContain(serviceId)
    await suspend(staff.moderator, provider.userId)
    expect(await found()).not.toContain(serviceId)
    await reinstate(staff.moderator, provider.userId)
    expect(await found()).toContain(serviceId)
  })

  it('needs a reason and the job; nobody suspends themselves, and staff only the owner', async () => {
    const person = await signUp(t)
    expect((await suspend(staff.support, person.userId, '  ')).statusCode).toBe(422)
    for (const role of ['finance', 'arbitrator'] as const) expect((await suspend(staff[role], person.userId)).statusCode, role).toBe(403)
    expect((await suspend(staff.owner, staff.owner.userId)).json().code).toBe('accounts.not_oneself')
    expect((await suspend(staff.moderator, staff.finance.userId)).json().code).toBe('accounts.staff_by_owner')
    const colleague = await signUp(t, { staffRoles: ['support'] })
    expect((await suspend(staff.owner, colleague.userId)).statusCode).toBe(204)
    expect((await get(colleague, '/people')).statusCode).toBe(401)
  })

  it('of one person by two at the same moment succeeds once', async () => {
    const person = await signUp(t)
    const answers = await Promise.all([suspend(staff.support, person.userId), suspend(staff.moderator, person.userId), suspend(staff.owner, person.userId)])
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([204, 409, 409])
  })
})

describe('roles in the back office', () => {
  const change = (by: TestPerson, userId: string, staffRoles: StaffRole[]) => by.inject({ method: 'PUT', url: `/api/v1/staff/people/${userId}/staff-roles`, payload: { staffRoles } })

  it('are given and taken by the owner alone, at once, and never by oneself', async () => {
    const person = await signUp(t)
    expect((await get(person, '/people')).statusCode).toBe(403)
    expect((await change(staff.owner, person.userId, ['support', 'support'])).statusCode).toBe(204)
    expect((await get(person, '/people')).statusCode).toBe(200)
    expect((await change(person, person.userId, ['owner'])).statusCode).toBe(403)
    expect((await change(staff.owner, staff.owner.userId, [])).json().code).toBe('accounts.not_oneself')
    await change(staff.owner, person.userId, [])
    expect((await get(person, '/people')).statusCode).toBe(403)
  })

  it('decide what is waiting for whom', async () => {
    const names = async (role: StaffRole) => (await get(staff[role], '/queues')).json().items.map((queue: { name: string }) => queue.name)
    expect(await names('moderator')).toEqual(expect.arrayContaining(['services', 'requirements', 'verification']))
    for (const role of ['finance', 'support', 'arbitrator'] as const) expect(await names(role), role).not.toContain('services')
    expect(await names('owner')).toEqual(expect.arrayContaining(['services', 'requirements', 'verification']))
  })
})

describe('the audit log', () => {
  it('tells who did what to whom with values before and after, by person, action, thing and day', async () => {
    const person = await signUp(t)
    await suspend(staff.support, person.userId, '冒充客服')
    await reinstate(staff.owner, person.userId)
    const log = async (query: string) => (await get(staff.owner, `/audit?entityId=${person.userId}&${query}`)).json().items as { action: string, actor: { id: string }, reason: string, oldValues: unknown, newValues: unknown }[]
    expect(await log('')).toMatchObject([
      { action: 'accounts.reinstated', actor: { id: staff.owner.userId }, oldValues: { suspended: true, reason: '冒充客服' }, newValues: { suspended: false }, reason: '申诉成立' },
      { action: 'accounts.suspended', actor: { id: staff.support.userId }, oldValues: { suspended: false }, newValues: { suspended: true }, reason: '冒充客服' },
    ])
    expect(await log(`actor=${staff.support.userId}`)).toHaveLength(1)
    expect(await log('action=accounts.reinstated')).toHaveLength(1)
    expect(await log('action=accounts.')).toHaveLength(2)
    expect(await log('action=catalog.')).toHaveLength(0)
    expect(await log('entity=user')).toHaveLength(2)
    const today = new Date(t.deps.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    expect(await log(`from=${today}&to=${today}`)).toHaveLength(2)
    expect(await log('to=2020-01-01')).toHaveLength(0)
    const first = (await get(staff.owner, `/audit?entityId=${person.userId}&limit=1`)).json()
    expect(await log(`limit=1&cursor=${first.next}`)).toMatchObject([{ action: 'accounts.suspended' }])
    const facets = (await get(staff.owner, '/audit/facets')).json()
    expect(facets.actions).toContain('accounts.suspended')
    expect(facets.actors.map((actor: { id: string }) => actor.id)).toContain(staff.support.userId)
  })

  it('is for the owner alone', async () => {
    for (const role of STAFF_ROLES) expect((await get(staff[role], '/audit')).statusCode, role).toBe(role === 'owner' ? 200 : 403)
  })

  it('is refused every change by the database itself', async () => {
    for (const statement of ["update audit_entries set reason = 'other'", 'delete from audit_entries', 'truncate audit_entries']) {
      await expect(t.deps.db.execute(sql.raw(statement)), statement).rejects.toMatchObject({ cause: { code: '23001', message: 'audit entries are append-only' } })
    }
  })

  it('has every decision on a service, with what it changed', async () => {
    const provider = await signUp(t, { roles: ['buyer', 'provider'] })
    const serviceId = await publishedService(t, provider)
    const items = (await get(staff.owner, `/audit?entityId=${serviceId}`)).json().items
    expect(items).toMatchObject([{ action: 'services.approved', entity: 'service', oldValues: null, newValues: { title: '小程序商城开发' } }])
  })
})
