import type * as z from 'zod'
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { serviceSnapshotSchema } from '@miaodan/shared/catalog/model'
import type { changeEffectSchema, changeLineSchema, changeTermsSchema } from '@miaodan/shared/orders/change-model'
import type { ChangeOrderState, MilestoneState, OrderState, QuoteState } from '@miaodan/shared/orders/lifecycle'
import type { OrderOrigin, quoteTermsSchema, Side } from '@miaodan/shared/orders/model'
import type { OrderRules } from '@miaodan/shared/orders/rules'
import type { Bearer } from '@miaodan/shared/rewards/model'
import { moment } from '../../kernel/tables.ts'

const amount = (name: string) => bigint(name, { mode: 'bigint' })

/** Documents are stored as the wire has them: amounts are decimal strings. */
export type StoredTerms = z.input<typeof quoteTermsSchema>
export type StoredSnapshot = z.input<typeof serviceSnapshotSchema>
export type StoredLine = { label: string, quantity: number, amount: string }
/** Whose word a refund request waits for. */
export type Holder = Side | 'staff'
export type StoredFile = { id: string, sha256: string }

export const quotes = pgTable('quotes', {
  id: uuid('id').primaryKey(),
  buyerId: uuid('buyer_id').notNull(),
  providerId: uuid('provider_id').notNull(),
  requirementId: uuid('requirement_id'),
  serviceId: uuid('service_id'),
  categoryId: uuid('category_id'),
  title: text('title').notNull(),
  state: text('state').$type<QuoteState>().notNull(),
  version: integer('version').notNull(),
  expiresAt: moment('expires_at').notNull(),
  orderId: uuid('order_id'),
  createdAt: moment('created_at').notNull(),
})
export type QuoteRow = typeof quotes.$inferSelect

export const quoteVersions = pgTable('quote_versions', {
  quoteId: uuid('quote_id').notNull().references(() => quotes.id),
  version: integer('version').notNull(),
  side: text('side').$type<Side>().notNull(),
  authorId: uuid('author_id').notNull(),
  terms: jsonb('terms').$type<StoredTerms>().notNull(),
  total: amount('total').notNull(),
  days: integer('days').notNull(),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.quoteId, table.version] })])
export type QuoteVersionRow = typeof quoteVersions.$inferSelect

export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  number: text('number').notNull().unique(),
  buyerId: uuid('buyer_id').notNull(),
  providerId: uuid('provider_id').notNull(),
  buyerName: text('buyer_name').notNull(),
  providerName: text('provider_name').notNull(),
  origin: text('origin').$type<OrderOrigin>().notNull(),
  serviceId: uuid('service_id'),
  requirementId: uuid('requirement_id'),
  quoteId: uuid('quote_id').references(() => quotes.id),
  categoryId: uuid('category_id'),
  title: text('title').notNull(),
  snapshot: jsonb('snapshot').$type<StoredSnapshot>(),
  lines: jsonb('lines').$type<StoredLine[]>().notNull().default([]),
  state: text('state').$type<OrderState>().notNull(),
  price: amount('price').notNull(),
  currency: text('currency', { enum: ['CNY'] }).notNull().default('CNY'),
  couponId: uuid('coupon_id'),
  couponNameZh: text('coupon_name_zh'),
  couponNameEn: text('coupon_name_en'),
  couponBearer: text('coupon_bearer').$type<Bearer>(),
  coupon: amount('coupon').notNull().default(0n),
  feeBps: integer('fee_bps').notNull(),
  feeMinimum: amount('fee_minimum'),
  feeMaximum: amount('fee_maximum'),
  rules: jsonb('rules').$type<OrderRules>().notNull(),
  waitsFor: text('waits_for').$type<Side>(),
  nextAt: moment('next_at'),
  changeFor: text('change_for').$type<Side>(),
  changeStep: text('change_step', { enum: ['answer', 'pay'] }),
  changeAt: moment('change_at'),
  createdAt: moment('created_at').notNull(),
  payBy: moment('pay_by'),
  acceptBy: moment('accept_by'),
  startedAt: moment('started_at'),
  endedAt: moment('ended_at'),
})
export type OrderRow = typeof orders.$inferSelect

