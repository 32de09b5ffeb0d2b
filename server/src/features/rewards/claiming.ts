/** Claiming a coupon. All who claim of one campaign meet at its row, so that neither its number nor its budget is exceeded. */
import { and, count, eq, sql } from 'drizzle-orm'
import { problem, type ErrorCode } from '@miaodan/shared/errors'
import { dayInChina } from '@miaodan/shared/requirements/completeness'
import { couponLifecycle } from '@miaodan/shared/rewards/lifecycle'
import { worthOf } from '@miaodan/shared/rewards/discount'
import type { ClaimObstacle, CouponView } from '@miaodan/shared/rewards/model'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { scheduleDeadline } from '../../kernel/deadlines.ts'
import { newId } from '../../kernel/ids.ts'
import { couponCampaigns, coupons, type CampaignRow } from './tables.ts'
import { claimObstacle, discountOf } from './terms.ts'
import { categoryNames, couponView } from './views.ts'

const REFUSALS = {
  not_begun: 'rewards.not_begun', ended: 'rewards.ended', not_offered: 'rewards.not_offered', all_gone: 'rewards.all_gone', claimed_before: 'rewards.claimed_before',
} as const satisfies Record<ClaimObstacle, ErrorCode>

/** @throws problem `rewards.code_unknown`, or what stands in the way. */
export async function claimCoupon(tx: Tx, deps: Deps, userId: string, code: string): Promise<CouponView> {
  const [seen] = await tx.select().from(couponCampaigns).where(eq(couponCampaigns.code, code))
  if (!seen) throw problem('rewards.code_unknown', {}, { field: 'body.code' })
  // Who is plainly late hears it without waiting for the lock.
  await refuse(tx, deps, seen, userId)
  const [campaign] = await tx.select().from(couponCampaigns).where(eq(couponCampaigns.id, seen.id)).for('update')
  if (!campaign) throw new Error(`campaign ${seen.id} is gone`)
  await refuse(tx, deps, campaign, userId)
  const worth = worthOf(discountOf(campaign))
  await tx.update(couponCampaigns).set({ claimed: sql`${couponCampaigns.claimed} + 1`, committed: sql`${couponCampaigns.committed} + ${worth}` }).where(eq(couponCampaigns.id, campaign.id))
  const now = deps.clock.now()
  const [coupon] = await tx.insert(coupons).values({ id: newId(), campaignId: campaign.id, userId, state: couponLifecycle.initial, worth, claimedAt: now, validTo: campaign.validTo }).returning()
  if (!coupon) throw new Error('the coupon was not inserted')
  await scheduleDeadline(tx, { entity: 'coupon', entityId: coupon.id, action: 'expire', dueAt: campaign.validTo })
  return couponView({ coupon, campaign }, await categoryNames(tx, [campaign]), now)
}

async function refuse(executor: Executor, deps: Deps, campaign: CampaignRow, userId: string): Promise<void> {
  const [own] = await executor.select({ count: count() }).from(coupons).where(and(eq(coupons.campaignId, campaign.id), eq(coupons.userId, userId)))
  const obstacle = claimObstacle(campaign, own?.count ?? 0, worthOf(discountOf(campaign)), deps.clock.now())
  if (obstacle) throw problem(REFUSALS[obstacle], { limit: campaign.perPerson, date: dayInChina(campaign.validFrom) }, { field: 'body.code' })
}
