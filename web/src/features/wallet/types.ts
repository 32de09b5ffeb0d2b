import type { AnswerOf, RowOf } from '@/lib/api-types.ts'
import type { api } from '@/lib/api.ts'

export type Wallet = AnswerOf<typeof api.wallet.get>
export type History = AnswerOf<typeof api.wallet.history>
export type WalletEntry = RowOf<typeof api.wallet.listEntries>
export type PayoutAccount = RowOf<typeof api.wallet.listAccounts>
export type Payout = RowOf<typeof api.wallet.listPayouts>
export type WhereItem = RowOf<typeof api.orders.moneyWhere>
