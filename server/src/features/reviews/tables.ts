import { pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { ReviewState } from '@miaodan/shared/reviews/lifecycle'
import { moment } from '../../kernel/tables.ts'

export const reviews = pgTable('reviews', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  orderNumber: text('order_number').notNull(),
  title: text('title').notNull(),
  serviceId: uuid('service_id'),
  side: text('side', { enum: ['buyer', 'provider'] }).notNull(),
  authorId: uuid('author_id').notNull(),
  subjectId: uuid('subject_id').notNull(),
  state: text('state').$type<ReviewState>().notNull(),
  attitude: smallint('attitude'),
  skill: smallint('skill'),
  quality: smallint('quality'),
  body: text('body'),
  suggestion: text('suggestion'),
  answer: text('answer'),
  answeredAt: moment('answered_at'),
  closesAt: moment('closes_at').notNull(),
  submittedAt: moment('submitted_at'),
  publishedAt: moment('published_at'),
}, table => [unique().on(table.orderId, table.side)])

export type ReviewRow = typeof reviews.$inferSelect
