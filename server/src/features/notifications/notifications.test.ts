import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lifecycles } from '@miaodan/shared/lifecycles'
import { noticeTexts } from '@miaodan/shared/notifications/texts'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { noticeRules } from './rules.ts'

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

  it('waits for no event that nobody tells', async () => {
    const features = join(import.meta.dirname, '..')
    const sources = (await readdir(features, { recursive: true })).filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('notifications'))
    const told = (await Promise.all(sources.map(file => readFile(join(features, file), 'utf8')))).join('\n')
    const steps = new Set(lifecycles.flatMap(({ name, transitions }) => Object.keys(transitions).map(action => `${name}.${action}`)))
    expect(Object.keys(noticeRules).filter(topic => !steps.has(topic) && !told.includes(`'${topic}'`) && !told.includes(`\`${topic.split('.')[0]}.\${action}\``))).toEqual([])
  })

  it('has the same placeholders in both languages', () => {
    const holes = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()
    for (const [type, { zh, en }] of Object.entries(noticeTexts)) expect([type, holes(zh.title + zh.body)]).toEqual([type, holes(en.title + en.body)])
  })
})
