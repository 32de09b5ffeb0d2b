import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceOf, type PricedField, type PricedService, type Selection, type Tier } from './price.ts'

const yuan = (amount: number) => ({ amount: BigInt(amount) * 100n })
const service: PricedService = {
  packages: [{ tier: 'basic', name: '基础', price: yuan(1200), deliveryDays: 10, revisions: 2 }, { tier: 'premium', name: '旗舰', price: yuan(4000), deliveryDays: 20, revisions: null }],
  addOns: [{ id: 'express', name: '加急', price: yuan(300), extraDays: -30, maxQuantity: 1 }, { id: 'page', name: '多一页', price: yuan(150), extraDays: 1, maxQuantity: 5 }],
  fields: [
    { type: 'text', key: 'name', label: '店名', required: true, maxLength: 4 },
    { type: 'choice', key: 'pay', label: '支付', required: false, options: [{ label: '微信', price: yuan(0) }, { label: '都要', price: yuan(260) }] },
    { type: 'choices', key: 'extras', label: '物料', required: false, maxChoices: 2, options: [{ label: '名片', price: yuan(100) }, { label: '海报', price: yuan(200) }, { label: '菜单', price: yuan(300) }] },
    { type: 'number', key: 'goods', label: '商品', required: false, min: 1, max: 100, included: 10, unitPrice: yuan(2) },
    { type: 'date', key: 'open', label: '开业', required: false },
    { type: 'file', key: 'files', label: '资料', required: false, maxFiles: 2 },
  ],
}
const choose = (overrides: Partial<Selection> = {}): Selection => ({ package: 'basic', addOns: [], answers: { name: '山茶铺' }, ...overrides })
const faultsOf = (overrides: Partial<Selection>) => priceOf(service, choose(overrides)).faults.map(fault => `${fault.field} ${fault.code}`)

describe('the price of a selection', () => {
  it('is the package, the add-ons and the answers that cost', () => {
    const price = priceOf(service, choose({ addOns: [{ id: 'page', quantity: 3 }], answers: { name: '山茶铺', pay: '都要', extras: ['名片', '菜单'], goods: 25 } }))
    expect(price.faults).toEqual([])
    expect(price.lines.map(line => [line.key, line.quantity, line.amount.amount])).toEqual([
      ['basic', 1, 120_000n], ['page', 3, 45_000n], ['pay', 1, 26_000n], ['extras', 1, 10_000n], ['extras', 1, 30_000n], ['goods', 15, 3_000n],
    ])
    expect(price.total.amount).toBe(234_000n)
    expect(price).toMatchObject({ deliveryDays: 13, revisions: 2 })
  })

  it('is the same from amounts as the wire has them', () => {
    const wire: PricedService = JSON.parse(JSON.stringify(service, (_key, value) => typeof value === 'bigint' ? value.toString() : value))
    const selection = choose({ addOns: [{ id: 'express', quantity: 1 }], answers: { name: '茶', goods: 100 } })
    expect(priceOf(wire, selection)).toEqual(priceOf(service, selection))
  })

  it('never promises a delivery in less than a day', () => {
    expect(priceOf(service, choose({ addOns: [{ id: 'express', quantity: 1 }] })).deliveryDays).toBe(1)
  })

  it.each<[string, Partial<Selection>, string]>([
    ['a package that is not sold', { package: 'standard' }, 'package package_unknown'],
    ['an add-on that is not sold', { addOns: [{ id: 'gift', quantity: 1 }] }, 'addOns.0.id add_on_unknown'],
    ['the same add-on twice', { addOns: [{ id: 'page', quantity: 1 }, { id: 'page', quantity: 1 }] }, 'addOns.1.id add_on_repeated'],
    ['more of an add-on than is sold', { addOns: [{ id: 'page', quantity: 6 }] }, 'addOns.0.quantity add_on_quantity'],
    ['less than one of an add-on', { addOns: [{ id: 'page', quantity: -2 }] }, 'addOns.0.quantity add_on_quantity'],
    ['half an add-on', { addOns: [{ id: 'page', quantity: 0.5 }] }, 'addOns.0.quantity add_on_quantity'],
    ['no answer where one is required', { answers: {} }, 'answers.name answer_required'],
    ['blanks where an answer is required', { answers: { name: '   ' } }, 'answers.name answer_required'],
    ['an answer that is too long', { answers: { name: '一二三四五' } }, 'answers.name answer_too_long'],
    ['an option that is not offered', { answers: { name: '茶', pay: '免费' } }, 'answers.pay answer_option'],
    ['an option chosen twice', { answers: { name: '茶', extras: ['名片', '名片'] } }, 'answers.extras answer_option'],
    ['too many options', { answers: { name: '茶', extras: ['名片', '海报', '菜单'] } }, 'answers.extras answer_too_many'],
    ['a number below its bounds', { answers: { name: '茶', goods: -100 } }, 'answers.goods answer_range'],
    ['a fraction', { answers: { name: '茶', goods: 10.5 } }, 'answers.goods answer_kind'],
    ['a number as text', { answers: { name: '茶', goods: '20' } }, 'answers.goods answer_kind'],
    ['a day that does not exist', { answers: { name: '茶', open: '2026-02-30' } }, 'answers.open answer_date'],
    ['too many files', { answers: { name: '茶', files: ['a', 'b', 'c'] } }, 'answers.files answer_too_many'],
    ['an answer to what was not asked', { answers: { name: '茶', discount: 100 } }, 'answers.discount answer_unknown'],
    ['an answer named like a part of every object', { answers: { name: '茶', constructor: 'x' } as never }, 'answers.constructor answer_unknown'],
  ])('names as a fault %s', (_what, overrides, fault) => {
    expect(faultsOf(overrides)).toEqual([fault])
  })

  it('is at fault above the largest amount of an order', () => {
    const dear: PricedService = { packages: [{ tier: 'basic', name: '基础', price: { amount: 900_000_000n }, deliveryDays: 1, revisions: 0 }], addOns: [{ id: 'more', name: '再来', price: { amount: 900_000_000n }, extraDays: 0, maxQuantity: 9 }], fields: [] }
    expect(priceOf(dear, { package: 'basic', addOns: [{ id: 'more', quantity: 9 }], answers: {} }).faults).toMatchObject([{ code: 'total_too_large' }])
  })
})

