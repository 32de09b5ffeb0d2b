/** What a coupon takes off a price, and which of several is the best: pure, so that the page and the payment say the same. */
import { basisPoints } from '../kernel/money.ts'
import type { Discount } from './model.ts'

/** At least one fen of every instalment is left to pay. Nothing when the price leaves no room for that. */
export function discountOn(discount: Discount, price: bigint, instalments: number): bigint {
  const wanted = discount.kind === 'amount' ? discount.amount.amount : least(basisPoints(price, discount.bps), discount.cap.amount)
  const room = price - BigInt(instalments)
  return room > 0n ? least(wanted, room) : 0n
}

/** The most it can ever take off. */
export const worthOf = (discount: Discount): bigint => (discount.kind === 'amount' ? discount.amount.amount : discount.cap.amount)

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other)
