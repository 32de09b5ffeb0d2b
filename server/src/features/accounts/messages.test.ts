/** Codes and security notices as e-mails: the same letter as every other mail, in the reader's language. */
import { describe, expect, it } from 'vitest'
import { accountExistsText, codeText, contactChangedText, passwordChangedText } from './message-texts.ts'
import { mailOf } from './messages.ts'

const deps = { config: { publicUrl: 'https://miaodan.example' } } as Parameters<typeof mailOf>[0]
const PURPOSES = ['register', 'sign_in', 'recover', 'change_contact', 'confirm_identity'] as const

describe('a code by e-mail', () => {
  it('stands in the first sentence of the text and large on the page, with how long it serves and what to do when one asked for nothing', () => {
    const { subject, text, html } = mailOf(deps, codeText('048213', 'sign_in', 'zh-CN'))
    expect(subject).toBe('秒单登录验证码 048213')
    expect(text).toBe(`验证码 048213，用于登录秒单，10 分钟内有效。不要告诉任何人，包括自称客服的人。

--
有人在秒单填了这个邮箱，所以你收到这封邮件。不是你的话不用理会：没有验证码，对方什么也做不了。
帮助中心
https://miaodan.example/help
`)
    for (const part of ['<html lang="zh-CN">', '>登录验证码</h1>', '>048213</div>', '10 分钟内有效，只能用一次。', '不要告诉任何人']) expect(html).toContain(part)
    // Nothing to press: who is asked for a code is already where it is needed, and others have no business there.
    expect(html).not.toContain('class="button"')
    expect(mailOf(deps, codeText('048213', 'recover', 'en'))).toMatchObject({ text: expect.stringMatching(/^048213 is your code for setting a new password, valid for 10 minutes\./), html: expect.stringContaining('>Your code to recover your account</h1>') })
  })

  it('is never in the way of another one: each purpose says what it is for', () => {
    for (const locale of ['zh-CN', 'en'] as const) expect(new Set(PURPOSES.map(purpose => codeText('1', purpose, locale).letter.title)).size).toBe(PURPOSES.length)
  })
})

it('a security notice leads to where its reader can act', () => {
  expect(mailOf(deps, passwordChangedText.en)).toMatchObject({ subject: 'Your Miaodan password was changed', text: expect.stringContaining('Not me: recover my account\nhttps://miaodan.example/recover'), html: expect.stringContaining('href="https://miaodan.example/recover"') })
  expect(mailOf(deps, contactChangedText('138****0001')['zh-CN']).html).toContain('138****0001')
  expect(mailOf(deps, accountExistsText['zh-CN']).html).toContain('href="https://miaodan.example/sign-in"')
})

it('no letter has a hole or fetches anything', () => {
  for (const locale of ['zh-CN', 'en'] as const) {
    const all = [...PURPOSES.map(purpose => codeText('048213', purpose, locale)), accountExistsText[locale], passwordChangedText[locale], contactChangedText('x')[locale]]
    for (const message of all) {
      const { subject, text, html = '' } = mailOf(deps, message)
      expect([subject, `${subject}${text}${html}`.match(/undefined|\[object|<(script|link|img|iframe)|url\(/)]).toEqual([subject, null])
      expect([subject, locale === 'en' && /\p{Script=Han}/u.test(`${subject}${text}`)]).toEqual([subject, false])
    }
  }
})
