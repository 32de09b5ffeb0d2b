/**
 * A coupon and the order it is for. The order's row is locked by the caller, in whose transaction all of this happens: a
 * coupon's row is changed only by compare-and-set, and never together with its campaign's, which others wait for.
 */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { problem, type ErrorCode } from '@miaodan/shared/errors'
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { dayInChina } from '@miaodan/shared/requirements/completeness'
import { discountOn } from '@miaodan/shared/rewards/discount'
import { couponLifecycle } from '@miaodan/shared/rewards/lifecycle'
import type { Bearer, CouponObstacle } from '@miaodan/shared/rewards/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { scheduleDeadline } from '../../kernel/deadlines.ts'
import { emit } from '../../kernel/outbox.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { couponCampaigns, coupons, type CouponRow } from './tables.ts'
import { discountOf, obstacleFor, withParent } from './terms.ts'

export type CouponFor = { userId: string, orderId: string, number: string, title: string, price: bigint, instalments: number, categoryId: string | null }
/** What an order keeps of its coupon. */
export type HeldCoupon = { id: string, nameZh: string, nameEn: string, bearer: Bearer, amount: bigint }

const REFUSALS = {
  used: 'rewards.coupon_used', held: 'rewards.coupon_held', expired: 'rewards.coupon_expired', not_begun: 'rewards.coupon_not_begun',
  wrong_category: 'rewards.coupon_wrong_category', below_minimum: 'rewards.coupon_below_minimum',
} as const satisfies Record<CouponObstacle, ErrorCode>

/**
 * Holds a coupon for an order, instead of the one `before` if there is one. Of two orders that want the same coupon one
 * has it. @throws problem `rewards.coupon_not_found` also for somebody else's, or what stands in the way.
 */
export async function holdCoupon(tx: Tx, deps: Deps, couponId: string, order: CouponFor, before: string | null): Promise<HeldCoupon> {
  await lockCoupons(tx, [couponId, ...before ? [before] : []])
  if (before && before !== couponId) await releaseCoupon(tx, deps, before, 'buyer')
  const [found] = await tx.select({ coupon: coupons, campaign: couponCampaigns }).from(coupons).innerJoin(couponCampaigns, eq(couponCampaigns.id, coupons.campaignId))
    .where(and(eq(coupons.id, couponId), eq(coupons.userId, order.userId)))
  if (!found) throw problem('rewards.coupon_not_found', {}, { field: 'body.couponId' })
  const { coupon, campaign } = found
  const obstacle = obstacleFor(coupon, campaign, deps.clock.now(), { ...order, categoryIds: await withParent(tx, order.categoryId) })
  const amount = discountOn(discountOf(campaign), order.price, order.instalments)
  if (obstacle || amount === 0n) {
    throw problem(REFUSALS[obstacle ?? 'below_minimum'], { number: coupon.orderNumber ?? '', date: dayInChina(campaign.validFrom), minimum: formatMoney(fen(campaign.minimum)) }, { field: 'body.couponId' })
  }
  const held = { id: couponId, nameZh: campaign.nameZh, nameEn: campaign.nameEn, bearer: campaign.bearer, amount }
  if (coupon.state === 'held') return held
  await transition(tx, deps.clock, couponLifecycle, coupons, {
    id: couponId, action: 'hold', actor: 'buyer', actorId: order.userId, set: { orderId: order.orderId, orderNumber: order.number, orderTitle: order.title, amount, usedAt: deps.clock.now() },
    data: { orderId: order.orderId, userId: order.userId, amount: amount.toString() },
  })
  return held
}

/** In the order of their ids, so that two people's hands never wait for each other in a circle. */
async function lockCoupons(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.select({ id: coupons.id }).from(coupons).where(inArray(coupons.id, [...ids])).orderBy(asc(coupons.id)).for('update')
}

const FREE = { orderId: null, orderNumber: null, orderTitle: null, amount: null, usedAt: null } as const

/** The order came to nothing before work began, or has another coupon now: it can be used again until it ends. */
export async function releaseCoupon(tx: Tx, deps: Deps, couponId: string, actor: 'buyer' | 'system'): Promise<void> {
  const coupon = await couponToChange(tx, couponId)
  await transition(tx, deps.clock, couponLifecycle, coupons, { id: couponId, action: 'release', actor, set: FREE, data: { orderId: coupon.orderId, userId: coupon.userId } })
  // Its end may have come while it was held.
  await scheduleDeadline(tx, { entity: 'coupon', entityId: couponId, action: 'expire', dueAt: coupon.validTo })
}

/** The order is under way: the coupon does not come back any more, whatever is refunded later. */
export async function spendCoupon(tx: Tx, deps: Deps, couponId: string): Promise<void> {
  const { campaignId, worth, amount, userId, orderId } = await couponToChange(tx, couponId)
  await transition(tx, deps.clock, couponLifecycle, coupons, { id: couponId, action: 'spend', actor: 'system', set: { usedAt: deps.clock.now() }, data: { campaignId, userId, orderId, freed: (worth - (amount ?? 0n)).toString() } })
}

/** `amount` of what the coupon took off went back to its bearer with a refund. What is refunded before the order is under way counts with its release. */
export async function returnFromCoupon(tx: Tx, deps: Deps, couponId: string, amount: bigint): Promise<void> {
  const [coupon] = await tx.update(coupons).set({ returned: sql`${coupons.returned} + ${amount}` }).where(and(eq(coupons.id, couponId), eq(coupons.state, 'spent'))).returning()
  if (coupon) await emit(tx, deps.clock, 'coupon.returned', { id: couponId, campaignId: coupon.campaignId, userId: coupon.userId, orderId: coupon.orderId, freed: amount.toString() }, couponId)
}

/** The deadline of a coupon. One that is held then is dealt with when its order ends or begins. */
export async function expireCoupon(tx: Tx, deps: Deps, couponId: string): Promise<void> {
  const { state, validTo, campaignId, userId, worth } = await couponToChange(tx, couponId)
  if (!canStep(couponLifecycle, state, 'expire') || validTo > deps.clock.now()) return
  await transition(tx, deps.clock, couponLifecycle, coupons, { id: couponId, action: 'expire', actor: 'timer', data: { campaignId, userId, freed: worth.toString() } })
}

async function couponToChange(tx: Tx, id: string): Promise<CouponRow> {
  const [row] = await tx.select().from(coupons).where(eq(coupons.id, id)).for('update')
  if (!row) throw new Error(`coupon ${id} is gone`)
  return row
}
