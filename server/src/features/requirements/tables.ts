import { bigint, boolean, date, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { RequirementState } from '@miaodan/shared/requirements/lifecycle'
import type { Way } from '@miaodan/shared/requirements/limits'
import type { RequirementFlag } from '@miaodan/shared/requirements/views'
import { moment } from '../../kernel/tables.ts'

const amount = (name: string) => bigint(name, { mode: 'bigint' })

export const requirements = pgTable('requirements', {
  id: uuid('id').primaryKey(),
  buyerId: uuid('buyer_id').notNull(),
  way: text('way').$type<Way>().notNull(),
  state: text('state').$type<RequirementState>().notNull(),
  review: text('review', { enum: ['clear', 'flagged'] }),
  flags: jsonb('flags').$type<RequirementFlag[]>().notNull().default([]),
  categoryId: uuid('category_id'),
  title: text('title').notNull(),
  background: text('background').notNull(),
  details: text('details').notNull(),
  checklist: text('checklist').array().notNull().default([]),
  budgetMin: amount('budget_min'),
  budgetMax: amount('budget_max'),
  price: amount('price'),
  deadline: date('deadline', { mode: 'string' }),
  area: text('area'),
  skills: text('skills').array().notNull().default([]),
  files: uuid('files').array().notNull().default([]),
  openHours: integer('open_hours').notNull(),
  providerIds: uuid('provider_ids').array().notNull().default([]),
  serviceId: uuid('service_id'),
  reason: text('reason'),
  paymentId: uuid('payment_id'),
  fundedAt: moment('funded_at'),
  awardedTo: uuid('awarded_to'),
  orderId: uuid('order_id').unique('requirements_order'),
  awardedAt: moment('awarded_at'),
  submittedAt: moment('submitted_at'),
  openedAt: moment('opened_at'),
  hallAt: moment('hall_at'),
  expiresAt: moment('expires_at'),
  extended: boolean('extended').notNull().default(false),
  endedAt: moment('ended_at'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})
export type RequirementRow = typeof requirements.$inferSelect

export const priceFacts = pgTable('price_facts', {
  orderId: uuid('order_id').primaryKey(),
  categoryId: uuid('category_id').notNull(),
  amount: amount('amount').notNull(),
  at: moment('at').notNull(),
})
