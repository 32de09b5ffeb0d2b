import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completenessOf, type Written } from './completeness.ts'

const empty: Written = { title: '', category: null, background: '', details: '', checklist: [], budgetMax: null, price: null, deadline: null, files: [], skills: [], area: null }
const full: Written = {
  title: '给社区奶茶店做一个微信点单小程序', category: 'mini-program', background: '成都两家社区奶茶店，晚高峰排队二十多人，现在用美团收银，想让客人扫桌码自己点单。',
  details: '菜单四十五款，加料十二种，可以选规格；下单后自动打印小票；店员自己在后台改菜单、价格和售罄；上线后希望能自己维护，域名和服务器已经有了。', checklist: ['扫码点单', '后台改菜单', '打印小票'],
  budgetMax: { amount: '800000' }, price: null, deadline: '2026-11-30', files: ['menu'], skills: ['微信小程序'], area: 'all',
}
const written = fc.record({
  title: fc.string(), category: fc.option(fc.constant('mini-program')), background: fc.string({ maxLength: 80 }), details: fc.string({ maxLength: 120 }), checklist: fc.array(fc.string(), { maxLength: 5 }),
  budgetMax: fc.option(fc.constant({})), price: fc.constant(null), deadline: fc.option(fc.constant('2026-11-30')), files: fc.array(fc.string(), { maxLength: 2 }), skills: fc.array(fc.string(), { maxLength: 2 }), area: fc.option(fc.constant('all')),
})

describe('completeness', () => {
  it('is nothing for an empty page and a hundred for one that says everything', () => {
    expect(completenessOf(empty, null).score).toBe(0)
    expect(completenessOf(full, 'web')).toMatchObject({ score: 100, missing: [] })
  })

  it('asks for the questions of the category, the most valuable first', () => {
    const { missing } = completenessOf({ ...full, background: '', details: '要好看', checklist: [] }, 'web')
    expect(missing.map(item => item.key)).toEqual(expect.arrayContaining(['background', 'details', 'checklist', 'web.system', 'web.upkeep']))
    expect(missing.map(item => item.gain)).toEqual(missing.map(item => item.gain).toSorted((a, b) => b - a))
  })

  it('stays within its bounds, names each part once, and what is missing would lead to the full score', () => {
    fc.assert(fc.property(written, text => {
      const { score, done, missing } = completenessOf(text, 'web')
      const keys = [...done, ...missing.map(item => item.key)]
      expect(new Set(keys).size).toBe(keys.length)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(Math.abs(score + missing.reduce((sum, item) => sum + item.gain, 0) - 100)).toBeLessThanOrEqual(missing.length)
    }))
  })

  it('never falls when more is written', () => {
    fc.assert(fc.property(written, fc.string(), (text, more) => {
      const { score } = completenessOf(text, 'web')
      expect(completenessOf({ ...text, details: `${text.details}${more}`, checklist: [...text.checklist, more], files: [...text.files, more] }, 'web').score).toBeGreaterThanOrEqual(score)
    }))
  })
})
