import { describe, expect, it } from 'vitest'
import { NOTICE_TYPES, noticeText } from '@miaodan/shared/notifications/texts'
import { newId } from '../../kernel/ids.ts'
import { letterOf } from './letter.ts'

const deps = { config: { publicUrl: 'https://miaodan.example', sessionSecret: 'of the test, with thirty-two signs' } } as Parameters<typeof letterOf>[0]
const userId = newId()
const paid = { userId, type: 'order_paid' as const, params: { title: '年货节 <b>礼盒</b> & "店"', amount: '1380000' }, link: '/orders/1' }

describe('a notice by e-mail', () => {
  it('says what happened, which money it is, where to go, and why one gets it: as text and as a page', () => {
    const { subject, text, html, unsubscribe } = letterOf(deps, paid, 'zh-CN')
    expect(subject).toBe('有新订单，钱已在托管')
    expect(text).toBe(`「年货节 <b>礼盒</b> & "店"」已付 ¥13,800.00，请在 24 小时内接单，逾期自动退款。

托管中 ¥13,800.00
钱在平台托管，验收之后才放给服务商。

查看订单
https://miaodan.example/orders/1

--
这封邮件属于「等你处理」通知，发给你账号绑定的邮箱。
通知设置
https://miaodan.example/account/notifications
不再接收这类邮件
${/https:\/\/miaodan\.example\/unsubscribe\S+/.exec(text)?.[0]}
`)
    expect(unsubscribe).toMatch(new RegExp(`^https://miaodan\\.example/api/v1/notices/unsubscribe/${userId}\\.answer\\.[\\w-]{24}$`))
    for (const part of ['<html lang="zh-CN">', '「年货节 &lt;b&gt;礼盒&lt;/b&gt; &amp; &quot;店&quot;」', '¥13,800.00', 'href="https://miaodan.example/orders/1"', '钱在平台托管']) expect(html).toContain(part)
    expect(letterOf(deps, paid, 'en')).toMatchObject({ subject: 'New order, the money is in escrow', html: expect.stringContaining('<html lang="en">') })
  })

  it('lets nothing that people write out of its place', () => {
    const title = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`
    const { html } = letterOf(deps, { ...paid, params: { title, amount: '1' } }, 'en')
    expect(html).not.toMatch(/<script|<img|<[^>]*onerror/)
  })

  it('of money and security cannot be ended, and says so', () => {
    const { unsubscribe, text, html } = letterOf(deps, { userId, type: 'payout_paid', params: { amount: '100' }, link: '/wallet/payouts' }, 'en')
    expect(unsubscribe).toBeUndefined()
    expect(`${text}${html}`).not.toContain('/unsubscribe')
    expect(text).toContain('cannot be switched off entirely')
  })

  it('leaves no hole and needs nothing from elsewhere, whatever it is about', () => {
    for (const type of NOTICE_TYPES) for (const locale of ['zh-CN', 'en'] as const) {
      const { zh, en } = noticeText(type)
      const names = [...(zh.title + zh.body + en.title + en.body).matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '')
      const params = Object.fromEntries(names.map(name => [name, /amount$/i.test(name) ? '12345' : 'x']))
      const { subject, text, html = '' } = letterOf(deps, { userId, type, params, link: null }, locale)
      expect([type, `${subject}${text}${html}`.match(/\{\w+\}|undefined/)]).toEqual([type, null])
      expect([type, html.match(/<(script|link|img|iframe)|url\(/)]).toEqual([type, null])
      const amount = noticeText(type).amount
      if (amount) expect([type, names.includes(amount[0]) || amount[0] === 'amount']).toEqual([type, true])
    }
  })
})
