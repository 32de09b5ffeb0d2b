import { integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { ReportState } from '@miaodan/shared/admin/lifecycle'
import { REPORT_REASONS } from '@miaodan/shared/admin/reports'
import { moment } from '../../kernel/tables.ts'

export const reports = pgTable('reports', {
  id: uuid('id').primaryKey(),
  kind: text('kind', { enum: ['message', 'review'] }).notNull(),
  subjectId: uuid('subject_id').notNull(),
  seq: integer('seq'),
  authorId: uuid('author_id').notNull(),
  reporterId: uuid('reporter_id').notNull(),
  content: text('content').notNull(),
  context: text('context').notNull(),
  reason: text('reason', { enum: REPORT_REASONS }).notNull(),
  note: text('note').notNull(),
  state: text('state').$type<ReportState>().notNull(),
  decidedBy: uuid('decided_by'),
  decidedAt: moment('decided_at'),
  decisionNote: text('decision_note'),
  createdAt: moment('created_at').notNull(),
}, table => [unique().on(table.kind, table.subjectId, table.seq, table.reporterId).nullsNotDistinct()])
export type ReportRow = typeof reports.$inferSelect
