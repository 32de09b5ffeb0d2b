/**
 * What a refund request does to a milestone. While it is talked about the milestone is held: nobody accepts it, its clock
 * stands still, and of money that is clearing the amount asked is frozen. In the end the money is divided, or the hold
 * ends and everything goes on. Every function wants the order's row locked (`changeDeal`).
 */
import { eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { accountOf } from '@miaodan/shared/ledger/model'
import { milestoneLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines } from '../../kernel/deadlines.ts'
import { transition } from '../../kernel/transition.ts'
import { balanceOf, clear, freezeReleased, post, releaseMilestone, unfreezeClearing } from '../ledger/index.ts'
import type { Deal } from './deal.ts'
import { milestoneIn, scheduleAcceptance } from './delivering.ts'
import { feeTermsOf, milestoneFacts } from './facts.ts'
import { moveOn } from './funding.ts'
import { closeAsRefunded, refundFromEscrow, refundFromFrozen } from './giving-back.ts'
import type { Divided } from './money.ts'
import { milestones, type Holder, type MilestoneRow, type OrderRow } from './tables.ts'

/** Where the money a request can be about is, and how much of it there is (gross, minor units). */
export type Claimable = { stage: 'escrow' | 'clearing', amount: bigint }
export type Hold = { requestId: string, waitsFor: Holder, until: Date | null, amount: bigint }
/** `of` is what is divided: the escrow, or what was frozen, both gross. */
export type Division = { requestId: string, of: bigint, toBuyer: bigint, reason: RefundReason }

/** Null when nothing can be asked back: not paid, over, or cleared. */
export function claimableOf(milestone: MilestoneRow): Claimable | null {
  if (milestone.state === 'funded' || milestone.state === 'in_progress' || milestone.state === 'delivered') return { stage: 'escrow', amount: milestone.price }
  const left = milestone.price - milestone.refunded
  return milestone.state === 'released' && milestone.clearedAt === null && left > 0n ? { stage: 'clearing', amount: left } : null
}

/** @throws problem `orders.refund_open` when another request holds it. */
export async function holdMilestone(tx: Tx, deps: Deps, deal: Deal, milestoneId: string, hold: Hold): Promise<void> {
  const { order } = deal
  const milestone = milestoneIn(deal, milestoneId)
  if (milestone.heldBy) throw problem('orders.refund_open')
  const at = deps.clock.now()
  await tx.update(milestones).set({ heldBy: hold.requestId, heldAt: at, heldPot: milestone.state === 'released' ? hold.amount : milestone.price, heldFor: hold.waitsFor, heldUntil: hold.until, heldAmount: hold.amount }).where(eq(milestones.id, milestone.id))
  if (milestone.state === 'released') {
    await freezeReleased(tx, { at, requestId: hold.requestId, orderId: order.id, milestoneId: milestone.id, providerId: order.providerId, amount: hold.amount })
  } else {
    await cancelDeadlines(tx, 'milestone', milestone.id)
    await moveOn(tx, deps, order.id)
  }
}

/** The talk goes on: it is somebody else's turn, or about another amount. What is frozen stays as it is. */
export async function changeHold(tx: Tx, milestoneId: string, { requestId, waitsFor, until, amount }: Hold): Promise<void> {
  const changed = await tx.update(milestones).set({ heldFor: waitsFor, heldUntil: until, heldAmount: amount }).where(eq(milestones.heldBy, requestId)).returning({ id: milestones.id })
  if (changed[0]?.id !== milestoneId) throw new Error(`milestone ${milestoneId} is not held by ${requestId}`)
}

/** The request came to nothing. The times of the milestone are later by as long as it was held. */
export async function endHold(tx: Tx, deps: Deps, deal: Deal, milestoneId: string, requestId: string): Promise<void> {
  const { order } = deal
  const milestone = milestoneIn(deal, milestoneId)
  if (milestone.heldBy !== requestId || !milestone.heldAt) throw new Error(`milestone ${milestoneId} is not held by ${requestId}`)
  const now = deps.clock.now()
  const stood = (from: Date) => now.getTime() - from.getTime()
  if (milestone.state === 'released') {
    await unfreeze(tx, deps, order, milestone, requestId)
    await tx.update(milestones).set(FREE).where(eq(milestones.id, milestone.id))
    return
  }
  const later = (moment: Date | null, from: Date) => moment && new Date(moment.getTime() + stood(from))
  const delivered = milestone.state === 'delivered' && milestone.deliveredAt !== null
  // A version that came while it was held has had its time from then on.
  const acceptBy = delivered ? later(milestone.acceptBy, milestone.deliveredAt && milestone.deliveredAt > milestone.heldAt ? milestone.deliveredAt : milestone.heldAt) : milestone.acceptBy
  await tx.update(milestones).set({ ...FREE, dueAt: later(milestone.dueAt, milestone.heldAt), acceptBy }).where(eq(milestones.id, milestone.id))
  if (delivered && acceptBy) await scheduleAcceptance(tx, order, milestone.id, acceptBy, now)
  await moveOn(tx, deps, order.id)
}

/**
 * Divides the money of a held milestone as agreed or ruled: `toBuyer` (nothing to all of it) goes back, the rest less
 * the fee is the provider's at once. @returns what each got: toBuyer + fee + net is what was divided.
 */
export async function divideMilestone(tx: Tx, deps: Deps, deal: Deal, milestoneId: string, division: Division): Promise<Divided> {
  const milestone = milestoneIn(deal, milestoneId)
  if (milestone.heldBy !== division.requestId) throw new Error(`milestone ${milestoneId} is not held by ${division.requestId}`)
  return milestone.state === 'released' ? divideFrozen(tx, deps, deal.order, milestone, division) : divideEscrow(tx, deps, deal.order, milestone, division)
}

const FREE = { heldBy: null, heldAt: null, heldPot: null, heldFor: null, heldUntil: null, heldAmount: null } as const

async function divideEscrow(tx: Tx, deps: Deps, order: OrderRow, milestone: MilestoneRow, { toBuyer, reason }: Division): Promise<Divided> {
  const now = deps.clock.now()
  const rest = milestone.price - toBuyer
  const coupon = toBuyer > 0n ? await refundFromEscrow(tx, deps, order, [{ milestone, amount: toBuyer }], reason) : 0n
  await cancelDeadlines(tx, 'milestone', milestone.id)
  await tx.update(milestones).set(FREE).where(eq(milestones.id, milestone.id))
  let fee = 0n
  if (rest === 0n) await closeAsRefunded(tx, deps, order, milestone, reason)
  else {
    const facts = { at: now, orderId: order.id, milestoneId: milestone.id, providerId: order.providerId }
    ;({ fee } = await releaseMilestone(tx, { ...facts, amount: rest, terms: feeTermsOf(order) }))
    if (rest > fee) await post(tx, clear({ ...facts, amount: rest - fee }))
    await transition(tx, deps.clock, milestoneLifecycle, milestones, {
      id: milestone.id, action: toBuyer === 0n ? 'award' : 'split', actor: 'system', key: order.id, set: { closedAt: now, fee, refunded: toBuyer, couponRefunded: coupon, clearsAt: now, clearedAt: now },
      data: { ...milestoneFacts(order, milestone), refunded: toBuyer.toString(), couponRefunded: coupon.toString(), fee: fee.toString(), net: (rest - fee).toString(), reason },
    })
  }
  await moveOn(tx, deps, order.id)
  return { toBuyer, coupon, fee, net: rest - fee }
}

async function divideFrozen(tx: Tx, deps: Deps, order: OrderRow, milestone: MilestoneRow, { requestId, of, toBuyer, reason }: Division): Promise<Divided> {
  const back = toBuyer > 0n ? await refundFromFrozen(tx, deps, order, { milestone, amount: toBuyer }, reason, requestId) : { fee: 0n, coupon: 0n }
  const net = await unfreeze(tx, deps, order, milestone, requestId)
  await tx.update(milestones).set({ ...FREE, refunded: milestone.refunded + toBuyer, couponRefunded: milestone.couponRefunded + back.coupon, fee: (milestone.fee ?? 0n) - back.fee }).where(eq(milestones.id, milestone.id))
  return { toBuyer, coupon: back.coupon, fee: of - toBuyer - net, net }
}

/** What is left of the frozen amount is the provider's again. @returns it. */
async function unfreeze(tx: Tx, deps: Deps, order: OrderRow, milestone: MilestoneRow, requestId: string): Promise<bigint> {
  const amount = await balanceOf(tx, accountOf.frozen(order.providerId, requestId))
  const facts = { at: deps.clock.now(), requestId, orderId: order.id, milestoneId: milestone.id, providerId: order.providerId }
  if (amount > 0n) await post(tx, unfreezeClearing({ ...facts, amount, cleared: milestone.clearedAt !== null }))
  return amount
}
