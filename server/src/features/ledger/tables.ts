/** Mirrors migrations/0004_ledger.sql. Rows are written by its function `ledger_post` alone. */
import { bigint, boolean, customType, index, numeric, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { isNotNull } from 'drizzle-orm'
import { moment } from '../../kernel/tables.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })
const amount = (name: string) => bigint(name, { mode: 'bigint' })

export const ledgerAccounts = pgTable('ledger_accounts', {
  address: text('address').primaryKey(),
  currency: text('currency').notNull(),
  balance: amount('balance'),
  openedAt: moment('opened_at').notNull(),
})

export const ledgerEntries = pgTable('ledger_entries', {
  id: uuid('id').primaryKey(),
  key: text('key').notNull().unique(),
  kind: text('kind').notNull(),
  chain: text('chain').notNull(),
  sequence: bigint('sequence', { mode: 'bigint' }).notNull(),
  currency: text('currency').notNull(),
  orderId: uuid('order_id'),
  milestoneId: uuid('milestone_id'),
  paymentId: uuid('payment_id'),
  userId: uuid('user_id'),
  memo: text('memo').notNull(),
  at: moment('at').notNull(),
  contentHash: bytea('content_hash').notNull(),
  previousHash: bytea('previous_hash'),
  hash: bytea('hash').notNull(),
}, table => [
  unique().on(table.chain, table.sequence),
  index('ledger_entries_order').on(table.orderId, table.id).where(isNotNull(table.orderId)),
  index('ledger_entries_user').on(table.userId, table.id).where(isNotNull(table.userId)),
])

export const ledgerPostings = pgTable('ledger_postings', {
  id: bigint('id', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
  entryId: uuid('entry_id').notNull().references(() => ledgerEntries.id),
  ordinal: smallint('ordinal').notNull(),
  source: text('source').notNull(),
  destination: text('destination').notNull(),
  amount: amount('amount').notNull(),
  currency: text('currency').notNull(),
  sourceBalance: amount('source_balance'),
  destinationBalance: amount('destination_balance'),
  at: moment('at').notNull(),
}, table => [
  primaryKey({ columns: [table.entryId, table.ordinal] }),
  index('ledger_postings_source').on(table.source, table.id),
  index('ledger_postings_destination').on(table.destination, table.id),
])

export const ledgerCheckpoints = pgTable('ledger_checkpoints', {
  address: text('address').primaryKey(),
  postingId: bigint('posting_id', { mode: 'bigint' }).notNull(),
  balance: numeric('balance').notNull(),
  takenAt: moment('taken_at').notNull(),
})

export const ledgerCheckpointMark = pgTable('ledger_checkpoint_mark', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  postingId: bigint('posting_id', { mode: 'bigint' }).notNull(),
  nextTransaction: xid8('next_transaction').notNull(),
})
