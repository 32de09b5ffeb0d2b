import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { AnnouncementState } from '@miaodan/shared/announcements/lifecycle'
import { ANNOUNCEMENT_KINDS } from '@miaodan/shared/announcements/rules'
import { moment } from '../../kernel/tables.ts'

export const announcements = pgTable('announcements', {
  id: uuid('id').primaryKey(),
  kind: text('kind', { enum: ANNOUNCEMENT_KINDS }).notNull(),
  titleZh: text('title_zh').notNull(),
  titleEn: text('title_en').notNull(),
  bodyZh: text('body_zh').notNull(),
  bodyEn: text('body_en').notNull(),
  effectiveAt: moment('effective_at'),
  state: text('state').$type<AnnouncementState>().notNull(),
  publishedAt: moment('published_at'),
  createdBy: uuid('created_by').notNull(),
  createdAt: moment('created_at').notNull(),
})
export type AnnouncementRow = typeof announcements.$inferSelect

export const announcementReaders = pgTable('announcement_readers', {
  userId: uuid('user_id').primaryKey(),
  readUntil: moment('read_until').notNull(),
})
