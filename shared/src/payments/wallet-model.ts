import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { MAX_AMOUNT, moneySchema } from '../kernel/money.ts'
import { momentSchema } from '../kernel/wire.ts'
import { entryKindSchema, type EntryKind } from '../ledger/model.ts'
import { BANKS, PAYOUT_CHANNELS } from './account-numbers.ts'
import { payoutLifecycle } from './lifecycle.ts'
import { paymentChannelSchema, PAYMENT_PURPOSES } from './model.ts'

/** Limits of one payout, in fen. */
export const PAYOUT_MINIMUM = 100n
export const PAYOUT_MAXIMUM = 5_000_000n
export const MAX_PAYOUT_ACCOUNTS = 10

/** How what moved in a balance is told apart when one looks for something. */
export const ENTRY_GROUPS = ['earned', 'payout', 'paid', 'refund'] as const
export type EntryGroup = typeof ENTRY_GROUPS[number]
export const KINDS_OF_GROUP: Record<EntryGroup, readonly EntryKind[]> = {
  earned: ['clearing.ended'],
  payout: ['payout.requested', 'payout.paid', 'payout.failed'],
  paid: ['escrow.funded_from_balance'],
  refund: ['refund.credited', 'suspense.credited'],
}

/** Fen in a query string. */
export const amountQuerySchema = z.codec(z.string().regex(/^[1-9]\d{0,17}$/).meta({ description: 'Fen.' }), z.bigint().positive().max(MAX_AMOUNT), { decode: text => BigInt(text), encode: value => value.toString() })

export const walletSchema = z.object({
  available: moneySchema,
  clearing: moneySchema.meta({ description: 'Earned, and yours when the days to claim it back are over.' }),
  inPayout: moneySchema,
  returning: moneySchema.meta({ description: 'Refunds on their way to where they were paid from.' }),
  payoutArrivesBy: momentSchema.meta({ description: 'When a payout asked for now is there at the latest.' }),
}).meta({ id: 'Wallet' })

export const balanceHistorySchema = z.object({
  from: momentSchema,
  to: momentSchema,
  opening: moneySchema,
  steps: z.array(z.object({ at: momentSchema, balance: moneySchema })),
}).meta({ id: 'BalanceHistory' })

export const payoutAccountSchema = z.object({
  id: idSchema,
  channel: z.enum(PAYOUT_CHANNELS),
  bank: z.enum(BANKS).nullable(),
  tail: z.string().meta({ description: 'The last digits of a card, or a wallet account with most of it hidden.' }),
  holderName: z.string(),
  lastUsedAt: momentSchema.nullable(),
  createdAt: momentSchema,
}).meta({ id: 'PayoutAccount' })

export const payoutPreviewSchema = z.object({
  amount: moneySchema,
  fee: moneySchema,
  needsApproval: z.boolean().meta({ description: 'So large that our finance looks at it first; the date counts from then.' }),
  arrivesBy: momentSchema,
  balanceAfter: moneySchema,
}).meta({ id: 'PayoutPreview' })

export const payoutSchema = z.object({
  id: idSchema,
  amount: moneySchema,
  state: z.enum(payoutLifecycle.states),
  waitsForApproval: z.boolean(),
  account: z.object({ id: idSchema, channel: z.enum(PAYOUT_CHANNELS), bank: z.enum(BANKS).nullable(), tail: z.string(), holderName: z.string() }),
  requestedAt: momentSchema,
  arrivesBy: momentSchema,
  endedAt: momentSchema.nullable(),
  failure: z.string().nullable().meta({ description: 'Why the bank refused, in the network\'s word, such as `name_mismatch`; for a rejected one, what our finance wrote.' }),
}).meta({ id: 'Payout' })

export const voucherSchema = z.object({
  paymentId: idSchema,
  title: z.string(),
  purpose: z.enum(PAYMENT_PURPOSES),
  subjectId: idSchema,
  amount: moneySchema,
  channel: paymentChannelSchema,
  paidAt: momentSchema,
}).meta({ id: 'Voucher' })

export const walletEntrySchema = z.object({
  id: idSchema.meta({ description: 'Id of the ledger\'s entry.' }),
  kind: entryKindSchema,
  at: momentSchema,
  change: moneySchema.meta({ description: 'Negative when money left.' }),
  balance: moneySchema.meta({ description: 'After the change.' }),
  orderId: idSchema.nullable(),
  title: z.string().nullable().meta({ description: 'Of the order or requirement it was about.' }),
  payout: payoutSchema.nullable(),
  voucherOf: idSchema.nullable().meta({ description: 'The payment whose voucher belongs to it.' }),
}).meta({ id: 'WalletEntry' })
export type WalletEntry = z.output<typeof walletEntrySchema>

/** What stands on one side of a comparison with the gateway's bill and not, or otherwise, on the other. */
export const DIFFERENCE_KINDS = ['missing_here', 'missing_there', 'amount'] as const
const totalSchema = z.object({ count: z.number().int(), amount: moneySchema })
const totalsSchema = z.object({ payment: totalSchema, refund: totalSchema, transfer: totalSchema })

export const reconciliationSchema = z.object({
  day: z.iso.date(),
  gateway: z.string(),
  bill: totalsSchema,
  books: totalsSchema,
  differences: z.array(z.object({
    kind: z.enum(['payment', 'refund', 'transfer']),
    outNo: z.string(),
    no: z.string().nullable(),
    reason: z.enum(DIFFERENCE_KINDS),
    bill: moneySchema.nullable(),
    books: moneySchema.nullable(),
  })),
}).meta({ id: 'Reconciliation' })
export type Reconciliation = z.output<typeof reconciliationSchema>

export const dailyReconciliationSchema = z.object({
  day: z.iso.date(),
  at: momentSchema.meta({ description: 'When it was compared.' }),
  payments: moneySchema,
  refunds: moneySchema,
  payouts: moneySchema,
  found: z.number().int().meta({ description: 'Receipts that only the bill told of, settled then.' }),
  differences: z.number().int().meta({ description: 'What still differs.' }),
}).meta({ id: 'DailyReconciliation' })
export type DailyReconciliation = z.output<typeof dailyReconciliationSchema>
