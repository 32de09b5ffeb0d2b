/** Where each amount of an order is, who holds it, why, until when, and what then: pure, from the rows alone. */
import { fen, type Money } from '@miaodan/shared/kernel/money'
import type { MoneyState, Perspective } from '@miaodan/shared/orders/model'
import type { MoneyPlace } from '@miaodan/shared/orders/views'
import { couponOnRefund, feeOnRefund, feeOnRelease } from '../ledger/index.ts'
import type { Deal } from './deal.ts'
import { feeTermsOf } from './facts.ts'
import type { MilestoneRow, OrderRow } from './tables.ts'

/** The fee of each milestone: what was taken, or what will be when they are released in their order. */
export function feesOf({ order, milestones }: Deal): Map<string, bigint> {
  const terms = feeTermsOf(order)
  const fees = new Map<string, bigint>()
  const before = releasedOf(milestones)
  for (const milestone of milestones) {
    if (milestone.fee !== null || milestone.state === 'refunded') {
      fees.set(milestone.id, milestone.fee ?? 0n)
      continue
    }
    const fee = feeOnRelease(terms, before, milestone.price)
    fees.set(milestone.id, fee)
    before.amount += milestone.price
    before.fee += fee
  }
  return fees
}

function releasedOf(milestones: readonly MilestoneRow[]): { amount: bigint, fee: bigint } {
  const taken = milestones.filter(milestone => milestone.fee !== null)
  return { amount: sumOf(taken, milestone => milestone.price - milestone.refunded), fee: sumOf(taken, milestone => milestone.fee ?? 0n) }
}

/** How a milestone's money is divided: `toBuyer`, fee and net add up to it. `coupon` of what goes back is its bearer's, the rest the buyer's. */
export type Divided = { toBuyer: bigint, coupon: bigint, fee: bigint, net: bigint }

/** What dividing `of` of a milestone (all of its escrow, or a part of what is clearing) would do if it were done now. */
export function divisionOf({ order, milestones }: Deal, milestone: MilestoneRow, of: bigint, toBuyer: bigint): Divided {
  const rest = of - toBuyer
  const coupon = couponBack(milestone, toBuyer)
  if (milestone.state !== 'released') {
    const fee = rest > 0n ? feeOnRelease(feeTermsOf(order), releasedOf(milestones), rest) : 0n
    return { toBuyer, coupon, fee, net: rest - fee }
  }
  const taken = { amount: milestone.price, fee: milestone.fee ?? 0n }
  const fee = feeOnRefund(taken, milestone.refunded, of) - feeOnRefund(taken, milestone.refunded, toBuyer)
  return { toBuyer, coupon, fee, net: rest - fee }
}

/** What of `amount` of a milestone goes back to who bore the coupon when so much more of it is refunded. */
export const couponBack = (milestone: MilestoneRow, amount: bigint): bigint => couponOnRefund(milestone, milestone.refunded, amount)

/** What the buyer pays for a milestone; the coupon gives the rest of its price. */
export const toPay = (milestone: Pick<MilestoneRow, 'price' | 'coupon'>): bigint => milestone.price - milestone.coupon

export function sumOf<T>(list: readonly T[], amountOf: (item: T) => bigint): bigint {
  return list.reduce((total, item) => total + amountOf(item), 0n)
}

/** What the provider gets of the order: the price less what went back and less the fee. */
export function netOfDeal(deal: Deal): bigint {
  return deal.order.price - sumOf(deal.milestones, milestone => milestone.refunded) - totalFee(deal)
}

export function totalFee(deal: Deal): bigint {
  return sumOf([...feesOf(deal).values()], fee => fee)
}

type Spot = Pick<MoneyPlace, 'state' | 'holder' | 'why' | 'since' | 'until' | 'then'>

/** `coupon`: what of the amount the coupon gave, or of what went back was its bearer's. */
type Part = { spot: Spot, amount: bigint, fee: bigint, coupon: bigint }

/** Where the amounts of a milestone are; together they are its price. None when it was never paid and the order has ended. */
function partsOf(deal: Deal, milestone: MilestoneRow, perspective: Perspective, fees = feesOf(deal)): Part[] {
  const { price, refunded, heldPot, couponRefunded } = milestone
  const coupon = milestone.coupon - couponRefunded
  const fee = fees.get(milestone.id) ?? 0n
  const back: Part[] = refunded > 0n ? [{ spot: goneBack(milestone), amount: refunded, fee: 0n, coupon: couponRefunded }] : []
  if (heldPot !== null) {
    const heldFee = divisionOf(deal, milestone, heldPot, 0n).fee
    const heldCoupon = couponBack(milestone, heldPot)
    const rest = price - refunded - heldPot
    return [{ spot: held(milestone), amount: heldPot, fee: heldFee, coupon: heldCoupon }, ...rest > 0n ? [{ spot: released(milestone, perspective), amount: rest, fee: fee - heldFee, coupon: coupon - heldCoupon }] : [], ...back]
  }
  const spot = milestone.state === 'refunded' ? null : spotOf(deal, milestone, perspective)
  return [...spot ? [{ spot, amount: price - refunded, fee, coupon }] : [], ...back]
}

