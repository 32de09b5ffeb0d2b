/** What a campaign's row says of its coupons, and what stands in the way of claiming or using one. */
import { fen } from '@miaodan/shared/kernel/money'
import type { ClaimObstacle, CouponObstacle, Discount } from '@miaodan/shared/rewards/model'
import type { Executor } from '../../kernel/db.ts'
import { categoryPaths } from '../catalog/index.ts'
import type { CampaignRow, CouponRow } from './tables.ts'

export function discountOf({ kind, amount, percentBps, cap }: Pick<CampaignRow, 'kind' | 'amount' | 'percentBps' | 'cap'>): Discount {
  return kind === 'amount' ? { kind, amount: fen(amount ?? 0n) } : { kind, bps: percentBps ?? 0, cap: fen(cap ?? 0n) }
}

/** Why nobody, or not this person, can claim one more. `own` is how many they have claimed. */
export function claimObstacle(campaign: CampaignRow, own: number, worth: bigint, now: Date): ClaimObstacle | null {
  if (campaign.state === 'paused') return 'not_offered'
  if (now < campaign.validFrom) return 'not_begun'
  if (now >= campaign.validTo) return 'ended'
  if (own >= campaign.perPerson) return 'claimed_before'
  return campaign.claimed >= campaign.totalLimit || campaign.committed + worth > campaign.budget ? 'all_gone' : null
}

/** Why a coupon cannot be used now, whatever for. One that is held may be used by the order that holds it. */
export function couponObstacle(coupon: CouponRow, campaign: CampaignRow, now: Date, orderId?: string): CouponObstacle | null {
  if (coupon.state === 'spent') return 'used'
  if (coupon.state === 'held') return coupon.orderId === orderId ? null : 'held'
  if (coupon.state === 'expired' || now >= coupon.validTo) return 'expired'
  return now < campaign.validFrom ? 'not_begun' : null
}

/** What a coupon is to be used for. `categoryIds` are the category and the one above it. */
export type Purchase = { orderId: string, price: bigint, instalments: number, categoryIds: readonly string[] }

/** Why it cannot be used for this. */
export function obstacleFor(coupon: CouponRow, campaign: CampaignRow, now: Date, purchase: Purchase): CouponObstacle | null {
  const obstacle = couponObstacle(coupon, campaign, now, purchase.orderId)
  if (obstacle) return obstacle
  if (campaign.categoryIds.length > 0 && !purchase.categoryIds.some(id => campaign.categoryIds.includes(id))) return 'wrong_category'
  return purchase.price < campaign.minimum ? 'below_minimum' : null
}

/** A category with the one above it. */
export async function withParent(executor: Executor, categoryId: string | null): Promise<string[]> {
  const path = categoryId === null ? undefined : (await categoryPaths(executor, [categoryId])).get(categoryId)
  return path ? [...new Set([path.id, path.parent.id])] : []
}
