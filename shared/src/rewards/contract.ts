/** Endpoints of coupons. Choosing one for an order belongs to the order. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams } from '../kernel/ids.ts'
import { lineSchema } from '../kernel/wire.ts'
import { campaignInputSchema, campaignSchema, codeSchema, couponOfferSchema, couponSchema } from './model.ts'

export const coupons = defineContracts('coupons', {
  mine: {
    method: 'GET', path: '/coupons', access: 'user', summary: 'Your coupons, and those everybody can claim.',
    output: z.object({ items: z.array(couponSchema), offers: z.array(couponOfferSchema) }),
  },
  claim: {
    method: 'POST', path: '/coupons', access: 'user', status: 201, idempotency: 'required', perMinute: 20, output: couponSchema, body: z.object({ code: codeSchema }),
    summary: 'Claim a coupon by its code. It is kept for you, with its worth, until it ends.',
    errors: ['rewards.code_unknown', 'rewards.not_begun', 'rewards.ended', 'rewards.not_offered', 'rewards.all_gone', 'rewards.claimed_before'],
  },
})

const access = { staff: 'coupons.manage' } as const
const step = { method: 'POST', access, params: idParams, output: campaignSchema, body: z.object({ reason: lineSchema(200) }), errors: ['kernel.illegal_transition'] } as const

export const campaigns = defineContracts('campaigns', {
  list: { method: 'GET', path: '/staff/coupon-campaigns', access, summary: 'Every campaign with its uses and its cost, the newest first.', output: z.object({ items: z.array(campaignSchema) }) },
  create: {
    method: 'POST', path: '/staff/coupon-campaigns', access, status: 201, idempotency: 'required', output: campaignSchema, body: campaignInputSchema,
    summary: 'Set up a campaign. Its terms are never changed: what was claimed keeps them.',
    errors: ['rewards.code_taken', 'rewards.period', 'rewards.discount_too_large', 'rewards.budget_too_small', 'catalog.category_not_found'],
  },
  pause: { ...step, path: '/staff/coupon-campaigns/:id/pause', summary: 'Nobody claims it any more. Coupons in hand stay good.' },
  resume: { ...step, path: '/staff/coupon-campaigns/:id/resume', summary: 'It can be claimed again.' },
})
