import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { readBudget, readCategory, readDay, readHanNumber, readSentence, type NamedCategory } from './sentence.ts'

const now = new Date('2026-11-22T03:00:00Z')
const child = (slug: string, zh: string, en: string): NamedCategory => ({ slug, name: { zh, en } })
const categories: NamedCategory[] = [
  { slug: 'web', name: { zh: '小程序与网站', en: 'Apps and websites' }, skills: ['WordPress'], children: [child('mini-program', '小程序开发', 'Mini programs'), child('website', '企业官网', 'Websites')] },
  { slug: 'brand', name: { zh: '品牌设计', en: 'Brand design' }, skills: [], children: [child('logo', 'Logo 设计', 'Logo design'), child('packaging', '包装设计', 'Packaging'), child('vi', 'VI 与品牌手册', 'Visual identity')] },
]

describe('a sentence', () => {
  it('gives its title, category, budget and day', () => {
    expect(readSentence('给社区奶茶店做一个微信点单小程序，月底前上线，预算八千左右', categories, now))
      .toEqual({ title: '给社区奶茶店做一个微信点单小程序', category: 'mini-program', budgetMin: null, budgetMax: 800_000n, deadline: '2026-11-30' })
  })

  it('that says nothing of them leaves questions', () => {
    expect(readSentence('你好', categories, now)).toEqual({ title: '你好', category: null, budgetMin: null, budgetMax: null, deadline: null })
  })

  it.each<[string, bigint | null, bigint | null]>([
    ['预算 8000', null, 800_000n], ['1.2万以内', null, 1_200_000n], ['两千五左右', null, 250_000n], ['¥500', null, 50_000n], ['最多三百块', null, 30_000n], ['8,000元', null, 800_000n],
    ['budget of 3000', null, 300_000n], ['5k', null, 500_000n], ['预算一万二', null, 1_200_000n], ['预算一万二千五百', null, 1_250_000n], ['预算三千到五千', 300_000n, 500_000n], ['6k-8k', 600_000n, 800_000n],
    ['6000-8000元', 600_000n, 800_000n], ['预算 2-3 万', 2_000_000n, 3_000_000n], ['要 3 个页面', null, null], ['20 张图', null, null], ['三天内要', null, null], ['11月30日前', null, null], ['十五家店', null, null],
  ])('%s costs %s to %s', (text, min, max) => expect(readBudget(text)).toEqual({ min, max }))

  it.each([
    ['11月30日前', '2026-11-30'], ['3月5号要', '2027-03-05'], ['十二月十五日', '2026-12-15'], ['12/5 要', '2026-12-05'], ['三天内', '2026-11-25'], ['十五天', '2026-12-07'], ['两周', '2026-12-06'], ['半个月', '2026-12-07'],
    ['明天要', '2026-11-23'], ['下周五前', '2026-11-27'], ['下个月底', '2026-12-31'], ['within 5 days', '2026-11-27'], ['13月40日', null], ['不急', null],
  ])('%s is wanted by %s', (text, day) => expect(readDay(text, now)).toBe(day))

  it.each([['我要一个企业官网', 'website'], ['设计一个 LOGO', 'logo'], ['茶叶礼盒', 'packaging'], ['need a logo design', 'logo'], ['做一套VI', 'vi'], ['review 一下', null], ['WordPress 搬家', 'web']])(
    '%s is about %s', (text, slug) => expect(readCategory(text, categories)).toBe(slug))

  it('of any kind is read without harm, and what is read is sensible', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom(...'预算八千到一万二30月日天前周kw.-，两十半百¥'), { maxLength: 20 }).map(list => list.join(''))), text => {
      const { budgetMin, budgetMax, deadline } = readSentence(text, categories, now)
      expect(budgetMax === null || (budgetMax >= 1_000n && budgetMax <= 1_000_000_000n)).toBe(true)
      expect(budgetMin === null || (budgetMax !== null && budgetMin <= budgetMax)).toBe(true)
      expect(deadline === null || (!Number.isNaN(Date.parse(deadline)) && deadline >= '2026-11-22')).toBe(true)
    }))
  })
})

describe('a number in Chinese', () => {
  const han = (value: number): string => {
    const digits = '零一二三四五六七八九'
    const below = (number: number): string => [1000, 100, 10, 1].reduce((text, unit, index) => {
      const digit = Math.floor(number / unit) % 10
      if (digit === 0) return text && number % unit > 0 && !text.endsWith('零') ? `${text}零` : text
      return text + digits[digit] + ['千', '百', '十', ''][index]
    }, '')
    const [high, low] = [Math.floor(value / 10_000), value % 10_000]
    return (high ? `${below(high)}万` : '') + (high && low && low < 1000 ? '零' : '') + below(low)
  }

  it('reads back as the number it was written from', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99_999_999 }), value => { expect(readHanNumber(han(value))).toBe(value) }))
  })

  it.each([['两千五', 2500], ['一万二', 12_000], ['一万零五百', 10_500], ['十五', 15], ['三万五千', 35_000], ['两万半', 25_000]])('%s is %d', (text, value) => expect(readHanNumber(text)).toBe(value))
})
