import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticeTexts } from '@miaodan/shared/notifications/texts'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'

let t: TestApp
let provider: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  provider = await signUp(t, { roles: ['provider'], phone: '19900007777', locale: 'zh-CN' })
})
afterAll(() => t.close())

const paid = () => inTransaction(t.deps.db, tx => emit(tx, t.deps.clock, 'order.pay', { id: newId(), providerId: provider.userId, title: '年货节礼盒', amount: '1380000' }, newId()))
const list = async (language = 'zh-CN') => (await provider.inject({ url: '/api/v1/notices', headers: { 'accept-language': language } })).json().items

describe('a notice', () => {
  it('tells the person concerned, in the reader\'s language, once, and goes out by SMS and e-mail', async () => {
    await paid()
    await t.worker.drain()
    await t.worker.drain()
    expect(await list()).toMatchObject([{ type: 'order_paid', body: expect.stringContaining('¥13,800.00'), read: false, link: expect.stringContaining('/orders/') }])
    expect((await list('en'))[0].title).toBe('New order, the money is in escrow')
    const sent = (await t.deps.mailbox.list()).filter(entry => entry.text.includes('年货节礼盒'))
    expect(sent.map(entry => entry.channel).sort()).toEqual(['email', 'sms'])
    expect(sent.find(entry => entry.channel === 'sms')?.text).toContain('新订单')
  })

  it('is unread until it is read, and only its owner can read it', async () => {
    const stranger = await signUp(t)
    const [notice] = await list()
    expect((await stranger.inject({ method: 'POST', url: `/api/v1/notices/${notice.id}/read` })).statusCode).toBe(404)
    expect((await provider.inject({ url: '/api/v1/notices/unread' })).json()).toEqual({ count: 1 })
    await provider.inject({ method: 'POST', url: `/api/v1/notices/${notice.id}/read` })
    expect((await provider.inject({ url: '/api/v1/notices/unread' })).json()).toEqual({ count: 0 })
  })

  it('comes in pages that neither repeat nor leave out', async () => {
    for (let i = 0; i < 25; i++) await paid()
    await t.worker.drain()
    const seen = new Set<string>()
    for (let cursor = ''; ;) {
      const page = (await provider.inject({ url: `/api/v1/notices?limit=10${cursor && `&cursor=${encodeURIComponent(cursor)}`}` })).json()
      for (const item of page.items) seen.add(item.id)
      if (!page.next) break
      cursor = page.next
    }
    expect(seen.size).toBe(26)
  })

  it('has the same placeholders in both languages', () => {
    const holes = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()
    for (const [type, { zh, en }] of Object.entries(noticeTexts)) expect([type, holes(zh.title + zh.body)]).toEqual([type, holes(en.title + en.body)])
  })
})
