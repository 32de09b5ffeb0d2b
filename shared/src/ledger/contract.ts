/** The books, for staff. Nothing here changes them: money moves only through what happens to orders and payments. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idSchema } from '../kernel/ids.ts'
import { currencySchema, moneySchema } from '../kernel/money.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { asOfSchema, flagSchema, momentSchema } from '../kernel/wire.ts'
import { accountKindSchema, addressSchema, entryKindSchema } from './model.ts'

const refsSchema = z.object({ orderId: idSchema.nullable(), milestoneId: idSchema.nullable(), paymentId: idSchema.nullable(), userId: idSchema.nullable() })

export const ledgerAccountSchema = z.object({
  address: addressSchema,
  kind: accountKindSchema,
  balance: moneySchema,
  openedAt: momentSchema,
  opener: refsSchema.meta({ description: 'What the entry that opened the account was about.' }),
}).meta({ id: 'LedgerAccount' })
export type LedgerAccount = z.output<typeof ledgerAccountSchema>

export const ledgerPostingSchema = z.object({ from: addressSchema, to: addressSchema, amount: moneySchema }).meta({ id: 'LedgerPosting' })

export const ledgerEntrySchema = z.object({
  id: idSchema,
  key: z.string(),
  kind: entryKindSchema,
  chain: z.string(),
  sequence: z.number().int(),
  at: momentSchema,
  memo: z.string(),
  refs: refsSchema,
  hash: z.string().meta({ description: 'SHA-256 that the next entry of the chain carries.' }),
  postings: z.array(ledgerPostingSchema),
}).meta({ id: 'LedgerEntry' })
export type LedgerEntry = z.output<typeof ledgerEntrySchema>

export const statementLineSchema = z.object({
  entryId: idSchema,
  kind: entryKindSchema,
  at: momentSchema,
  memo: z.string(),
  counterpart: addressSchema,
  change: moneySchema.meta({ description: 'Negative when money left the account.' }),
  balance: moneySchema.nullable().meta({ description: 'After the change. Null for a platform account, which keeps no running balance.' }),
  refs: refsSchema,
}).meta({ id: 'LedgerStatementLine' })
export type StatementLine = z.output<typeof statementLineSchema>

export const trialBalanceSchema = z.object({
  asOf: asOfSchema,
  currency: currencySchema,
  kinds: z.array(z.object({ kind: accountKindSchema, accounts: z.number().int(), balance: moneySchema })),
  platform: z.array(z.object({ address: addressSchema, balance: moneySchema })),
  sum: moneySchema.meta({ description: 'Zero, or the books are broken.' }),
}).meta({ id: 'LedgerTrialBalance' })
export type TrialBalance = z.output<typeof trialBalanceSchema>

export const moneyTrailSchema = z.object({
  orderId: idSchema,
  paidIn: moneySchema,
  places: z.array(z.object({ address: addressSchema, amount: moneySchema })).meta({ description: 'Where the money is now. The amounts sum to `paidIn`.' }),
  leaves: z.array(z.object({ entryId: idSchema, address: addressSchema, amount: moneySchema, at: momentSchema, settled: z.boolean() }))
    .meta({ description: 'How it left the balances it reached: first in, first out.' }),
  steps: z.array(ledgerEntrySchema),
}).meta({ id: 'LedgerMoneyTrail' })
export type MoneyTrail = z.output<typeof moneyTrailSchema>

export const bookReportSchema = z.object({
  asOf: asOfSchema,
  ok: z.boolean(),
  entries: z.number().int(),
  postings: z.number().int(),
  faults: z.array(z.object({ check: z.string(), subject: z.string(), detail: z.string() })),
}).meta({ id: 'LedgerBookReport' })

const access = { staff: 'ledger.read' } as const
const addressParams = z.object({ address: addressSchema })

export const ledger = defineContracts('ledger', {
  listAccounts: { method: 'GET', path: '/ledger/accounts', access, summary: 'Accounts by address.',
    query: pageQuery.extend({ kind: accountKindSchema.optional(), search: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of the address, such as an id.' }), holding: flagSchema.optional().meta({ description: '`true`: only accounts that hold money.' }) }),
    output: pageOf(ledgerAccountSchema) },
  getAccount: { method: 'GET', path: '/ledger/accounts/:address', access, summary: 'One account with its balance.', params: addressParams, output: ledgerAccountSchema, errors: ['ledger.account_not_found'] },
  getStatement: { method: 'GET', path: '/ledger/accounts/:address/statement', access, summary: 'What moved on an account, newest first.',
    params: addressParams, query: pageQuery, output: pageOf(statementLineSchema), errors: ['ledger.account_not_found'] },
  listEntries: { method: 'GET', path: '/ledger/entries', access, summary: 'Entries about an order or a person, newest first; without either, all.',
    query: pageQuery.extend({ orderId: idSchema.optional(), userId: idSchema.optional() }), output: pageOf(ledgerEntrySchema) },
  getEntry: { method: 'GET', path: '/ledger/entries/:id', access, summary: 'One entry with its postings.', params: z.object({ id: idSchema }), output: ledgerEntrySchema, errors: ['ledger.entry_not_found'] },
  followOrder: { method: 'GET', path: '/ledger/orders/:id/trail', access, summary: "An order's money from payment to payout.", params: z.object({ id: idSchema }), output: moneyTrailSchema },
  trialBalance: { method: 'GET', path: '/ledger/trial-balance', access, summary: 'Balances by kind of account, and their sum.', output: trialBalanceSchema },
  verify: { method: 'GET', path: '/ledger/verification', access, summary: 'Check sums, balances and hash chains of the whole ledger.', output: bookReportSchema, perMinute: 6 },
})