/** The one place of a milestone that matters most: what is held before what is released, that before what went back. */
export function placeOf(deal: Deal, milestone: MilestoneRow, perspective: Perspective, fees = feesOf(deal)): MoneyPlace | null {
  return placesOf(deal, milestone, perspective, fees)[0] ?? null
}

export function placesOf(deal: Deal, milestone: MilestoneRow, perspective: Perspective, fees = feesOf(deal)): MoneyPlace[] {
  const provider = perspective !== 'buyer'
  return partsOf(deal, milestone, perspective, fees).map(({ spot, amount, fee, coupon }) => ({
    ...spot, milestone: { id: milestone.id, position: milestone.position, title: milestone.title }, amount: fen(amount), coupon: fen(coupon),
    fee: provider ? fen(fee) : null, net: provider ? fen(amount - fee) : null,
  }))
}

const goneBack = (milestone: MilestoneRow): Spot => ({ state: 'refunded', holder: 'refund', why: 'refunded', since: milestone.closedAt, until: null, then: 'done' })

function spotOf({ order, milestones }: Deal, milestone: MilestoneRow, perspective: Perspective): Spot | null {
  switch (milestone.state) {
    case 'planned': return unpaid(order, milestones, milestone)
    case 'funded': return order.state === 'paid'
      ? { state: 'held', holder: 'escrow', why: 'waiting_for_provider', since: milestone.fundedAt, until: order.acceptBy, then: 'refunded' }
      : { state: 'held', holder: 'escrow', why: 'waiting_to_start', since: milestone.fundedAt, until: null, then: 'released' }
    case 'in_progress': return { state: 'held', holder: 'escrow', why: 'in_work', since: milestone.fundedAt, until: milestone.dueAt, then: 'released' }
    case 'delivered': return { state: 'held', holder: 'escrow', why: 'waiting_for_acceptance', since: milestone.fundedAt, until: milestone.acceptBy, then: 'released' }
    case 'released':
    case 'split': return released(milestone, perspective)
    case 'refunded': return goneBack(milestone)
  }
}

/** A refund is asked of it: nobody gets anything before that is decided. */
function held(milestone: MilestoneRow): Spot {
  return {
    state: 'disputed', holder: milestone.state === 'released' ? 'clearing' : 'escrow', why: milestone.heldFor === 'staff' ? 'in_arbitration' : 'refund_asked',
    since: milestone.heldAt, until: milestone.heldUntil, then: 'decided',
  }
}

function unpaid(order: OrderRow, milestones: readonly MilestoneRow[], milestone: MilestoneRow): Spot | null {
  if (order.state === 'expired' || order.state === 'cancelled') return null
  const first = milestones.find(other => other.state === 'planned')
  const before = milestones.filter(other => other.position < milestone.position)
  const due = order.state === 'pending_payment' ? first === milestone : before.every(other => other.closedAt !== null || other.heldBy !== null)
  const until = order.state === 'pending_payment' ? order.payBy : null
  return { state: due ? 'due' : 'planned', holder: 'buyer', why: due ? 'due' : 'not_due', since: null, until: due ? until : null, then: 'held' }
}

function released(milestone: MilestoneRow, perspective: Perspective): Spot {
  const why = milestone.acceptedBy === null ? 'decided' : milestone.acceptedBy === 'timer' ? 'accepted_by_silence' : 'accepted'
  if (perspective === 'buyer') return { state: 'released', holder: 'provider', why, since: milestone.closedAt, until: null, then: 'done' }
  if (milestone.clearedAt) return { state: 'available', holder: 'provider', why: 'cleared', since: milestone.clearedAt, until: null, then: 'done' }
  return { state: 'clearing', holder: 'clearing', why, since: milestone.closedAt, until: milestone.clearsAt, then: 'available' }
}

const SEGMENT_ORDER: readonly MoneyState[] = ['available', 'released', 'clearing', 'held', 'disputed', 'due', 'planned', 'refunded']

/** The bar of an order: every fen in exactly one state. */
export function segmentsOf(deal: Deal, perspective: Perspective): { state: MoneyState, amount: Money }[] {
  const sums = new Map<MoneyState, bigint>()
  for (const milestone of deal.milestones) {
    for (const { spot, amount } of partsOf(deal, milestone, perspective)) sums.set(spot.state, (sums.get(spot.state) ?? 0n) + amount)
  }
  return SEGMENT_ORDER.flatMap(state => {
    const amount = sums.get(state)
    return amount === undefined ? [] : [{ state, amount: fen(amount) }]
  })
}
