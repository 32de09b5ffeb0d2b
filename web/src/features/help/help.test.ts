import { describe, expect, it } from 'vitest'
import { articles as english } from './articles/en.ts'
import { articles as chinese } from './articles/zh-CN.ts'
import { findArticles, termsOf } from './find.ts'
import { GROUPS } from './types.ts'

describe('the articles of the help centre', () => {
  it('are the same in both languages, each whole', () => {
    expect(english.map(({ slug, group, to }) => [slug, group, to?.path])).toEqual(chinese.map(({ slug, group, to }) => [slug, group, to?.path]))
    expect(new Set(english.map(({ slug }) => slug)).size).toBe(english.length)
    expect([...new Set(english.map(({ group }) => group))]).toEqual([...GROUPS])
    for (const { title, summary, body } of [...english, ...chinese]) expect([title, summary, body].every(text => text.trim().length > 4)).toBe(true)
    for (const { title, summary, body } of english) expect(`${title}${summary}${body}`).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('looking for help', () => {
  const first = (articles: typeof english, text: string): string | undefined => findArticles(articles, text)[0]?.slug

  it('finds what a sentence is about, also without spaces', () => {
    expect(first(chinese, '怎么退款')).toBe('refunds')
    expect(first(chinese, '什么时候能提现')).toBe('payouts')
    expect(first(chinese, '仲裁')).toBe('disputes')
    expect(first(chinese, '发票')).toBe('vouchers')
    expect(first(english, 'Refund')).toBe('refunds')
    expect(first(english, 'when can I withdraw')).toBe('payouts')
    expect(first(english, 'platform fee')).toBe('fees')
  })

  it('says so when there is nothing, and shows all before anything is typed', () => {
    expect(findArticles(english, 'zebra')).toEqual([])
    expect(findArticles(english, '  ?!')).toHaveLength(english.length)
    expect(termsOf('退款 refund')).toEqual(['退款', 'refund'])
  })
})
