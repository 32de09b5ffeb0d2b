import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { couponOnRefund, feeOn, feeOnRefund, feeOnRelease, spreadCoupon, type FeeTerms } from './fee.ts'

const amounts = fc.bigInt({ min: 1n, max: 1_000_000_000n })
const terms = fc.record({ feeBps: fc.integer({ min: 0, max: 10_000 }), minimum: fc.option(amounts, { nil: undefined }), maximum: fc.option(amounts, { nil: undefined }) })
  .map(({ feeBps, minimum, maximum }): FeeTerms => ({ feeBps, ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) }))

describe('the fee', () => {
  test('is rounded half up to the fen', () => {
    expect(feeOn({ feeBps: 500 }, 110n)).toBe(6n)
    expect(feeOn({ feeBps: 500 }, 109n)).toBe(5n)
  })

  test('keeps to minimum and maximum, and never exceeds what is released', () => {
    expect(feeOn({ feeBps: 500, minimum: 1_000n }, 10_000n)).toBe(1_000n)
    expect(feeOn({ feeBps: 500, maximum: 300n }, 10_000n)).toBe(300n)
    expect(feeOn({ feeBps: 500, minimum: 1_000n }, 700n)).toBe(700n)
  })

  test('of all milestones together is the fee of the order, however it is divided', () => {
    fc.assert(fc.property(terms, fc.array(amounts, { minLength: 1, maxLength: 12 }), (agreed, parts) => {
      let released = 0n
      let taken = 0n
      for (const part of parts) {
        const fee = feeOnRelease(agreed, { amount: released, fee: taken }, part)
        expect(fee >= 0n && fee <= part).toBe(true)
        taken += fee
        released += part
      }
      expect(taken).toBe(feeOn(agreed, released))
    }))
  })

  test('catches up after refunds, and is never negative or more than what is released', () => {
    const agreed = { feeBps: 100, minimum: 50n }
    expect(feeOnRelease(agreed, { amount: 1_000n, fee: 0n }, 1_000n)).toBe(50n)
    expect(feeOnRelease(agreed, { amount: 1_000n, fee: 0n }, 20n)).toBe(20n)
    expect(feeOnRelease(agreed, { amount: 1_000n, fee: 80n }, 1_000n)).toBe(0n)
  })

  test('given back on refunds is never more than the refund, leaves the provider nothing to add, and is whole for the whole', () => {
    fc.assert(fc.property(amounts, fc.integer({ min: 0, max: 10_000 }), fc.array(fc.nat(100), { maxLength: 8 }), (amount, feeBps, shares) => {
      const milestone = { amount, fee: feeOn({ feeBps }, amount) }
      const total = BigInt(shares.reduce((sum, share) => sum + share, 1))
      const parts = shares.map(share => amount * BigInt(share) / total)
      let refunded = 0n
      let back = 0n
      for (const part of [...parts, amount - parts.reduce((sum, part) => sum + part, 0n)]) {
        const fee = feeOnRefund(milestone, refunded, part)
        expect(fee >= 0n && fee <= part).toBe(true)
        refunded += part
        back += fee
        expect(refunded - back <= amount - milestone.fee).toBe(true)
      }
      expect(back).toBe(milestone.fee)
    }))
  })
})

describe('a coupon', () => {
  const prices = fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 12 })
  const withCoupon = prices.chain(list => fc.record({ list: fc.constant(list), coupon: fc.bigInt({ min: 0n, max: list.reduce((sum, price) => sum + price, 0n) - BigInt(list.length) }) }))

  test('is spread in proportion, to the fen, and leaves something of every price to pay', () => {
    expect(spreadCoupon([33_333n, 33_333n, 33_334n], 10_000n)).toEqual([3_333n, 3_333n, 3_334n])
    expect(spreadCoupon([100n, 100n, 1n], 198n)).toEqual([99n, 99n, 0n])
    expect(() => spreadCoupon([1n, 1n], 1n)).toThrow(RangeError)
    fc.assert(fc.property(withCoupon, ({ list, coupon }) => {
      const shares = spreadCoupon(list, coupon)
      expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(coupon)
      expect(shares.every((share, index) => share >= 0n && share < (list[index] as bigint))).toBe(true)
    }))
  })

  test('goes back in proportion, never more than what is refunded, and the whole with the whole', () => {
    fc.assert(fc.property(fc.bigInt({ min: 2n, max: 1_000_000n }), fc.nat(10_000), fc.array(fc.nat(1_000), { maxLength: 6 }), (price, rate, parts) => {
      const milestone = { price, coupon: (price - 1n) * BigInt(rate) / 10_000n }
      let refunded = 0n
      let back = 0n
      const refund = (amount: bigint) => {
        const share = couponOnRefund(milestone, refunded, amount)
        expect(share >= 0n && share <= amount).toBe(true)
        refunded += amount
        back += share
      }
      for (const part of parts) refund((price - refunded) * BigInt(part) / 1_000n)
      refund(price - refunded)
      expect(back).toBe(milestone.coupon)
    }))
  })
})
