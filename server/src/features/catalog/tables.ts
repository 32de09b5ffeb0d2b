import type * as z from 'zod'
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { ServiceChangeState, ServiceState } from '@miaodan/shared/catalog/lifecycle'
import type { serviceContentSchema, serviceDraftSchema } from '@miaodan/shared/catalog/model'
import { moment } from '../../kernel/tables.ts'

/** Documents are stored as the wire has them: amounts are decimal strings. */
export type StoredContent = z.input<typeof serviceContentSchema>
export type StoredDraft = z.input<typeof serviceDraftSchema>

export const categories = pgTable('categories', {
  id: uuid('id').primaryKey(),
  parentId: uuid('parent_id'),
  slug: text('slug').notNull().unique(),
  nameZh: text('name_zh').notNull(),
  nameEn: text('name_en').notNull(),
  summaryZh: text('summary_zh'),
  summaryEn: text('summary_en'),
  icon: text('icon'),
  skills: text('skills').array().notNull().default([]),
  position: integer('position').notNull(),
  retiredAt: moment('retired_at'),
})

export const feeRules = pgTable('fee_rules', {
  id: uuid('id').primaryKey(),
  categoryId: uuid('category_id'),
  feeBps: integer('fee_bps').notNull(),
  minimum: bigint('minimum', { mode: 'bigint' }),
  maximum: bigint('maximum', { mode: 'bigint' }),
  validFrom: moment('valid_from').notNull(),
}, table => [unique().on(table.categoryId, table.validFrom).nullsNotDistinct()])

export const services = pgTable('services', {
  id: uuid('id').primaryKey(),
  providerId: uuid('provider_id').notNull(),
  state: text('state').$type<ServiceState>().notNull(),
  content: jsonb('content').$type<StoredContent>(),
  categoryId: uuid('category_id'),
  priceFrom: bigint('price_from', { mode: 'bigint' }),
  deliveryDays: integer('delivery_days'),
  version: integer('version').notNull().default(0),
  capacity: integer('capacity'),
  publishedAt: moment('published_at'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})
export type ServiceRow = typeof services.$inferSelect

export const serviceChanges = pgTable('service_changes', {
  id: uuid('id').primaryKey(),
  serviceId: uuid('service_id').notNull(),
  state: text('state').$type<ServiceChangeState>().notNull(),
  content: jsonb('content').$type<StoredDraft>().notNull(),
  before: jsonb('before').$type<StoredContent>(),
  reason: text('reason'),
  submittedAt: moment('submitted_at'),
  decidedAt: moment('decided_at'),
  decidedBy: uuid('decided_by'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})
export type ServiceChangeRow = typeof serviceChanges.$inferSelect

export const serviceSales = pgTable('service_sales', {
  orderId: uuid('order_id').primaryKey(),
  serviceId: uuid('service_id').notNull(),
  onTime: boolean('on_time'),
  at: moment('at').notNull(),
})

export const serviceStats = pgTable('service_stats', {
  serviceId: uuid('service_id').primaryKey(),
  sales: integer('sales').notNull().default(0),
  onTime: integer('on_time').notNull().default(0),
  timed: integer('timed').notNull().default(0),
  reviews: integer('reviews').notNull().default(0),
  attitude: integer('attitude').notNull().default(0),
  skill: integer('skill').notNull().default(0),
  quality: integer('quality').notNull().default(0),
})

export const favouriteServices = pgTable('favourite_services', {
  userId: uuid('user_id').notNull(),
  serviceId: uuid('service_id').notNull(),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.userId, table.serviceId] })])
