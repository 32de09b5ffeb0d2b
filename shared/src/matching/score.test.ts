import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dealWaves, fitOf, isSuitable, rarityOf, type Candidate, type Wanted } from './score.ts'
import { MATCH_WEIGHTS, readWeights } from './weights.ts'

const wanted: Wanted = { skills: ['微信小程序', '支付对接'], categoryId: 'mini-program', siblingIds: ['mini-program', 'website'], budgetMin: 500_000n, budgetMax: 800_000n, city: null }
const somebody: Candidate = {
  providerId: 'p', text: 0.6, skills: ['微信小程序'], areas: ['all'], city: '510100', offers: [{ categoryId: 'mini-program', prices: [520_000n, 760_000n] }],
  ratingSum: 47, ratings: 10, onTime: 9, timed: 10, replyMinutes: 10, replies: 6, online: false, running: 1, capacity: 3, finished: 12, finishedInCategory: 4,
}
const rarity = rarityOf(new Map([['微信小程序', 40], ['支付对接', 3]]), 60)
const score = (changes: Partial<Candidate>, want = wanted) => fitOf(want, { ...somebody, ...changes }, rarity).score

describe('a fit', () => {
  it('tells its strongest reasons as facts with counts', () => {
    expect(fitOf(wanted, somebody, rarity)).toMatchObject({
      reasons: [
        { code: 'price_within', low: { amount: 520_000n }, high: { amount: 760_000n }, count: 2 }, { code: 'category_orders', count: 4 },
        { code: 'skills', matched: 1, wanted: 2, names: ['微信小程序'] }, { code: 'rating', value: 4.7, count: 10 },
      ],
    })
  })

  it('counts a rare skill for more than a common one', () => {
    expect(score({ skills: ['支付对接'] })).toBeGreaterThan(score({ skills: ['微信小程序'] }))
  })

  it.each<[string, Partial<Candidate>, Partial<Candidate>]>([
    ['texts that agree', { text: 1 }, { text: 0.2 }],
    ['prices within the budget over dearer ones', {}, { offers: [{ categoryId: 'mini-program', prices: [1_500_000n] }] }],
    ['many good ratings over one', { ratingSum: 490, ratings: 100 }, { ratingSum: 4.9, ratings: 1 }],
    ['one good rating over one bad', { ratingSum: 5, ratings: 1 }, { ratingSum: 2, ratings: 1 }],
    ['keeping one\'s dates', { onTime: 10 }, { onTime: 4 }],
    ['quick answers', { replyMinutes: 2 }, { replyMinutes: 120 }],
    ['being here now', { online: true }, { online: false }],
    ['having room', { running: 0 }, { running: 3 }],
    ['having done such work', {}, { finishedInCategory: 0, offers: [{ categoryId: 'website', prices: [520_000n, 760_000n] }] }],
  ])('prefers %s', (_, better, worse) => expect(score(better)).toBeGreaterThan(score(worse)))

  it('holds neither silence nor newness against anybody more than a bad record', () => {
    expect(score({ ratings: 0, ratingSum: 0, timed: 0, onTime: 0, replyMinutes: null, replies: 0, finished: 0 })).toBeGreaterThan(score({ ratingSum: 30, onTime: 5, replyMinutes: 300 }))
  })

  it('follows the weights it is given', () => {
    const onlyOnline = Object.fromEntries(Object.keys(MATCH_WEIGHTS).map(part => [part, part === 'online' ? 1 : 0])) as typeof MATCH_WEIGHTS
    expect(fitOf(wanted, { ...somebody, online: true }, rarity, onlyOnline).score).toBe(100)
    expect(fitOf(wanted, somebody, rarity, onlyOnline).score).toBe(0)
  })

  it('stays between 0 and 100 whoever comes', () => {
    const candidate = fc.record({
      text: fc.double({ min: 0, max: 1, noNaN: true }), ratings: fc.nat(50), timed: fc.nat(50), replyMinutes: fc.option(fc.nat(10_000)), running: fc.nat(20), capacity: fc.integer({ min: 1, max: 20 }),
      offers: fc.array(fc.record({ categoryId: fc.constantFrom('mini-program', 'website', 'logo'), prices: fc.array(fc.bigInt({ min: 1n, max: 1_000_000_000n }), { maxLength: 3 }) })), skills: fc.subarray(['微信小程序', '支付对接', '插画']),
    })
    fc.assert(fc.property(candidate, fc.array(fc.constantFrom('微信小程序', '插画')), (changes, skills) => {
      const fit = fitOf({ ...wanted, skills }, { ...somebody, ...changes, ratingSum: changes.ratings * 4, onTime: Math.floor(changes.timed / 2) }, rarity)
      for (const value of [fit.score, ...fit.parts.map(part => part.value)]) expect(value >= 0 && value <= 100).toBe(true)
      expect(fit.reasons.length).toBeLessThanOrEqual(4)
    }))
  })
})

describe('who is suitable', () => {
  it.each<[boolean, string, Partial<Candidate>, Partial<Wanted>]>([
    [true, 'offers such work', {}, {}],
    [false, 'does something else', { offers: [{ categoryId: 'logo', prices: [] }], skills: ['插画'], finishedInCategory: 0 }, {}],
    [true, 'has a skill that was named', { offers: [], finishedInCategory: 0 }, {}],
    [true, 'works next to it and writes of it', { offers: [{ categoryId: 'website', prices: [] }], skills: [], finishedInCategory: 0, text: 0.8 }, {}],
    [false, 'does not come to that city', { areas: ['110100'], city: '110100' }, { city: '510100' }],
    [true, 'is at home there', { areas: ['110100'] }, { city: '510100' }],
  ])('%s: who %s', (suitable, _, changes, wants) => expect(isSuitable({ ...wanted, ...wants }, { ...somebody, ...changes })).toBe(suitable))
})

describe('waves', () => {
  const ranked = (marks: string) => [...marks].map((mark, index) => ({ id: index, score: 100 - index, newcomer: mark === 'n' }))
  const ids = (waves: { id: number }[][]) => waves.map(wave => wave.map(item => item.id))

  it('take the best first and keep a place for a newcomer', () => {
    expect(ids(dealWaves(ranked('eeeeeeeen'), [5, 8], 0.2))).toEqual([[0, 1, 2, 3, 8], [4, 5, 6, 7]])
    expect(ids(dealWaves(ranked('eneeeeeen'), [5, 2], 0.2))).toEqual([[0, 1, 2, 3, 4], [5, 6]])
  })

  it('deal nobody twice, are no larger than they may be, and leave nobody out while there is room', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('e', 'n'), { maxLength: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), (marks, share) => {
      const waves = dealWaves(ranked(marks.join('')), [5, 8], share)
      const dealt = waves.flat().map(item => item.id)
      expect(new Set(dealt).size).toBe(dealt.length)
      expect(dealt).toHaveLength(Math.min(13, marks.length))
      expect(waves[0]?.length).toBe(Math.min(5, marks.length))
    }))
  })
})

describe('weights an operator writes', () => {
  it('replace those that are named', () => {
    expect(readWeights(' text=30, price = 0 ')).toEqual({ ...MATCH_WEIGHTS, text: 30, price: 0 })
    expect(readWeights('')).toEqual(MATCH_WEIGHTS)
  })

  it.each(['looks=5', 'text', 'text=-1', 'text=many', 'text=22,skills=0.5', 'text=0,skills=0,price=0,rating=0,onTime=0,reply=0,online=0,capacity=0'])('are refused with a reason: %s', written => {
    expect(() => readWeights(written)).toThrow(/weight/)
  })
})
