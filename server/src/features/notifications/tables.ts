import { integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { NoticeType } from '@miaodan/shared/notifications/texts'
import { moment } from '../../kernel/tables.ts'

export const notices = pgTable('notices', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  type: text('type').$type<NoticeType>().notNull(),
  params: jsonb('params').$type<Record<string, string>>().notNull().default({}),
  link: text('link'),
  createdAt: moment('created_at').notNull(),
  readAt: moment('read_at'),
  eventId: uuid('event_id').notNull(),
}, table => [unique().on(table.userId, table.type, table.eventId)])

export const noticeSendings = pgTable('notice_sendings', {
  id: uuid('id').primaryKey(),
  noticeId: uuid('notice_id').notNull().references(() => notices.id),
  channel: text('channel', { enum: ['sms', 'email'] }).notNull(),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: moment('next_attempt_at'),
  claimedUntil: moment('claimed_until'),
  sentAt: moment('sent_at'),
  lastError: text('last_error'),
}, table => [unique().on(table.noticeId, table.channel)])