export const milestones = pgTable('milestones', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull().references(() => orders.id),
  position: integer('position').notNull(),
  title: text('title').notNull(),
  price: amount('price').notNull(),
  days: integer('days').notNull(),
  state: text('state').$type<MilestoneState>().notNull(),
  revisions: integer('revisions'),
  revisionsUsed: integer('revisions_used').notNull().default(0),
  paymentId: uuid('payment_id'),
  fundedAt: moment('funded_at'),
  startedAt: moment('started_at'),
  dueAt: moment('due_at'),
  onTime: boolean('on_time'),
  deliveredAt: moment('delivered_at'),
  acceptBy: moment('accept_by'),
  extended: boolean('extended').notNull().default(false),
  closedAt: moment('closed_at'),
  acceptedBy: text('accepted_by', { enum: ['buyer', 'timer'] }),
  fee: amount('fee'),
  refunded: amount('refunded').notNull().default(0n),
  coupon: amount('coupon').notNull().default(0n),
  couponRefunded: amount('coupon_refunded').notNull().default(0n),
  clearsAt: moment('clears_at'),
  clearedAt: moment('cleared_at'),
  heldBy: uuid('held_by'),
  heldAt: moment('held_at'),
  heldPot: amount('held_pot'),
  heldFor: text('held_for').$type<Holder>(),
  heldUntil: moment('held_until'),
  heldAmount: amount('held_amount'),
}, table => [unique().on(table.orderId, table.position)])
export type MilestoneRow = typeof milestones.$inferSelect

export const deliveries = pgTable('deliveries', {
  milestoneId: uuid('milestone_id').notNull().references(() => milestones.id),
  version: integer('version').notNull(),
  message: text('message').notNull(),
  files: jsonb('files').$type<StoredFile[]>().notNull(),
  revisionReason: text('revision_reason'),
  revisionAt: moment('revision_at'),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.milestoneId, table.version] })])
export type DeliveryRow = typeof deliveries.$inferSelect

export const checklistLines = pgTable('checklist_lines', {
  milestoneId: uuid('milestone_id').notNull().references(() => milestones.id),
  position: integer('position').notNull(),
  text: text('text').notNull(),
  proof: text('proof'),
  provenVersion: integer('proven_version'),
  tickedAt: moment('ticked_at'),
}, table => [primaryKey({ columns: [table.milestoneId, table.position] })])
export type ChecklistRow = typeof checklistLines.$inferSelect

export const changeOrders = pgTable('change_orders', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull().references(() => orders.id),
  number: integer('number').notNull(),
  state: text('state').$type<ChangeOrderState>().notNull(),
  side: text('side').$type<Side>().notNull(),
  proposedBy: uuid('proposed_by').notNull(),
  reason: text('reason').notNull(),
  answer: text('answer'),
  terms: jsonb('terms').$type<z.input<typeof changeTermsSchema>>().notNull(),
  lines: jsonb('lines').$type<z.input<typeof changeLineSchema>[]>().notNull(),
  effect: jsonb('effect').$type<z.input<typeof changeEffectSchema>>().notNull(),
  answerBy: moment('answer_by').notNull(),
  payBy: moment('pay_by'),
  createdAt: moment('created_at').notNull(),
  endedAt: moment('ended_at'),
}, table => [unique().on(table.orderId, table.number)])
export type ChangeOrderRow = typeof changeOrders.$inferSelect

export const topUps = pgTable('milestone_top_ups', {
  milestoneId: uuid('milestone_id').notNull().references(() => milestones.id),
  paymentId: uuid('payment_id').notNull(),
  amount: amount('amount').notNull(),
  refunded: amount('refunded').notNull().default(0n),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.milestoneId, table.paymentId] })])
