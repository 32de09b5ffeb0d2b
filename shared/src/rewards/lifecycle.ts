import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

export const couponLifecycle = defineLifecycle({
  name: 'coupon',
  states: ['ready', 'held', 'spent', 'expired'],
  initial: 'ready',
  final: ['spent', 'expired'],
  transitions: {
    hold: { from: ['ready'], to: 'held', by: ['buyer'], effect: 'Kept for one order; no other order can have it.' },
    release: { from: ['held'], to: 'ready', by: ['buyer', 'system'], effect: 'The order came to nothing before work began, or another coupon was chosen.' },
    spend: { from: ['held'], to: 'spent', by: ['system'], effect: 'The order is under way. What the budget kept beyond the amount is free again.' },
    expire: { from: ['ready'], to: 'expired', by: ['timer'], effect: 'The budget has its worth back.' },
  },
})
export type CouponState = StateOf<typeof couponLifecycle>

export const campaignLifecycle = defineLifecycle({
  name: 'coupon_campaign',
  states: ['active', 'paused'],
  initial: 'active',
  final: [],
  transitions: {
    pause: { from: ['active'], to: 'paused', by: ['staff'], effect: 'Nobody claims it any more. Coupons in hand stay good: they are a promise.' },
    resume: { from: ['paused'], to: 'active', by: ['staff'] },
  },
})
export type CampaignState = StateOf<typeof campaignLifecycle>
