/**
 * Coupons. A coupon knows what it takes off a price in a category and which order has it, by its id alone; orders, to the
 * right, call it in their own transaction and keep what it took off with their milestones:
 *
 *     const { items, best } = await couponChoices(executor, deps, buyerId, { orderId, price, instalments, categoryId })
 *     const { amount } = await holdCoupon(tx, deps, couponId, order, null)
 *     await spendCoupon(tx, deps, couponId)       // the order is under way; or
 *     await releaseCoupon(tx, deps, couponId, 'system')
 */
import { coupons as contracts, campaigns as staffContracts } from '@miaodan/shared/rewards/contract'
import { defineFeature, handle } from '../../kernel/feature.ts'
import { createCampaign, listCampaigns, stepCampaign } from './campaigns.ts'
import { claimCoupon } from './claiming.ts'
import { expireCoupon } from './holding.ts'
import { subscribers } from './subscribers.ts'
import { myCoupons } from './views.ts'

export { holdCoupon, releaseCoupon, returnFromCoupon, spendCoupon } from './holding.ts'
export { couponChoices } from './views.ts'

export const rewardsFeature = defineFeature({
  name: 'rewards',
  routes: [
    handle(contracts.mine, async ({ db, deps, viewer }) => myCoupons(db, deps, viewer.userId)),
    handle(contracts.claim, async ({ tx, deps, viewer, body }) => claimCoupon(tx, deps, viewer.userId, body.code)),
    handle(staffContracts.list, async ({ db, deps }) => ({ items: await listCampaigns(db, deps) })),
    handle(staffContracts.create, async ({ tx, deps, viewer, body }) => createCampaign(tx, deps, viewer.userId, body)),
    handle(staffContracts.pause, async ({ tx, deps, viewer, params, body }) => stepCampaign(tx, deps, viewer.userId, params.id, 'pause', body.reason)),
    handle(staffContracts.resume, async ({ tx, deps, viewer, params, body }) => stepCampaign(tx, deps, viewer.userId, params.id, 'resume', body.reason)),
  ],
  subscribers,
  deadlines: { 'coupon.expire': async (tx, deadline, deps) => expireCoupon(tx, deps, deadline.entityId) },
})
