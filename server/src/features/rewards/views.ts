/** Coupons and campaigns as they are shown. */
import { and, count, desc, eq, gt, inArray, lte } from 'drizzle-orm'
import { fen } from '@miaodan/shared/kernel/money'
import { discountOn, worthOf } from '@miaodan/shared/rewards/discount'
import { COUPON_LIMITS, type CouponChoice, type CouponOffer, type CouponView } from '@miaodan/shared/rewards/model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { categoryPaths } from '../catalog/index.ts'
import { couponCampaigns, coupons, type CampaignRow, type CouponRow } from './tables.ts'
import { claimObstacle, couponObstacle, discountOf, obstacleFor, withParent, type Purchase } from './terms.ts'

type Names = Awaited<ReturnType<typeof categoryPaths>>
export type Held = { coupon: CouponRow, campaign: CampaignRow }

export const categoryNames = (executor: Executor, campaigns: readonly CampaignRow[]): Promise<Names> => categoryPaths(executor, campaigns.flatMap(campaign => campaign.categoryIds))

export function termsView(campaign: CampaignRow, names: Names) {
  return {
    code: campaign.code, name: { zh: campaign.nameZh, en: campaign.nameEn }, discount: discountOf(campaign), minimum: fen(campaign.minimum),
    categories: campaign.categoryIds.flatMap(id => { const path = names.get(id); return path ? [{ id, name: { zh: path.nameZh, en: path.nameEn } }] : [] }),
    validFrom: campaign.validFrom, validTo: campaign.validTo,
  }
}

export function couponView({ coupon, campaign }: Held, names: Names, now: Date): CouponView {
  const { orderId, orderNumber, orderTitle } = coupon
  return {
    id: coupon.id, ...termsView(campaign, names), state: coupon.state, why: couponObstacle(coupon, campaign, now),
    order: orderId && orderNumber && orderTitle ? { id: orderId, number: orderNumber, title: orderTitle } : null,
    amount: coupon.amount === null ? null : fen(coupon.amount), returned: fen(coupon.returned), claimedAt: coupon.claimedAt,
  }
}

export async function couponsOf(executor: Executor, userId: string): Promise<Held[]> {
  return executor.select({ coupon: coupons, campaign: couponCampaigns }).from(coupons).innerJoin(couponCampaigns, eq(couponCampaigns.id, coupons.campaignId))
    .where(eq(coupons.userId, userId)).orderBy(desc(coupons.id)).limit(COUPON_LIMITS.shown)
}

/** A person's coupons, and what everybody is offered. */
export async function myCoupons(executor: Executor, deps: Deps, userId: string): Promise<{ items: CouponView[], offers: CouponOffer[] }> {
  const now = deps.clock.now()
  const [held, campaigns] = await Promise.all([couponsOf(executor, userId), offered(executor, now)])
  const names = await categoryNames(executor, [...campaigns, ...held.map(({ campaign }) => campaign)])
  const own = await claimedOf(executor, userId, campaigns.map(({ id }) => id))
  return {
    items: held.map(one => couponView(one, names, now)),
    offers: campaigns.map(campaign => ({ ...termsView(campaign, names), why: claimObstacle(campaign, own.get(campaign.id) ?? 0, worthOf(discountOf(campaign)), now) })),
  }
}

async function offered(executor: Executor, now: Date): Promise<CampaignRow[]> {
  return executor.select().from(couponCampaigns)
    .where(and(eq(couponCampaigns.listed, true), eq(couponCampaigns.state, 'active'), lte(couponCampaigns.validFrom, now), gt(couponCampaigns.validTo, now)))
    .orderBy(couponCampaigns.validTo, couponCampaigns.id).limit(COUPON_LIMITS.shown)
}

async function claimedOf(executor: Executor, userId: string, campaignIds: readonly string[]): Promise<Map<string, number>> {
  if (campaignIds.length === 0) return new Map()
  const rows = await executor.select({ id: coupons.campaignId, count: count() }).from(coupons).where(and(eq(coupons.userId, userId), inArray(coupons.campaignId, [...campaignIds]))).groupBy(coupons.campaignId)
  return new Map(rows.map(row => [row.id, row.count]))
}

export type Choices = { items: CouponChoice[], best: string | null }

/** A person's coupons that are not over, looked at for one purchase: the largest saving first, then what ends soonest. */
export async function couponChoices(executor: Executor, deps: Deps, userId: string, given: Omit<Purchase, 'categoryIds'> & { categoryId: string | null }): Promise<Choices> {
  const now = deps.clock.now()
  const [held, categoryIds] = await Promise.all([couponsOf(executor, userId), withParent(executor, given.categoryId)])
  const names = await categoryNames(executor, held.map(({ campaign }) => campaign))
  const items = held.map((one): CouponChoice => {
    const why = obstacleFor(one.coupon, one.campaign, now, { ...given, categoryIds })
    return { ...couponView(one, names, now), why, saving: fen(why === null ? discountOn(discountOf(one.campaign), given.price, given.instalments) : 0n) }
  }).filter(({ why }) => why !== 'used' && why !== 'expired').toSorted(byUse)
  return { items, best: items.find(({ saving }) => saving.amount > 0n)?.id ?? null }
}

function byUse(one: CouponChoice, other: CouponChoice): number {
  const less = other.saving.amount - one.saving.amount
  return less === 0n ? one.validTo.getTime() - other.validTo.getTime() : less > 0n ? 1 : -1
}
