/** What a person has chosen is obeyed: by channel, by hour, and from the footer of an e-mail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOTICE_GROUPS } from '@miaodan/shared/notifications/groups'
import { durationMs } from '@miaodan/shared/kernel/time'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp, type SignUpOptions, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ environment: { PUBLIC_URL: 'https://miaodan.example' } })
})
afterAll(() => t.close())

let phones = 0
type Reached = TestPerson & { phone: string | null, email: string | null }
const NEITHER = { phone: undefined, email: undefined }
async function person({ phone = true, email = true, ...options }: Omit<SignUpOptions, 'phone' | 'email'> & { phone?: boolean, email?: boolean } = {}): Promise<Reached> {
  const number = `138${String(++phones).padStart(8, '0')}`
  const address = `reader${phones}@example.com`
  const made = await signUp(t, { ...NEITHER, ...phone && { phone: number }, ...email && { email: address }, ...options } as SignUpOptions)
  return { ...made, phone: phone ? `+86${number}` : null, email: email ? address : null }
}

const happen = (topic: string, payload: Record<string, unknown>) => inTransaction(t.deps.db, tx => emit(tx, t.deps.clock, topic, { id: newId(), title: '品牌设计', amount: '50000', ...payload }, newId()))
const sent = async ({ phone, email }: Reached) => {
  await t.worker.drain()
  return (await t.deps.mailbox.list()).filter(({ to }) => to === phone || to === email).map(({ channel, subject, text }) => ({ channel, about: subject ?? text }))
}
const channels = async (to: Reached) => (await sent(to)).map(({ channel }) => channel).sort()
const change = (by: Reached, method: 'PUT' | 'DELETE', path: string, payload?: object) => by.inject({ method, url: `/api/v1/notices/settings${path}`, ...payload && { payload } })
const notices = async (by: Reached) => (await by.inject({ url: '/api/v1/notices' })).json().items

describe('the channels of a notice', () => {
  it('are by default e-mail, and SMS besides only for what is urgent', async () => {
    const buyer = await person()
    await happen('order.accept', { buyerId: buyer.userId })
    expect(await channels(buyer)).toEqual(['email'])
    await happen('milestone.remind_1d', { buyerId: buyer.userId })
    expect(await channels(buyer)).toEqual(['email', 'email', 'sms'])
    const shown = (await buyer.inject({ url: '/api/v1/notices/settings' })).json()
    expect(shown.quietHours).toBeNull()
    expect(shown.contacts).toEqual({ phone: expect.stringContaining('*'), email: expect.stringContaining('*') })
    expect(Object.fromEntries(shown.groups.map(({ group, email, sms }: Record<string, unknown>) => [group, { email, sms }]))).toEqual(Object.fromEntries(Object.entries(NOTICE_GROUPS).map(([group, { defaults }]) => [group, defaults])))
  })

  it('are those that were chosen; in the app it stands in any case', async () => {
    const buyer = await person()
    await change(buyer, 'PUT', '/choices/orders', { email: false, sms: true })
    await happen('order.accept', { buyerId: buyer.userId })
    expect(await channels(buyer)).toEqual(['sms'])
    await change(buyer, 'PUT', '/choices/orders', { email: false, sms: false })
    await happen('order.accept', { buyerId: buyer.userId })
    expect(await channels(buyer)).toEqual(['sms'])
    expect(await notices(buyer)).toHaveLength(2)
  })

  it('cannot all be switched off for money and security', async () => {
    const buyer = await person()
    for (const group of ['money', 'security']) {
      const refused = await change(buyer, 'PUT', `/choices/${group}`, { email: false, sms: false })
      expect([refused.statusCode, refused.headers['content-type'], refused.json().code]).toEqual([422, expect.stringContaining('application/problem+json'), 'notifications.one_channel_needed'])
      expect((await change(buyer, 'PUT', `/choices/${group}`, { email: false, sms: true })).statusCode).toBe(200)
    }
    expect((await change(buyer, 'PUT', '/choices/weather', { email: true, sms: true })).statusCode).toBe(404)
  })

  it('without a contact: only in the app, but money and security go where they can', async () => {
    const [phoneOnly, emailOnly] = [await person({ email: false }), await person({ phone: false })]
    for (const { userId } of [phoneOnly, emailOnly]) {
      await happen('order.accept', { buyerId: userId })
      await happen('refund.succeeded', { payerId: userId })
      await happen('payout_account.added', { userId, name: '招商银行' })
    }
    expect((await sent(phoneOnly)).map(({ channel, about }) => [channel, /收款账户|退款已到账/.exec(about)?.[0]]).sort()).toEqual([['sms', '收款账户'], ['sms', '退款已到账']])
    expect((await sent(emailOnly)).every(({ channel }) => channel === 'email')).toBe(true)
    expect(await sent(emailOnly)).toHaveLength(3)
    expect(await notices(phoneOnly)).toHaveLength(3)
  })

  it('speak the language of the person', async () => {
    const [zhou, smith] = [await person({ locale: 'zh-CN' }), await person({ locale: 'en' })]
    for (const { userId } of [zhou, smith]) await happen('order.accept', { buyerId: userId })
    expect(await sent(zhou)).toEqual([{ channel: 'email', about: '服务商已接单' }])
    expect(await sent(smith)).toEqual([{ channel: 'email', about: 'The provider has accepted' }])
  })

  it('are those of the moment it is sent: what was switched off meanwhile is not sent', async () => {
    const buyer = await person()
    await change(buyer, 'PUT', '/quiet-hours', wholeDayBut5Minutes())
    await happen('order.accept', { buyerId: buyer.userId })
    expect(await sent(buyer)).toEqual([])
    await change(buyer, 'PUT', '/choices/orders', { email: false, sms: false })
    await t.advance(durationMs({ days: 1 }))
    expect(await sent(buyer)).toEqual([])
    expect(await notices(buyer)).toHaveLength(1)
  })
})

/** Quiet now, and for more than 23 hours. */
function wholeDayBut5Minutes() {
  const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 16)
  const now = t.deps.clock.now().getTime()
  return { from: clock(now), until: clock(now - durationMs({ minutes: 5 })), timeZone: 'UTC' }
}

