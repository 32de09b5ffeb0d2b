import { describe, expect, it } from 'vitest'
import { findContacts, wordFinder } from './find.ts'

describe('contact details', () => {
  it.each(['电话 138 0013 8000', '＋８６13800138000', '微信号：tea_shop88', '加vx abc12345', 'QQ: 12345678', 'mail me at a.b@example.com', '加我微信', 't.me/someone', '010-62781234', '线下付款可以便宜'])('%s is found', text =>
    expect(findContacts(text)).not.toEqual([]))

  it.each(['微信小程序，支持微信支付', '订单号 20261122130012345678', '预算 13000 到 18000', '尺寸 1380x2400', '参考 https://example.com/page', 'wechat mini program', '一二三四五六七八九', '企业微信通知'])('%s is none', text =>
    expect(findContacts(text)).toEqual([]))
})

describe('words of the list', () => {
  it('are found in spite of blanks and signs between their characters, and English ones only as whole words', () => {
    expect(wordFinder(['刷单'])('帮忙刷 * 单，长期')).toEqual(['刷单'])
    expect(wordFinder(['casino'])('A Casino landing page')).toEqual(['casino'])
    expect(wordFinder(['casino'])('occasino')).toEqual([])
  })

  it('may hold signs that mean something to a pattern, or blanks', () => {
    expect(wordFinder(['c++ (stolen)', 'fake  invoice'])('A FAKE invoice for C++ (stolen) code')).toEqual(['c++ (stolen)', 'fake  invoice'])
    expect(wordFinder(['刷 好评'])('专业刷好评')).toEqual(['刷 好评'])
  })
})
