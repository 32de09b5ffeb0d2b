import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type * as z from 'zod'
import { SUBJECT_KINDS, MESSAGE_KINDS, type cardSchema } from '@miaodan/shared/chat/model'
import { moment } from '../../kernel/tables.ts'

/** Documents are stored as the wire has them: amounts and moments are text. */
export type StoredCard = z.input<typeof cardSchema>

export const conversations = pgTable('conversations', {
  id: uuid('id').primaryKey(),
  lowId: uuid('low_id').notNull(),
  highId: uuid('high_id').notNull(),
  lastSeq: integer('last_seq').notNull().default(0),
  lastAt: moment('last_at').notNull(),
  createdAt: moment('created_at').notNull(),
}, table => [unique().on(table.lowId, table.highId)])

export const participants = pgTable('conversation_participants', {
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id),
  userId: uuid('user_id').notNull(),
  readSeq: integer('read_seq').notNull().default(0),
  toldSeq: integer('told_seq').notNull().default(0),
  muted: boolean('muted').notNull().default(false),
  blockedAt: moment('blocked_at'),
}, table => [primaryKey({ columns: [table.conversationId, table.userId] })])

export const unreadSweep = pgTable('unread_sweep', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  lookedAt: moment('looked_at').notNull().defaultNow(),
  settledUntil: moment('settled_until').notNull().defaultNow(),
})

export const subjects = pgTable('conversation_subjects', {
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id),
  kind: text('kind', { enum: SUBJECT_KINDS }).notNull(),
  subjectId: uuid('subject_id').notNull(),
  title: text('title').notNull(),
  number: text('number'),
  amount: bigint('amount', { mode: 'bigint' }),
  lastAt: moment('last_at').notNull(),
}, table => [primaryKey({ columns: [table.conversationId, table.kind, table.subjectId] })])

export const messages = pgTable('messages', {
  conversationId: uuid('conversation_id').notNull().references(() => conversations.id),
  seq: integer('seq').notNull(),
  senderId: uuid('sender_id'),
  clientId: text('client_id').notNull(),
  kind: text('kind', { enum: MESSAGE_KINDS }).notNull(),
  text: text('text').notNull().default(''),
  uploadIds: uuid('upload_ids').array().notNull().default([]),
  card: jsonb('card').$type<StoredCard>(),
  removedAt: moment('removed_at'),
  createdAt: moment('created_at').notNull(),
  // Of each month; of all months by post_message.
}, table => [primaryKey({ columns: [table.conversationId, table.seq] }), unique().on(table.conversationId, table.senderId, table.clientId).nullsNotDistinct()])
export type MessageRow = typeof messages.$inferSelect
