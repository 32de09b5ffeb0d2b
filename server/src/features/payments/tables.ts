import type * as z from 'zod'
import { bigint, boolean, date, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Bank, PayoutChannel } from '@miaodan/shared/payments/account-numbers'
import type { PaymentState, PayoutState } from '@miaodan/shared/payments/lifecycle'
import type { RefundReason, RefundState } from '@miaodan/shared/payments/model'
import type { reconciliationSchema } from '@miaodan/shared/payments/wallet-model'
import { moment } from '../../kernel/tables.ts'

const amount = (name: string) => bigint(name, { mode: 'bigint' })

export const payments = pgTable('payments', {
  id: uuid('id').primaryKey(),
  purpose: text('purpose').notNull(),
  subjectId: uuid('subject_id').notNull(),
  parts: jsonb('parts').$type<Record<string, unknown>>().notNull().default({}),
  title: text('title').notNull(),
  payerId: uuid('payer_id').notNull(),
  amount: amount('amount').notNull(),
  currency: text('currency', { enum: ['CNY'] }).notNull().default('CNY'),
  coupon: amount('coupon').notNull().default(0n),
  gateway: text('gateway').notNull(),
  channel: text('channel').notNull(),
  state: text('state').$type<PaymentState>().notNull(),
  tradeNo: text('trade_no'),
  cashierUrl: text('cashier_url'),
  expiresAt: moment('expires_at').notNull(),
  paidAt: moment('paid_at'),
  refundedAmount: amount('refunded_amount').notNull().default(0n),
  failure: text('failure'),
  queryAt: moment('query_at'),
  claimedUntil: moment('claimed_until'),
  queries: integer('queries').notNull().default(0),
  createdAt: moment('created_at').notNull(),
})

export const paymentReceipts = pgTable('payment_receipts', {
  gateway: text('gateway').notNull(),
  tradeNo: text('trade_no').notNull(),
  paymentId: uuid('payment_id').notNull().references(() => payments.id),
  amount: amount('amount').notNull(),
  outcome: text('outcome', { enum: ['used', 'returned'] }).notNull(),
  reason: text('reason').$type<RefundReason>(),
  receivedAt: moment('received_at').notNull(),
}, table => [primaryKey({ columns: [table.gateway, table.tradeNo] })])

export const gatewayEvents = pgTable('gateway_events', {
  gateway: text('gateway').notNull(),
  eventId: text('event_id').notNull(),
  type: text('type').notNull(),
  subjectId: uuid('subject_id'),
  outcome: text('outcome').notNull(),
  amount: amount('amount').notNull(),
  receivedAt: moment('received_at').notNull(),
}, table => [primaryKey({ columns: [table.gateway, table.eventId] })])

export const refunds = pgTable('refunds', {
  id: uuid('id').primaryKey(),
  paymentId: uuid('payment_id').notNull().references(() => payments.id),
  payerId: uuid('payer_id').notNull(),
  orderId: uuid('order_id'),
  tradeNo: text('trade_no'),
  amount: amount('amount').notNull(),
  source: text('source', { enum: ['escrow', 'suspense'] }).notNull(),
  reason: text('reason').$type<RefundReason>().notNull(),
  state: text('state').$type<RefundState>().notNull(),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: moment('next_attempt_at'),
  claimedUntil: moment('claimed_until'),
  lastError: text('last_error'),
  createdAt: moment('created_at').notNull(),
  settledAt: moment('settled_at'),
})

export const payoutAccounts = pgTable('payout_accounts', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  channel: text('channel').$type<PayoutChannel>().notNull(),
  holderName: text('holder_name').notNull(),
  bank: text('bank').$type<Bank>(),
  accountCipher: text('account_cipher').notNull(),
  accountIndex: text('account_index').notNull(),
  accountTail: text('account_tail').notNull(),
  createdAt: moment('created_at').notNull(),
  removedAt: moment('removed_at'),
})

export const payouts = pgTable('payouts', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  accountId: uuid('account_id').notNull().references(() => payoutAccounts.id),
  amount: amount('amount').notNull(),
  state: text('state').$type<PayoutState>().notNull(),
  needsApproval: boolean('needs_approval').notNull().default(false),
  decidedBy: uuid('decided_by'),
  decidedAt: moment('decided_at'),
  gateway: text('gateway').notNull(),
  transferNo: text('transfer_no'),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: moment('next_attempt_at'),
  claimedUntil: moment('claimed_until'),
  failure: text('failure'),
  requestedAt: moment('requested_at').notNull(),
  endedAt: moment('ended_at'),
})

export const payoutLimits = pgTable('payout_limits', {
  id: uuid('id').primaryKey(),
  approvalAbove: bigint('approval_above', { mode: 'bigint' }),
  setAt: moment('set_at').notNull(),
})

export const reconciliations = pgTable('reconciliations', {
  gateway: text('gateway').notNull(),
  day: date('day').notNull(),
  claimedUntil: moment('claimed_until'),
  reconciledAt: moment('reconciled_at'),
  found: integer('found').notNull().default(0),
  report: jsonb('report').$type<z.input<typeof reconciliationSchema>>(),
}, table => [primaryKey({ columns: [table.gateway, table.day] })])
