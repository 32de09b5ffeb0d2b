import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'

let t: TestApp
let moderator: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  moderator = await signUp(t, { staffRoles: ['moderator'] })
})
afterAll(() => t.close())

const person = { kind: 'person', name: '舒然', number: '11010519491231002X' }
const company = { kind: 'company', name: '杭州青禾茶业有限公司', number: '91350100M000100Y43' }
const ask = (who: TestPerson, payload: object = person) => who.inject({ method: 'POST', url: '/api/v1/me/verification', payload })
const decide = (who: TestPerson, id: string, how: 'approval' | 'rejection' | 'reveals', payload?: object) => who.inject({ method: 'POST', url: `/api/v1/staff/verifications/${id}/${how}`, ...(payload ? { payload } : {}) })
const queue = async (state = 'in_review') => (await moderator.inject({ url: `/api/v1/staff/verifications?state=${state}&limit=100` })).json()

describe('a request to be verified', () => {
  it('is kept sealed, shown masked, and gives the badge when staff confirm it', async () => {
    const who = await signUp(t, { displayName: '舒然', roles: ['provider'] })
    const { id, number } = (await ask(who)).json()
    expect(number).toBe('110105********002X')
    expect(JSON.stringify(await t.deps.db.execute(sql`select * from verifications`))).not.toMatch(/11010519491231002X|舒然/)
    const { items, counts, oldestAt } = await queue()
    expect(items).toContainEqual(expect.objectContaining({ id, name: '舒然', number: '110105********002X', person: expect.objectContaining({ id: who.userId }) }))
    expect(counts.in_review).toBeGreaterThan(0)
    expect(oldestAt).not.toBeNull()
    expect((await decide(moderator, id, 'reveals')).json()).toEqual({ name: '舒然', number: '11010519491231002X' })
    expect((await decide(moderator, id, 'approval')).statusCode).toBe(204)
    expect((await t.app.inject({ url: `/api/v1/providers/${who.userId}` })).json().verified).toBe('person')
    const log = await t.deps.db.execute(sql`select action, old_values, new_values from audit_entries where actor_id = ${moderator.userId} order by at, id`)
    expect([...log]).toEqual([
      { action: 'accounts.verification_read', old_values: null, new_values: null },
      { action: 'accounts.verification_approved', old_values: { verified: null }, new_values: { verified: 'person' } },
    ])
    expect((await ask(who)).json().code).toBe('accounts.already_verified')
  })

  it('is refused with a reason that the person reads, and may be made again', async () => {
    const who = await signUp(t)
    const { id } = (await ask(who, company)).json()
    expect((await decide(moderator, id, 'rejection', { reason: '' })).statusCode).toBe(422)
    expect((await decide(moderator, id, 'rejection', { reason: '名称与执照不符' })).statusCode).toBe(204)
    expect((await who.inject({ url: '/api/v1/me/verification' })).json().verification).toMatchObject({ state: 'rejected', reason: '名称与执照不符' })
    expect((await ask(who, company)).statusCode).toBe(201)
    expect((await queue()).items).toContainEqual(expect.objectContaining({ person: expect.objectContaining({ id: who.userId }), earlierRequests: 1 }))
  })

  it('with a number that others gave shows it to staff', async () => {
    const [one, other] = [await signUp(t), await signUp(t)]
    await ask(one, company)
    const { id } = (await ask(other, company)).json()
    const found = (await queue()).items.find((item: { id: string }) => item.id === id)
    expect(found.sameNumber).toBeGreaterThan(0)
  })

  it.each([
    ['a wrong check digit', { ...person, number: '110105194912310021' }, 'accounts.identity_number'],
    ['a wrong credit code', { ...company, number: '91350100M000100Y44' }, 'accounts.credit_code'],
    ['a name with digits', { ...person, name: '舒然1' }, 'accounts.real_name'],
  ])('is refused with %s', async (_what, payload, code) => {
    expect((await ask(await signUp(t), payload)).json().errors[0].code).toBe(code)
  })

  it('is made once at a time', async () => {
    const who = await signUp(t)
    const answers = await Promise.all([ask(who), ask(who), ask(who)])
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([201, 409, 409])
  })

  it('is decided once, by staff who may, and not by its owner', async () => {
    const [who, finance] = [await signUp(t), await signUp(t, { staffRoles: ['finance'] })]
    const { id } = (await ask(who)).json()
    expect((await decide(who, id, 'approval')).statusCode).toBe(403)
    expect((await decide(finance, id, 'approval')).statusCode).toBe(403)
    expect((await t.app.inject({ url: '/api/v1/staff/verifications' })).statusCode).toBe(401)
    const own = (await ask(moderator, company)).json().id
    expect((await decide(moderator, own, 'approval')).json().code).toBe('accounts.own_verification')
    expect((await decide(moderator, own, 'reveals')).json().code).toBe('accounts.own_verification')
    const answers = await Promise.all([decide(moderator, id, 'approval'), decide(moderator, id, 'rejection', { reason: '重复申请' }), decide(moderator, id, 'approval')])
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([204, 409, 409])
  })
})

it('what staff did cannot be changed or removed', async () => {
  for (const statement of [sql`update audit_entries set reason = 'x'`, sql`delete from audit_entries`, sql`truncate audit_entries`]) {
    await expect(t.deps.db.execute(statement)).rejects.toMatchObject({ cause: { message: 'audit entries are append-only' } })
  }
})
