import type * as z from 'zod'
import { boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { InvitationState } from '@miaodan/shared/matching/states'
import type { SavedConditions } from '@miaodan/shared/matching/saved-search'
import type { fitSchema } from '@miaodan/shared/requirements/fit'
import { moment } from '../../kernel/tables.ts'

/** Stored as the wire has it: amounts are decimal strings. */
export type StoredFit = z.input<typeof fitSchema>

export const matchRuns = pgTable('match_runs', {
  requirementId: uuid('requirement_id').primaryKey(),
  buyerId: uuid('buyer_id').notNull(),
  openedAt: moment('opened_at').notNull(),
  rankedAt: moment('ranked_at').notNull(),
  fitting: integer('fitting').notNull(),
  wave: integer('wave').notNull(),
  nextAt: moment('next_at'),
  firstAnswerAt: moment('first_answer_at'),
  endedAt: moment('ended_at'),
})
export type MatchRunRow = typeof matchRuns.$inferSelect

export const invitations = pgTable('invitations', {
  requirementId: uuid('requirement_id').notNull().references(() => matchRuns.requirementId),
  providerId: uuid('provider_id').notNull(),
  wave: integer('wave').notNull(),
  score: integer('score').notNull(),
  newcomer: boolean('newcomer').notNull(),
  parts: jsonb('parts').$type<StoredFit['parts']>().notNull(),
  reasons: jsonb('reasons').$type<StoredFit['reasons']>().notNull(),
  state: text('state').$type<InvitationState>().notNull(),
  toldAt: moment('told_at'),
  answeredAt: moment('answered_at'),
  changedAt: moment('changed_at').notNull(),
}, table => [primaryKey({ columns: [table.requirementId, table.providerId] })])
export type InvitationRow = typeof invitations.$inferSelect

export const providerOrders = pgTable('provider_orders', {
  orderId: uuid('order_id').primaryKey(),
  providerId: uuid('provider_id').notNull(),
  categoryId: uuid('category_id'),
  state: text('state', { enum: ['running', 'finished', 'ended'] }).notNull(),
  onTime: boolean('on_time'),
  at: moment('at').notNull(),
})

export const providerRatings = pgTable('provider_ratings', {
  reviewId: uuid('review_id').primaryKey(),
  providerId: uuid('provider_id').notNull(),
  attitude: integer('attitude').notNull(),
  skill: integer('skill').notNull(),
  quality: integer('quality').notNull(),
  at: moment('at').notNull(),
})

export const feedImpressions = pgTable('feed_impressions', {
  providerId: uuid('provider_id').notNull(),
  requirementId: uuid('requirement_id').notNull(),
  rank: integer('rank').notNull(),
  score: integer('score').notNull(),
  parts: jsonb('parts').$type<StoredFit['parts']>().notNull(),
  shownAt: moment('shown_at').notNull(),
  openedAt: moment('opened_at'),
  answeredAt: moment('answered_at'),
}, table => [primaryKey({ columns: [table.providerId, table.requirementId] })])

export const savedSearches = pgTable('saved_searches', {
  id: uuid('id').primaryKey(),
  providerId: uuid('provider_id').notNull(),
  conditions: jsonb('conditions').$type<SavedConditions>().notNull(),
  alert: boolean('alert').notNull(),
  createdAt: moment('created_at').notNull(),
}, table => [unique().on(table.providerId, table.conditions)])

export const savedSearchHits = pgTable('saved_search_hits', {
  searchId: uuid('search_id').notNull().references(() => savedSearches.id, { onDelete: 'cascade' }),
  requirementId: uuid('requirement_id').notNull(),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.searchId, table.requirementId] })])
