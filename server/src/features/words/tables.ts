import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from '../../kernel/tables.ts'

export const sensitiveWords = pgTable('sensitive_words', {
  id: uuid('id').primaryKey(),
  text: text('text').notNull(),
  /** The text with blanks and signs taken out, so that the same word is not kept twice. */
  key: text('key').notNull(),
  addedAt: moment('added_at').notNull(),
  removedAt: moment('removed_at'),
})
