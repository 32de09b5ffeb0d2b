import { boolean, integer, jsonb, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { NOTICE_CHANNELS, NOTICE_GROUP_NAMES } from '@miaodan/shared/notifications/groups'
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
export type NoticeRow = typeof notices.$inferSelect

export const noticeSendings = pgTable('notice_sendings', {
  id: uuid('id').primaryKey(),
  noticeId: uuid('notice_id').notNull().references(() => notices.id),
  channel: text('channel', { enum: NOTICE_CHANNELS }).notNull(),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: moment('next_attempt_at'),
  notBefore: moment('not_before'),
  claimedUntil: moment('claimed_until'),
  sentAt: moment('sent_at'),
  dropped: text('dropped', { enum: ['no_contact', 'switched_off', 'overtaken'] }),
  deadAt: moment('dead_at'),
  lastError: text('last_error'),
}, table => [unique().on(table.noticeId, table.channel)])

export const noticeChoices = pgTable('notice_choices', {
  userId: uuid('user_id').notNull(),
  group: text('group_name', { enum: NOTICE_GROUP_NAMES }).notNull(),
  email: boolean('email').notNull(),
  sms: boolean('sms').notNull(),
}, table => [primaryKey({ columns: [table.userId, table.group] })])

export const quietHours = pgTable('quiet_hours', {
  userId: uuid('user_id').primaryKey(),
  fromMinute: smallint('from_minute').notNull(),
  untilMinute: smallint('until_minute').notNull(),
  timeZone: text('time_zone').notNull(),
})
