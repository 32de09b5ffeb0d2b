import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TERMS } from '@miaodan/shared/accounts/terms'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp } from '../../../test/people.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

let address = 0
/** Each test comes from an address of its own, so that limits by address do not reach over. */
const newAddress = () => `10.0.${Math.floor(++address / 250)}.${address % 250}`

async function post(url: string, payload: object, from = newAddress(), headers: Record<string, string> = {}) {
  return t.app.inject({ method: 'POST', url: `/api/v1${url}`, payload, remoteAddress: from, headers: { 'accept-language': 'en', ...headers } })
}
const sentTo = async (recipient: string) => {
  await t.worker.drain()
  return t.deps.mailbox.list(recipient)
}
const ask = (purpose: string, contact: string, from = newAddress()) => post('/sign-in-codes', { purpose, contact }, from)
async function codeFor(purpose: string, contact: string): Promise<string> {
  expect((await ask(purpose, contact)).statusCode).toBe(202)
  const [last] = await sentTo(/@/.test(contact) ? contact : `+86${contact}`)
  return /\b(\d{6})\b/.exec(last?.text ?? '')?.[1] ?? ''
}
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
let people = 0
const registration = (contact: string, code: string, rest: object = {}) =>
  ({ contact, code, username: `newcomer${'abcdefghjkpqrtuvwxyz'[people++]}`, displayName: '新人', password: 'summer rain 7', roles: ['buyer'], accepted: TERMS, ...rest })
const errorsOf = (answer: { json: () => { errors?: { field: string, code: string }[] } }) => answer.json().errors?.map(error => error.code)

describe('registering', () => {
  it('by phone makes an account that keeps nothing in clear, and signs in', async () => {
    const code = await codeFor('register', '13800000001')
    const answer = await post('/registrations', registration('138 0000 0001', code, { username: 'Shu-Ran', roles: ['buyer', 'provider'] }))
    expect(answer.statusCode).toBe(201)
    expect(answer.json().user).toMatchObject({ username: 'Shu-Ran', roles: ['buyer', 'provider'], staffRoles: [] })
    expect(answer.headers['set-cookie']).toMatch(/^md_session=[\w-]+\.[\w-]+; Path=\/; HttpOnly; SameSite=Lax/)
    const tables = JSON.stringify(await t.deps.db.execute(sql`select (select json_agg(u) from users u) a, (select json_agg(c) from user_contacts c) b, (select json_agg(s) from sign_in_codes s) c, (select json_agg(o) from outbox o) d`))
    expect(tables).not.toContain('13800000001')
    expect(tables).not.toContain(code)
    expect(tables).toContain('$argon2id$')
    const consents = await t.deps.db.execute(sql`select document, version from consents c join users u on u.id = c.user_id where u.username = 'Shu-Ran' order by 1`)
    expect([...consents]).toEqual([{ document: 'privacy', version: TERMS.privacy }, { document: 'terms', version: TERMS.terms }])
  })

  it('by e-mail works the same', async () => {
    const code = await codeFor('register', 'new@example.com')
    expect((await post('/registrations', registration('NEW@example.com', code))).statusCode).toBe(201)
  })

  it('answers the same for a contact that has an account, and writes to its owner instead of sending a code', async () => {
    await signUp(t, { email: 'known@example.com' })
    const [known, unknown] = [await ask('register', 'known@example.com'), await ask('register', 'nobody@example.com')]
    expect(Object.keys(known.json())).toEqual(Object.keys(unknown.json()))
    expect([known.statusCode, unknown.statusCode]).toEqual([202, 202])
    const [letter] = await sentTo('known@example.com')
    expect(letter?.text).toContain('already belongs to an account')
    expect(letter?.text).not.toMatch(/\d{6}/)
  })

  it.each([
    ['a leaked password', { password: 'woaini1314520' }, 'accounts.password_leaked'],
    ['a password without a digit', { password: 'onlyletters' }, 'accounts.password_format'],
    ['the username as password', { username: 'mountain88', password: 'Mountain88' }, 'accounts.password_is_name'],
    ['a reserved username', { username: 'adm1n' }, 'accounts.username_reserved'],
    ['a name of the platform', { displayName: '秒单客服' }, 'accounts.display_name_refused'],
    ['terms of another day', { accepted: { terms: '2020-01-01', privacy: TERMS.privacy } }, 'accounts.terms_outdated'],
  ])('is refused with %s, and the field is named', async (_what, rest, code) => {
    const answer = await post('/registrations', registration('13800000099', '000000', rest))
    expect(errorsOf(answer)).toContain(code)
  })

  it('gives a username to one of several who want it, or its likeness, at the same moment', async () => {
    const contacts = ['13800000011', '13800000012', '13800000013', '13800000014']
    const names = ['moonlily', 'MoonLily', 'm00nlily', 'moon_lily']
    const codes: string[] = []
    for (const contact of contacts) codes.push(await codeFor('register', contact))
    const answers = await Promise.all(contacts.map((contact, index) => post('/registrations', registration(contact, codes[index] ?? '', { username: names[index] }))))
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([201, 409, 409, 409])
    expect(answers.filter(answer => answer.statusCode === 409).every(answer => answer.json().code === 'accounts.username_taken')).toBe(true)
    // The code of the others was not used up: another name is enough.
    const loser = answers.findIndex(answer => answer.statusCode === 409)
    expect((await post('/registrations', registration(contacts[loser] ?? '', codes[loser] ?? '', { username: 'riverlily' }))).statusCode).toBe(201)
  })
})

