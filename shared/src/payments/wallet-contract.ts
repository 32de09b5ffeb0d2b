/** A person's money: what there is, what moved, where to pay it out, and the paperwork. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { positiveMoneySchema } from '../kernel/money.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema } from '../kernel/wire.ts'
import { BANKS, PAYOUT_CHANNELS } from './account-numbers.ts'
import { monthSchema, STATEMENT_FORMATS, monthlyStatementSchema } from './statement-model.ts'
import {
  amountQuerySchema, balanceHistorySchema, ENTRY_GROUPS, payoutAccountSchema, payoutPreviewSchema, payoutSchema, voucherSchema, walletEntrySchema, walletSchema,
} from './wallet-model.ts'

/** An identity confirmation made just before; see accounts.confirmIdentity. It serves once. */
const confirmationId = idSchema.meta({ description: 'Id of a confirmation of identity. It serves once.' })
const confirmationErrors = ['accounts.identity_unconfirmed'] as const
const payoutErrors = ['payments.balance_too_low', 'payments.payout_too_small', 'payments.payout_too_large'] as const

export const wallet = defineContracts('wallet', {
  get: { method: 'GET', path: '/wallet', access: 'user', output: walletSchema, summary: 'What you have: available, in clearing, on its way to your bank, on its way back to you.' },
  history: { method: 'GET', path: '/wallet/history', access: 'user', output: balanceHistorySchema, summary: 'Your available balance over the last 30 days, at the end of each day on which it changed.' },
  listEntries: {
    method: 'GET', path: '/wallet/entries', access: 'user', query: pageQuery.extend({ group: z.enum(ENTRY_GROUPS).optional() }), output: pageOf(walletEntrySchema),
    summary: 'What moved in your available balance, newest first, each with the balance after it.',
  },
  listVouchers: { method: 'GET', path: '/wallet/vouchers', access: 'user', query: pageQuery, output: pageOf(voucherSchema), summary: 'Payments you made, each with its voucher, newest first.' },
  getVoucher: {
    method: 'GET', path: '/payments/:id/voucher', access: 'user', params: idParams, media: 'application/pdf', perMinute: 30,
    summary: 'The voucher of a payment as PDF, for who paid and who was paid.', errors: ['payments.no_voucher'],
  },
  listStatements: { method: 'GET', path: '/wallet/statements', access: 'user', output: z.object({ items: z.array(monthlyStatementSchema) }), summary: 'Your statements: every month since money first moved, newest first.' },
  getStatement: {
    method: 'GET', path: '/wallet/statements/:month', access: 'user', params: z.object({ month: monthSchema }), query: z.object({ format: z.enum(STATEMENT_FORMATS).default('pdf') }), media: 'application/octet-stream', perMinute: 30,
    summary: 'The statement of a month as PDF, Excel or CSV: your balance, what you earned and what you paid, line by line.', errors: ['payments.no_statement'],
  },

  listAccounts: {
    method: 'GET', path: '/wallet/payout-accounts', access: 'user', summary: 'Where you can be paid out to, and the name such an account must have.',
    output: z.object({ items: z.array(payoutAccountSchema), holderName: z.string().nullable().meta({ description: 'Your confirmed real name; null while it is not confirmed.' }) }),
  },
  addAccount: {
    method: 'POST', path: '/wallet/payout-accounts', access: 'user', status: 201, output: payoutAccountSchema, perMinute: 10,
    summary: 'Add an account to be paid out to. The number is kept encrypted and never shown again.',
    body: z.object({ channel: z.enum(PAYOUT_CHANNELS), holderName: lineSchema(30, 2), bank: z.enum(BANKS).optional(), account: lineSchema(100), confirmationId }),
    errors: [...confirmationErrors, 'payments.account_number', 'payments.bank_needed', 'payments.holder_name', 'payments.account_known', 'payments.too_many_accounts'],
  },
  removeAccount: {
    method: 'DELETE', path: '/wallet/payout-accounts/:id', access: 'user', params: idParams, query: z.object({ confirmationId }),
    summary: 'Remove an account. Payouts under way to it still arrive.', errors: ['kernel.not_found', ...confirmationErrors],
  },

  previewPayout: {
    method: 'GET', path: '/wallet/payout-preview', access: 'user', query: z.object({ amount: amountQuerySchema }), output: payoutPreviewSchema, perMinute: 120,
    summary: 'What a payout of this amount would cost, when it would arrive, and what would be left.', errors: [...payoutErrors],
  },
  requestPayout: {
    method: 'POST', path: '/wallet/payouts', access: 'user', status: 201, idempotency: 'required', output: payoutSchema, perMinute: 30,
    summary: 'Pay out from your balance to one of your accounts. The money leaves the balance at once and comes back when the bank refuses.',
    body: z.object({ accountId: idSchema, amount: positiveMoneySchema, confirmationId }), errors: [...confirmationErrors, ...payoutErrors, 'payments.payout_account_unknown'],
  },
  listPayouts: { method: 'GET', path: '/wallet/payouts', access: 'user', query: pageQuery, output: pageOf(payoutSchema), summary: 'Your payouts, newest first.' },
  getPayout: { method: 'GET', path: '/wallet/payouts/:id', access: 'user', params: idParams, output: payoutSchema, summary: 'One of your payouts.' },
})
