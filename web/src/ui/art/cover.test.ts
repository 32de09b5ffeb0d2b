import { expect, test } from 'vitest'
import { coverOf } from './cover.ts'

const ids = Array.from({ length: 400 }, (_, index) => `0199c0de-7000-7000-8000-${index.toString(16).padStart(12, '0')}`)

test('the same service has the same cover every time', () => {
  expect(coverOf(ids[0]!, 'brand')).toEqual(coverOf(ids[0]!, 'brand'))
})

test('a subcategory that is known decides over its category', () => {
  expect(new Set(ids.map(id => coverOf(id, 'writing', 'translation').variant))).toEqual(new Set([1]))
  expect(new Set(ids.map(id => coverOf(id, 'finance', 'not-known').motif))).toEqual(new Set(['ledger']))
})

test('neighbours of one category rarely have the same drawing in the same colours', () => {
  const covers = ids.map(id => coverOf(id, 'brand'))
  const same = covers.filter((cover, index) => {
    const before = covers[index - 1]
    return before !== undefined && before.motif === cover.motif && before.variant === cover.variant && before.palette === cover.palette
  })
  expect(same.length / ids.length).toBeLessThan(0.05)
})