describe('a code', () => {
  it('works once', async () => {
    const code = await codeFor('register', '13800000021')
    const answers = await Promise.all([1, 2, 3].map(() => post('/registrations', registration('13800000021', code))))
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([201, 422, 422])
    expect((await post('/registrations', registration('13800000021', code))).json().code).toBe('accounts.code_wrong')
  })

  it('is void after five wrong tries, however many come at once', async () => {
    const code = await codeFor('register', '13800000022')
    await Promise.all(Array.from({ length: 8 }, () => post('/registrations', registration('13800000022', wrong(code), { username: 'stormyweather' }))))
    expect((await post('/registrations', registration('13800000022', code, { username: 'stormyweather' }))).json().code).toBe('accounts.code_wrong')
  })

  it('can be checked before the rest is asked for: it stays good, and a wrong one counts as a try', async () => {
    const code = await codeFor('register', '13800000026')
    const checked = (text: string) => post('/sign-in-codes/check', { contact: '13800000026', code: text })
    expect((await checked(code)).statusCode).toBe(204)
    expect((await checked(wrong(code))).json()).toMatchObject({ status: 422, code: 'accounts.code_wrong' })
    for (let time = 0; time < 4; time++) await checked(wrong(code))
    expect((await checked(code)).json().code).toBe('accounts.code_wrong')
    const other = await codeFor('register', '13800000027')
    expect((await post('/sign-in-codes/check', { contact: '13800000027', code: other })).statusCode).toBe(204)
    expect((await post('/registrations', registration('13800000027', other, { username: 'checkedfirst' }))).statusCode).toBe(201)
  })

  it('is void after ten minutes, for another purpose, and once a newer one was sent', async () => {
    const first = await codeFor('register', '13800000023')
    expect((await post('/session/code', { contact: '13800000023', code: first })).json().code).toBe('accounts.code_wrong')
    await t.advance(61_000)
    const second = await codeFor('register', '13800000023')
    if (first !== second) expect((await post('/registrations', registration('13800000023', first, { username: 'stormyweather' }))).json().code).toBe('accounts.code_wrong')
    await t.advance(10 * 60_000)
    expect((await post('/registrations', registration('13800000023', second, { username: 'stormyweather' }))).json().code).toBe('accounts.code_wrong')
  })

  it('is sent again only after a minute, and a few times an hour', async () => {
    expect((await ask('register', '13800000024')).statusCode).toBe(202)
    const soon = await ask('register', '13800000024')
    expect(soon.json()).toMatchObject({ status: 429, code: 'accounts.code_too_soon' })
    for (let time = 1; time < 5; time++) {
      await t.advance(61_000)
      expect((await ask('register', '13800000024')).statusCode).toBe(202)
    }
    await t.advance(61_000)
    expect((await ask('register', '13800000024')).json().code).toBe('accounts.code_limit')
  })

  it('is sent to only so many contacts from one address', async () => {
    const [from, contact] = [newAddress(), (n: number) => `137000000${String(n).padStart(2, '0')}`]
    // Two people, since the endpoint's own limit a minute would answer first.
    for (const [round, { cookie }] of [await signUp(t), await signUp(t)].entries()) {
      for (let n = 0; n < 15; n++) expect((await post('/sign-in-codes', { purpose: 'register', contact: contact(round * 15 + n) }, from, { cookie })).statusCode).toBe(202)
    }
    expect((await post('/sign-in-codes', { purpose: 'register', contact: contact(30) }, from)).json().code).toBe('accounts.code_limit')
  })
})

