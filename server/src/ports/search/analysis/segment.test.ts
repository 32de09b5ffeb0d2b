import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highlight } from './highlight.ts'
import { normalize } from './normalize.ts'
import { cutPinyin, isPinyin, pieces, reading } from './pinyin.ts'
import { createSegmenter } from './segment.ts'
import { stem } from './stem.ts'
import { createSynonyms, synonymTerms } from './synonyms.ts'

const segmenter = createSegmenter(synonymTerms())
const synonyms = createSynonyms(segmenter)
const queryTokens = (text: string): string[] => segmenter.forQuery(text).map(({ token }) => token)

describe('normalize', () => {
  it.each([
    ['ＬＯＧＯ　設計', 'logo 设计'],
    ['網頁設計與視頻剪輯', '网页设计与视频剪辑'],
    ['a\0b', 'a b'],
    ['\ud800海报', ' 海报'],
  ])('%j becomes %j', (text, expected) => expect(normalize(text)).toBe(expected))

  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => normalize(normalize(text)) === normalize(text) || text.normalize('NFKC') !== text))
  })
})

describe('segmenter', () => {
  it.each([
    ['logo设计', ['logo', '设计']],
    ['小程序UI', ['小程序', 'ui']],
    ['C++ 与 node.js 开发', ['c++', '与', 'node.js', '开发']],
    ['designers’ posters', ['designer', 'poster']],
    ['!!! 😀 "', []],
  ])('cuts %j', (text, tokens) => expect(queryTokens(text)).toEqual(tokens))

  it('indexes a word and the words within it at one position', () => {
    expect(segmenter.forIndex('小程序商城').map(({ token, position }) => `${token}@${position}`)).toEqual(expect.arrayContaining(['小程序@1', '程序@1', '商城@2']))
  })

  it('finds every word of a query in the index tokens of the same text', () => {
    const words = fc.array(fc.constantFrom('小程序', '海报设计', 'LOGO', 'Node.js', '网页', '报税', 'poster', 'PPT', '3D'), { minLength: 1 })
    fc.assert(fc.property(words, (list) => {
      const text = list.join(' ')
      const indexed = new Set(segmenter.forIndex(text).map(({ token }) => token))
      return queryTokens(text).every((token) => indexed.has(token))
    }))
  })

  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => segmenter.forIndex(text).every(({ token }) => token !== '' && !token.includes('\0'))))
  })
})

describe('stem', () => {
  it.each([
    ['posters', 'poster'], ['companies', 'company'], ['designing', 'design'], ['editing', 'edit'], ['websites', 'websit'], ['website', 'websit'],
    ['css', 'css'], ['redis', 'redis'], ['business', 'business'], ['king', 'king'], ['red', 'red'], ['mapped', 'map'], ['html5', 'html5'],
  ])('%s becomes %s', (word, expected) => expect(stem(word)).toBe(expected))
})

describe('pinyin', () => {
  it('reads a word in full and in initials', () => expect(reading('logo设计')).toEqual({ full: 'logosheji', initials: 'logosj' }))
  it.each([['sheji', true], ['xiaochengxu', true], ['lv', true], ['sj', false], ['logo', false], ['design', false], ['', false]])('%s is pinyin: %s', (text, expected) => expect(isPinyin(text)).toBe(expected))
  it('cuts into known pieces, fewest first', () => {
    const known = new Map([['hai', 1], ['bao', 1], ['haibao', 5], ['sheji', 9], ['logo', 2]])
    expect(cutPinyin('haibaosheji', (piece) => known.get(piece))).toEqual(['haibao', 'sheji'])
    expect(cutPinyin('logosheji', (piece) => known.get(piece))).toEqual(['logo', 'sheji'])
    expect(cutPinyin('logoshej', (piece) => known.get(piece))).toBeNull()
  })
  it('looks up a bounded number of pieces', () => expect(pieces('a'.repeat(2_000)).length).toBeLessThanOrEqual(435))
})

describe('synonyms', () => {
  it('joins both languages, the longest term first', () => {
    const match = synonyms.at(segmenter.forQuery('mini program design'), 0)
    expect(match?.length).toBe(2)
    expect(match?.others).toContainEqual(['小程序'])
    expect(synonyms.at(segmenter.forQuery('海报'), 0)?.others).toContainEqual(['poster'])
    expect(synonyms.at(segmenter.forQuery('潜水艇'), 0)).toBeNull()
  })
})

describe('highlight', () => {
  const marked = (text: string, words: string[], excerpt = 160): string =>
    (highlight(segmenter, text, new Set(words), excerpt) ?? []).map(({ text: part, hit }) => (hit ? `[${part}]` : part)).join('')

  it.each([
    ['活动海報設計', ['海报'], '活动[海報]設計'],
    ['ＬＯＧＯ设计', ['logo'], '[ＬＯＧＯ]设计'],
    ['Two posters, one poster', ['poster'], 'Two [posters], one [poster]'],
    ['微信小程序开发', ['程序'], '微信小[程序]开发'],
    ['没有', ['海报'], ''],
  ])('marks in %j', (text, words, expected) => expect(marked(text, words)).toBe(expected))

  it('shows the part of a long text around the first mark', () => {
    const shown = marked(`${'前'.repeat(300)}海报${'后'.repeat(300)}`, ['海报'], 100)
    expect(shown).toMatch(/^…前+\[海报\]后+…$/)
    expect(shown.length).toBeLessThan(110)
  })

  it('loses nothing of a short text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const parts = highlight(segmenter, `海报 ${text}`, new Set(['海报']), 500)
      return parts?.map((part) => part.text).join('') === `海报 ${text}`.toWellFormed()
    }))
  })
})
