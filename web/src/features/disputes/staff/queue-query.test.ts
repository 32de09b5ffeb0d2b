import { expect, test } from 'vitest'
import { addressQuery, filtersOf, queueQuery } from './queue-query.ts'

test('the address of a list says its filters, and leaves out what is usual', () => {
  expect(addressQuery({ state: 'open', mine: false, q: '' })).toEqual({})
  const address = addressQuery({ state: 'review', mine: true, q: 'DC26' })
  expect(address).toEqual({ state: 'review', mine: 'true', q: 'DC26' })
  expect(filtersOf(address)).toEqual({ state: 'review', mine: true, q: 'DC26' })
})

test('what an address says wrongly is as if it said nothing', () => {
  expect(queueQuery({ state: 'no-such', mine: 'yes', q: ['a', 'b'] })).toEqual({ state: 'open' })
})