describe('signing in', () => {
  it.each([['username', 'ZhouMin'], ['phone', '+86 139-0000-0001'], ['e-mail', 'ZhouMin@Example.com']])('works by %s', async (_how, account) => {
    await ensureZhoumin()
    const answer = await post('/session', { account, password: 'summer rain 7' })
    expect(answer.json().user.username).toBe('zhoumin')
  })

  it('does not tell an unknown account from a wrong password', async () => {
    await ensureZhoumin()
    const [known, unknown] = [await post('/session', { account: 'zhoumin', password: 'wrong pass 1' }), await post('/session', { account: 'nobodyhere', password: 'wrong pass 1' })]
    expect(known.statusCode).toBe(401)
    expect({ ...known.json(), instance: '' }).toEqual({ ...unknown.json(), instance: '' })
  })

  it.each(['no\u0000body', '%00', ' ', 'x'.repeat(300)])('refuses the name %j without breaking', async account => {
    expect([401, 422]).toContain((await post('/session', { account, password: 'wrong pass 1' })).statusCode)
  })

  it('is not fooled by a name that looks alike', async () => {
    await signUp(t, { username: 'lilyflower', password: 'summer rain 7' })
    expect((await post('/session', { account: 'l1lyfl0wer', password: 'summer rain 7' })).statusCode).toBe(401)
  })

  it('makes a guesser wait longer and longer, whatever name of the account is used, also in parallel', async () => {
    await signUp(t, { username: 'guarded', phone: '13900000033', password: 'summer rain 7' })
    const tries = await Promise.all(Array.from({ length: 12 }, (_, n) => post('/session', { account: n % 2 ? 'guarded' : '13900000033', password: 'wrong pass 1' })))
    expect(tries.filter(answer => answer.statusCode === 401)).toHaveLength(5)
    const locked = await post('/session', { account: 'guarded', password: 'summer rain 7' })
    expect(locked.json()).toMatchObject({ status: 429, code: 'accounts.sign_in_locked' })
    await t.advance(31_000)
    expect((await post('/session', { account: 'guarded', password: 'wrong pass 1' })).statusCode).toBe(401)
    await t.advance(31_000)
    expect((await post('/session', { account: 'guarded', password: 'summer rain 7' })).statusCode).toBe(429)
    await t.advance(31_000)
    expect((await post('/session', { account: 'guarded', password: 'summer rain 7' })).statusCode).toBe(200)
    expect((await post('/session', { account: 'guarded', password: 'wrong pass 1' })).statusCode).toBe(401)
  })

  it('by code works for an account, and sends nothing to a stranger', async () => {
    await signUp(t, { username: 'codeperson', email: 'codeperson@example.com' })
    const code = await codeFor('sign_in', 'codeperson@example.com')
    expect((await post('/session/code', { contact: 'codeperson@example.com', code })).json().user.username).toBe('codeperson')
    expect((await ask('sign_in', 'stranger@example.com')).statusCode).toBe(202)
    expect(await sentTo('stranger@example.com')).toEqual([])
  })

  it('ends the session that was there before', async () => {
    const person = await signUp(t, { password: 'summer rain 7' })
    const answer = await post('/session', { account: person.username, password: 'summer rain 7' }, newAddress(), { cookie: person.cookie })
    expect(answer.statusCode).toBe(200)
    expect((await t.app.inject({ url: '/api/v1/session', headers: { cookie: person.cookie } })).json().user).toBeNull()
  })
})

describe('recovering', () => {
  it('through the e-mail, when the phone is lost, ends all sessions and tells both channels', async () => {
    const person = await signUp(t, { phone: '13900000044', email: 'lost@example.com', password: 'summer rain 7' })
    const code = await codeFor('recover', 'lost@example.com')
    const answer = await post('/password-recoveries', { contact: 'lost@example.com', code, password: 'winter snow 8' })
    expect(answer.statusCode).toBe(200)
    expect((await person.inject({ url: '/api/v1/me' })).statusCode).toBe(401)
    expect((await post('/session', { account: person.username, password: 'summer rain 7' })).statusCode).toBe(401)
    expect((await post('/session', { account: person.username, password: 'winter snow 8' })).statusCode).toBe(200)
    expect((await sentTo('lost@example.com'))[0]?.text).toContain('密码刚刚更改')
    expect((await sentTo('+8613900000044'))[0]?.text).toContain('密码刚刚更改')
  })

  it('of an account that is not there looks the same and leads nowhere', async () => {
    expect((await ask('recover', '13900000055')).statusCode).toBe(202)
    expect(await sentTo('+8613900000055')).toEqual([])
    expect((await post('/password-recoveries', { contact: '13900000055', code: '123456', password: 'winter snow 8' })).json().code).toBe('accounts.code_wrong')
  })
})

let zhoumin: Promise<unknown> | undefined
const ensureZhoumin = () => zhoumin ??= signUp(t, { username: 'zhoumin', phone: '13900000001', email: 'zhoumin@example.com', password: 'summer rain 7' })
