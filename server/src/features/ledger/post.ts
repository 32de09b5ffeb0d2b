/** Writing to the books: one call of the database function `ledger_post`, which locks, checks and moves. */
import { sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { constraintOf, sqlState, type Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { statement, value } from '../../kernel/statement.ts'
import type { NewEntry, Posted } from './entry.ts'

/** Each chain in a transaction holds a lock of the server's shared memory, which is not endless. */
const MAX_ENTRIES = 1_000

const ledgerPost = statement<{ entry_id: string, replayed: boolean }>(() => sql`select entry_id, replayed from ledger_post(${value('entries')}::text::jsonb)`)

/** Something that must never happen did: a key used for two different things, a posting across currencies, a bad address. */
export class LedgerInvariantError extends Error {
  readonly code: string

  constructor(code: string, detail: string, cause: unknown) {
    super(`${code}: ${detail}`, { cause })
    this.name = 'LedgerInvariantError'
    this.code = code
  }
}

/**
 * Puts one entry into the books, in the caller's transaction.
 *
 * The same key with the same content again changes nothing and says `replayed`. Throws the problem
 * `ledger.insufficient_balance` when an account would go below zero, and LedgerInvariantError
 * (`ledger.key_conflict`, `ledger.currency_mismatch`, `ledger.malformed`) for what is a fault of the program. After
 * either the transaction is lost and must be rolled back.
 */
export async function post(tx: Tx, entry: NewEntry): Promise<Posted> {
  const [posted] = await postAll(tx, [entry])
  if (!posted) throw new Error('ledger_post answered nothing')
  return posted
}

/**
 * Puts several entries into the books in one round trip. All locks are taken first and in sorted order, so use it
 * instead of several calls of `post` in one transaction wherever the entries are known together. At most 1,000.
 */
export async function postAll(tx: Tx, entries: NewEntry[]): Promise<Posted[]> {
  if (entries.length === 0) return []
  if (entries.length > MAX_ENTRIES) throw new RangeError(`at most ${MAX_ENTRIES} entries at a time`)
  try {
    const posted = await ledgerPost(tx, { entries: JSON.stringify(entries.map(toWire)) })
    return posted.map(({ entry_id: entryId, replayed }) => ({ entryId, replayed }))
  } catch (error) {
    throw translate(error)
  }
}

function toWire(entry: NewEntry) {
  return {
    id: newId(), key: entry.key, kind: entry.kind, chain: entry.chain, currency: entry.currency, memo: entry.memo ?? null, at: entry.at.toISOString(),
    order_id: entry.refs.orderId, milestone_id: entry.refs.milestoneId, payment_id: entry.refs.paymentId, user_id: entry.refs.userId,
    postings: entry.postings.map(posting => [posting.from, posting.to, posting.amount.toString()]),
  }
}

/** SQLSTATEs that ledger_post raises by itself. */
const INVARIANTS: Record<string, string> = { LG001: 'ledger.key_conflict', LG002: 'ledger.currency_mismatch', LG003: 'ledger.malformed' }
const CHECK_VIOLATION = '23514'

function translate(error: unknown): unknown {
  const state = sqlState(error) ?? ''
  if (state === CHECK_VIOLATION && constraintOf(error) === 'ledger_accounts_balance_not_negative') return problem('ledger.insufficient_balance')
  const code = INVARIANTS[state] ?? (state === CHECK_VIOLATION || state.startsWith('22') ? 'ledger.malformed' : undefined)
  return code ? new LedgerInvariantError(code, error instanceof Error ? error.message : String(error), error) : error
}