const amount = fc.bigInt({ min: 0n, max: 1_000_000_000n }).map(value => ({ amount: value }))
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const label = fc.constantFrom('甲', '乙', '丙', '<b>', '__proto__')
const options = fc.uniqueArray(fc.record({ label, price: amount }), { selector: option => option.label, minLength: 1, maxLength: 4 })
const base = { key, label: fc.string({ maxLength: 8 }), required: fc.boolean() }
const field: fc.Arbitrary<PricedField> = fc.oneof(
  fc.record({ ...base, type: fc.constantFrom('text' as const, 'long_text' as const), maxLength: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ ...base, type: fc.constant('choice' as const), options }),
  fc.record({ ...base, type: fc.constant('choices' as const), options, maxChoices: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ ...base, type: fc.constant('number' as const), min: fc.integer({ min: 0, max: 5 }), max: fc.integer({ min: 5, max: 1000 }), included: fc.integer({ min: 0, max: 500 }), unitPrice: amount }),
  fc.record({ ...base, type: fc.constant('file' as const), maxFiles: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ ...base, type: fc.constant('date' as const) }),
)
const tier = fc.constantFrom<Tier>('basic', 'standard', 'premium')
const anyService: fc.Arbitrary<PricedService> = fc.record({
  packages: fc.uniqueArray(fc.record({ tier, name: fc.string(), price: amount, deliveryDays: fc.integer({ min: 1, max: 365 }), revisions: fc.option(fc.nat(20)) }), { selector: item => item.tier, maxLength: 3 }),
  addOns: fc.uniqueArray(fc.record({ id: key, name: fc.string(), price: amount, extraDays: fc.integer({ min: -60, max: 180 }), maxQuantity: fc.integer({ min: 1, max: 99 }) }), { selector: item => item.id, maxLength: 4 }),
  fields: fc.uniqueArray(field, { selector: item => item.key, maxLength: 5 }),
})
const anySelection: fc.Arbitrary<Selection> = fc.record({
  package: tier,
  addOns: fc.array(fc.record({ id: key, quantity: fc.oneof(fc.integer(), fc.double()) }), { maxLength: 5 }),
  answers: fc.dictionary(key, fc.oneof(fc.string(), label, fc.integer(), fc.double(), fc.array(fc.oneof(label, fc.string()), { maxLength: 5 }), fc.constantFrom('2026-11-22', '2026-13-01')), { maxKeys: 5 }),
})

describe('whatever is sold and whatever is chosen', () => {
  it('the total is the sum of the lines, each line is quantity times unit, and nothing is below zero', () => {
    fc.assert(fc.property(anyService, anySelection, (sold, selection) => {
      const price = priceOf(sold, selection)
      expect(price.total.amount).toBe(price.lines.reduce((sum, line) => sum + line.amount.amount, 0n))
      for (const line of price.lines) {
        expect(line.amount.amount).toBe(line.unit.amount * BigInt(line.quantity))
        expect(line.amount.amount >= 0n && line.quantity > 0).toBe(true)
      }
      expect(price.deliveryDays).toBeGreaterThanOrEqual(1)
      if (price.faults.length === 0) expect(price.total.amount <= 1_000_000_000n).toBe(true)
    }), { numRuns: 500 })
  })
})
