/** An entry as its author writes it, before it is in the books. */
import type { Currency } from '@miaodan/shared/kernel/money'
import type { EntryKind } from '@miaodan/shared/ledger/model'

/** One movement: `amount` minor units, greater than zero, leave `from` and arrive at `to`. It cannot be unbalanced. */
export type Posting = { from: string, to: string, amount: bigint }

/** What an entry is about. All are UUIDs; they make it findable, they do not move money. */
export type Refs = { orderId?: string, milestoneId?: string, paymentId?: string, userId?: string }

export type NewEntry = {
  /** Names the business event, once for all time: `milestone.released:<milestone id>`. */
  key: string
  kind: EntryKind
  /** Entries of one chain carry the hash of the one before: `order:<id>`, `user:<id>`. Posting to one chain is serial. */
  chain: string
  currency: Currency
  /** One to MAX_POSTINGS. Applied in this order, so money may pass through an account. */
  postings: Posting[]
  refs: Refs
  memo?: string
  /** When it happened, by the product's clock. Not part of what a replay is compared with. */
  at: Date
}

/** `replayed`: the same key with the same content was in the books already, and nothing was changed. */
export type Posted = { entryId: string, replayed: boolean }