describe('quiet hours', () => {
  it('hold back what can wait until they end, and nothing urgent', async () => {
    const buyer = await person()
    expect((await change(buyer, 'PUT', '/quiet-hours', wholeDayBut5Minutes())).json().quietHours.timeZone).toBe('UTC')
    await happen('order.accept', { buyerId: buyer.userId })
    await happen('refund_request.remind', { otherId: buyer.userId, position: 1 })
    expect((await sent(buyer)).map(({ about }) => about)).toEqual(expect.arrayContaining([expect.stringContaining('还有 1 天要回应')]))
    expect(await channels(buyer)).toEqual(['email', 'sms'])
    await t.advance(durationMs({ hours: 23 }))
    expect(await sent(buyer)).toHaveLength(2)
    await t.advance(durationMs({ hours: 1 }))
    expect((await sent(buyer)).map(({ about }) => about)).toContain('服务商已接单')
    expect(await sent(buyer)).toHaveLength(3)
  })

  it('can be ended, and are refused where they make no sense', async () => {
    const buyer = await person()
    await change(buyer, 'PUT', '/quiet-hours', { from: '22:00', until: '08:00', timeZone: 'Asia/Shanghai' })
    expect((await change(buyer, 'DELETE', '/quiet-hours')).json().quietHours).toBeNull()
    for (const wrong of [{ from: '22:00', until: '22:00', timeZone: 'UTC' }, { from: '24:00', until: '08:00', timeZone: 'UTC' }, { from: '22:00', until: '08:00', timeZone: 'Mars/Olympus' }]) {
      const refused = await change(buyer, 'PUT', '/quiet-hours', wrong)
      expect([refused.statusCode, refused.json().code]).toEqual([422, 'kernel.invalid_input'])
    }
  })
})

describe('the link that ends e-mails', () => {
  const tokenFor = async (buyer: Reached) => {
    await happen('order.accept', { buyerId: buyer.userId })
    await t.worker.drain()
    return /unsubscribe\?token=(\S+)/.exec((await t.deps.mailbox.list(buyer.email ?? ''))[0]?.text ?? '')?.[1] ?? ''
  }
  const post = (path: string) => t.app.inject({ method: 'POST', url: path, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'List-Unsubscribe=One-Click' })

  it('says what it is about, ends it by a click there, and takes it up again; SMS stays as it was', async () => {
    const buyer = await person()
    const token = await tokenFor(buyer)
    const url = '/api/v1/notices/subscription'
    expect((await t.app.inject({ url: `${url}?token=${token}` })).json()).toMatchObject({ group: 'orders', subscribed: true })
    await change(buyer, 'PUT', '/choices/orders', { email: true, sms: true })
    expect((await t.app.inject({ method: 'PUT', url, payload: { token, subscribed: false } })).json()).toMatchObject({ subscribed: false })
    await happen('order.accept', { buyerId: buyer.userId })
    expect(await channels(buyer)).toEqual(['email', 'sms'])
    expect((await t.app.inject({ method: 'PUT', url, payload: { token, subscribed: true } })).json()).toMatchObject({ subscribed: true })
    await happen('order.accept', { buyerId: buyer.userId })
    expect(await channels(buyer)).toEqual(['email', 'email', 'sms', 'sms'])
  })

  it('works in one click of the mail program, as often as it likes', async () => {
    const buyer = await person()
    const token = await tokenFor(buyer)
    for (let i = 0; i < 2; i++) expect((await post(`/api/v1/notices/unsubscribe/${token}`)).statusCode).toBe(204)
    await happen('order.accept', { buyerId: buyer.userId })
    expect(await channels(buyer)).toEqual(['email'])
  })

  it('is refused when it is not as we made it: another person, another group, another sign', async () => {
    const [buyer, other] = [await person(), await person()]
    const token = await tokenFor(buyer)
    const [, group = '', mac = ''] = token.split('.')
    const wrong = ['', 'x', `${other.userId}.${group}.${mac}`, `${buyer.userId}.quotes.${mac}`, `${buyer.userId}.money.${mac}`, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, token.slice(0, -4), `${token}x`, `${token}.x`, `${token.slice(0, -1)}é`]
    for (const each of wrong.slice(1)) {
      const refused = await post(`/api/v1/notices/unsubscribe/${encodeURIComponent(each)}`)
      expect([each, refused.statusCode, refused.headers['content-type'], refused.json().code]).toEqual([each, 404, expect.stringContaining('application/problem+json'), 'notifications.unsubscribe_invalid'])
      expect((await t.app.inject({ url: `/api/v1/notices/subscription?token=${encodeURIComponent(each)}` })).json().code).toBe('notifications.unsubscribe_invalid')
      expect((await t.app.inject({ method: 'PUT', url: '/api/v1/notices/subscription', payload: { token: each, subscribed: false } })).statusCode).toBe(404)
    }
    await happen('order.accept', { buyerId: buyer.userId })
    expect(await channels(buyer)).toEqual(['email', 'email'])
  })
})
