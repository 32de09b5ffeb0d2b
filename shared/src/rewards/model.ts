/** What a coupon is, for who has it, for who chooses one, and for staff. */
import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema, positiveMoneySchema, priceSchema } from '../kernel/money.ts'
import { lineSchema, momentSchema } from '../kernel/wire.ts'
import { campaignLifecycle, couponLifecycle } from './lifecycle.ts'

/** Who gives what a coupon takes off. A provider's own discount would need their money up front, so it is not offered. */
export const BEARERS = ['platform'] as const
export type Bearer = typeof BEARERS[number]
export const bearerSchema = z.enum(BEARERS)

export const COUPON_LIMITS = { total: 1_000_000, perPerson: 20, percentBps: 9_900, categories: 50, shown: 200 } as const

/** As people type it: blanks around it and case do not matter. */
export const codeSchema = z.string().trim().toUpperCase().regex(/^[A-Z0-9]{4,20}$/).meta({ description: 'Four to twenty letters and digits.', examples: ['WELCOME50'] })

const bilingual = z.object({ zh: z.string(), en: z.string() })
export const couponNameSchema = bilingual.meta({ id: 'CouponName' })

export const discountSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('amount'), amount: moneySchema }),
  z.object({ kind: z.literal('percent'), bps: z.number().int(), cap: moneySchema }),
]).meta({ id: 'CouponDiscount' })
export type Discount = z.output<typeof discountSchema>

/** Why a coupon cannot be used, in the order in which one would say it. */
export const COUPON_OBSTACLES = ['used', 'held', 'expired', 'not_begun', 'wrong_category', 'below_minimum'] as const
export type CouponObstacle = typeof COUPON_OBSTACLES[number]
/** Why a campaign cannot be claimed. */
export const CLAIM_OBSTACLES = ['not_begun', 'ended', 'not_offered', 'all_gone', 'claimed_before'] as const
export type ClaimObstacle = typeof CLAIM_OBSTACLES[number]

const termsShape = {
  code: z.string(),
  name: couponNameSchema,
  discount: discountSchema,
  minimum: moneySchema.meta({ description: 'The price of the order is at least this.' }),
  categories: z.array(z.object({ id: idSchema, name: bilingual })).meta({ description: 'None: every category.' }),
  validFrom: momentSchema,
  validTo: momentSchema,
}

export const couponSchema = z.object({
  id: idSchema,
  ...termsShape,
  state: z.enum(couponLifecycle.states),
  why: z.enum(COUPON_OBSTACLES).nullable().meta({ description: 'Why it cannot be used now; null when it can.' }),
  order: z.object({ id: idSchema, number: z.string(), title: z.string() }).nullable().meta({ description: 'The order it is held with or was spent on.' }),
  amount: moneySchema.nullable().meta({ description: 'What it took off that order.' }),
  returned: moneySchema.meta({ description: 'What of it went back to its bearer with refunds.' }),
  claimedAt: momentSchema,
}).meta({ id: 'Coupon' })
export type CouponView = z.output<typeof couponSchema>

/** One of a person's coupons, looked at for one order. */
export const couponChoiceSchema = z.object({
  ...couponSchema.shape,
  saving: moneySchema.meta({ description: 'What it takes off this order; nothing when it cannot be used.' }),
}).meta({ id: 'CouponChoice' })
export type CouponChoice = z.output<typeof couponChoiceSchema>

export const couponOfferSchema = z.object({
  ...termsShape,
  why: z.enum(CLAIM_OBSTACLES).nullable().meta({ description: 'Why it cannot be claimed now; null when it can.' }),
}).meta({ id: 'CouponOffer' })
export type CouponOffer = z.output<typeof couponOfferSchema>

export const campaignInputSchema = z.object({
  code: codeSchema,
  nameZh: lineSchema(30),
  nameEn: lineSchema(60),
  bearer: bearerSchema,
  discount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('amount'), amount: positiveMoneySchema }),
    z.object({ kind: z.literal('percent'), bps: z.number().int().min(1).max(COUPON_LIMITS.percentBps), cap: positiveMoneySchema }),
  ]),
  minimum: priceSchema,
  categoryIds: z.array(idSchema).max(COUPON_LIMITS.categories),
  validFrom: momentSchema,
  validTo: momentSchema,
  totalLimit: z.number().int().min(1).max(COUPON_LIMITS.total),
  perPerson: z.number().int().min(1).max(COUPON_LIMITS.perPerson),
  budget: positiveMoneySchema,
  listed: z.boolean(),
})
export type CampaignInput = z.output<typeof campaignInputSchema>

export const campaignSchema = z.object({
  id: idSchema,
  ...termsShape,
  bearer: bearerSchema,
  totalLimit: z.number().int(),
  perPerson: z.number().int(),
  budget: moneySchema,
  listed: z.boolean(),
  state: z.enum(campaignLifecycle.states),
  phase: z.enum(['coming', 'running', 'over']),
  claimed: z.number().int(),
  held: z.number().int().meta({ description: 'Coupons kept for orders that are not under way yet.' }),
  spent: z.number().int(),
  committed: moneySchema.meta({ description: 'What of the budget is promised or spent.' }),
  cost: moneySchema.meta({ description: 'What spent coupons took off, less what came back with refunds.' }),
  createdAt: momentSchema,
}).meta({ id: 'CouponCampaign' })
export type CampaignView = z.output<typeof campaignSchema>
