import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { DisputeState, RefundRequestState } from '@miaodan/shared/disputes/lifecycle'
import type { PieceKind, RefundCause, Sealed } from '@miaodan/shared/disputes/model'
import type { Side } from '@miaodan/shared/orders/model'
import { moment } from '../../kernel/tables.ts'

const amount = (name: string) => bigint(name, { mode: 'bigint' })

export type StoredFile = { id: string, sha256: string }
export type Mark = 'buyer' | 'provider' | 'both'

export const refundRequests = pgTable('refund_requests', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  orderNumber: text('order_number').notNull(),
  title: text('title').notNull(),
  categoryId: uuid('category_id'),
  milestoneId: uuid('milestone_id').notNull(),
  position: integer('position').notNull(),
  milestoneTitle: text('milestone_title').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  providerId: uuid('provider_id').notNull(),
  askedBy: text('asked_by').$type<Side>().notNull(),
  cause: text('cause').$type<RefundCause>().notNull(),
  stage: text('stage', { enum: ['escrow', 'clearing'] }).notNull(),
  pot: amount('pot').notNull(),
  state: text('state').$type<RefundRequestState>().notNull(),
  version: integer('version').notNull(),
  offeredBy: text('offered_by').$type<Side>().notNull(),
  wanted: amount('wanted').notNull(),
  granted: amount('granted').notNull(),
  answerBy: moment('answer_by'),
  outcome: text('outcome', { enum: ['agreed', 'silence', 'ruled', 'withdrawn'] }),
  toBuyer: amount('to_buyer'),
  coupon: amount('coupon'),
  fee: amount('fee'),
  net: amount('net'),
  createdAt: moment('created_at').notNull(),
  endedAt: moment('ended_at'),
})
export type RequestRow = typeof refundRequests.$inferSelect

export const refundOffers = pgTable('refund_offers', {
  requestId: uuid('request_id').notNull().references(() => refundRequests.id),
  version: integer('version').notNull(),
  side: text('side').$type<Side>().notNull(),
  authorId: uuid('author_id').notNull(),
  amount: amount('amount').notNull(),
  message: text('message').notNull(),
  files: jsonb('files').$type<StoredFile[]>().notNull(),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.requestId, table.version] })])
export type OfferRow = typeof refundOffers.$inferSelect

export const disputes = pgTable('disputes', {
  id: uuid('id').primaryKey(),
  number: text('number').notNull().unique(),
  requestId: uuid('request_id').notNull().unique().references(() => refundRequests.id),
  orderId: uuid('order_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  providerId: uuid('provider_id').notNull(),
  categoryId: uuid('category_id'),
  pot: amount('pot').notNull(),
  state: text('state').$type<DisputeState>().notNull(),
  arbitratorId: uuid('arbitrator_id'),
  appellateId: uuid('appellate_id'),
  dueAt: moment('due_at'),
  evidenceUntil: moment('evidence_until').notNull(),
  evidenceExtended: boolean('evidence_extended').notNull().default(false),
  buyerDoneAt: moment('buyer_done_at'),
  providerDoneAt: moment('provider_done_at'),
  appealUntil: moment('appeal_until'),
  appealedBy: text('appealed_by').$type<Side>(),
  appealReason: text('appeal_reason'),
  appealedAt: moment('appealed_at'),
  openedAt: moment('opened_at').notNull(),
  endedAt: moment('ended_at'),
})
export type DisputeRow = typeof disputes.$inferSelect

export const evidencePieces = pgTable('evidence_pieces', {
  disputeId: uuid('dispute_id').notNull().references(() => disputes.id),
  number: integer('number').notNull(),
  kind: text('kind').$type<PieceKind>().notNull(),
  side: text('side', { enum: ['system', 'buyer', 'provider'] }).notNull(),
  authorId: uuid('author_id'),
  text: text('text'),
  sealed: jsonb('sealed').$type<Sealed>(),
  files: jsonb('files').$type<StoredFile[]>().notNull(),
  sha256: text('sha256').notNull(),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.disputeId, table.number] })])
export type PieceRow = typeof evidencePieces.$inferSelect

export const rulings = pgTable('rulings', {
  disputeId: uuid('dispute_id').notNull().references(() => disputes.id),
  instance: text('instance', { enum: ['first', 'appeal'] }).notNull(),
  arbitratorId: uuid('arbitrator_id').notNull(),
  toBuyer: amount('to_buyer').notNull(),
  toProvider: amount('to_provider').notNull(),
  reasons: text('reasons').notNull(),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.disputeId, table.instance] })])
export type RulingRow = typeof rulings.$inferSelect

export const rulingDrafts = pgTable('ruling_drafts', {
  disputeId: uuid('dispute_id').notNull().references(() => disputes.id),
  arbitratorId: uuid('arbitrator_id').notNull(),
  toBuyer: amount('to_buyer'),
  reasons: text('reasons').notNull(),
  marks: jsonb('marks').$type<Record<string, Mark>>().notNull(),
  savedAt: moment('saved_at').notNull(),
}, table => [primaryKey({ columns: [table.disputeId, table.arbitratorId] })])
