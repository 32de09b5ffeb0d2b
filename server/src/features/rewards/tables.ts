import { bigint, boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { CampaignState, CouponState } from '@miaodan/shared/rewards/lifecycle'
import type { Bearer } from '@miaodan/shared/rewards/model'
import { moment } from '../../kernel/tables.ts'

const amount = (name: string) => bigint(name, { mode: 'bigint' })

export const couponCampaigns = pgTable('coupon_campaigns', {
  id: uuid('id').primaryKey(),
  code: text('code').notNull().unique(),
  nameZh: text('name_zh').notNull(),
  nameEn: text('name_en').notNull(),
  bearer: text('bearer').$type<Bearer>().notNull(),
  kind: text('kind', { enum: ['amount', 'percent'] }).notNull(),
  amount: amount('amount'),
  percentBps: integer('percent_bps'),
  cap: amount('cap'),
  minimum: amount('minimum').notNull(),
  categoryIds: uuid('category_ids').array().notNull().default([]),
  validFrom: moment('valid_from').notNull(),
  validTo: moment('valid_to').notNull(),
  totalLimit: integer('total_limit').notNull(),
  perPerson: integer('per_person').notNull(),
  budget: amount('budget').notNull(),
  listed: boolean('listed').notNull(),
  state: text('state').$type<CampaignState>().notNull(),
  claimed: integer('claimed').notNull().default(0),
  committed: amount('committed').notNull().default(0n),
  createdBy: uuid('created_by').notNull(),
  createdAt: moment('created_at').notNull(),
})
export type CampaignRow = typeof couponCampaigns.$inferSelect

export const coupons = pgTable('coupons', {
  id: uuid('id').primaryKey(),
  campaignId: uuid('campaign_id').notNull().references(() => couponCampaigns.id),
  userId: uuid('user_id').notNull(),
  state: text('state').$type<CouponState>().notNull(),
  worth: amount('worth').notNull(),
  claimedAt: moment('claimed_at').notNull(),
  validTo: moment('valid_to').notNull(),
  orderId: uuid('order_id'),
  orderNumber: text('order_number'),
  orderTitle: text('order_title'),
  amount: amount('amount'),
  returned: amount('returned').notNull().default(0n),
  usedAt: moment('used_at'),
})
export type CouponRow = typeof coupons.$inferSelect
