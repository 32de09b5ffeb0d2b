import { describe, expect, it } from 'vitest'
import type { Category } from '../types.ts'
import { readBudget, readCategory, readDay, readSentence } from './read-sentence.ts'

const now = new Date('2026-11-22T03:00:00Z')
const child = (slug: string, zh: string, en: string) => ({ id: slug, slug, name: { zh, en }, services: 1 })
const categories: Category[] = [
  { id: 'web', slug: 'web', name: { zh: '小程序与网站', en: 'Apps and websites' }, summary: null, icon: null, skills: [], services: 1, children: [child('mini-program', '小程序开发', 'Mini programs'), child('website', '企业官网', 'Websites')] },
  { id: 'brand', slug: 'brand', name: { zh: '品牌设计', en: 'Brand design' }, summary: null, icon: null, skills: [], services: 1, children: [child('logo', 'Logo 设计', 'Logo design'), child('packaging', '包装设计', 'Packaging')] },
]

describe('a sentence', () => {
  it('gives its category, budget and day', () => {
    expect(readSentence('给社区奶茶店做一个微信点单小程序，月底前上线，预算八千左右', categories, now)).toEqual({ category: 'mini-program', budget: 800_000n, by: '2026-11-30' })
  })

  it('that says nothing of them leaves questions', () => {
    expect(readSentence('你好', categories, now)).toEqual({ category: null, budget: null, by: null })
  })

  it.each([
    ['预算 8000', 800_000n], ['1.2万以内', 1_200_000n], ['两千五左右', 250_000n], ['¥500', 50_000n], ['最多三百块', 30_000n], ['8,000元', 800_000n], ['budget of 3000', 300_000n], ['5k', 500_000n],
    ['要 3 个页面', null], ['20 张图', null], ['三天内要', null], ['11月30日前', null],
  ])('%s costs %s', (text, fen) => expect(readBudget(text)).toBe(fen))

  it.each([
    ['11月30日前', '2026-11-30'], ['3月5号要', '2027-03-05'], ['三天内', '2026-11-25'], ['两周', '2026-12-06'], ['明天要', '2026-11-23'], ['within 5 days', '2026-11-27'], ['13月40日', null], ['不急', null],
  ])('%s is wanted by %s', (text, day) => expect(readDay(text, now)).toBe(day))

  it.each([['我要一个企业官网', 'website'], ['设计一个 LOGO', 'logo'], ['茶叶礼盒', 'packaging'], ['need a logo design', 'logo']])('%s is about %s', (text, slug) => expect(readCategory(text, categories)).toBe(slug))
})
