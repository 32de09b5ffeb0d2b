/** Reading entries, and the lines of one account. Every list is paged by a cursor. */
import { sql, type SQL } from 'drizzle-orm'
import { fen } from '@miaodan/shared/kernel/money'
import type { LedgerEntry, StatementLine } from '@miaodan/shared/ledger/contract'
import type { EntryKind } from '@miaodan/shared/ledger/model'
import type { Executor } from '../../kernel/db.ts'

export type Page<T> = { items: T[], next: string | null }
export type PageRequest = { cursor?: string | undefined, limit: number }

type RefRow = { order_id: string | null, milestone_id: string | null, payment_id: string | null, user_id: string | null }
type EntryRow = RefRow & { id: string, key: string, kind: LedgerEntry['kind'], chain: string, sequence: string, at: string, memo: string, hash: string, postings: [string, string, string][] }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Entries about an order, about a person, or all of them, newest first. */
export async function entriesOf(executor: Executor, about: { orderId?: string | undefined, userId?: string | undefined }, page: PageRequest): Promise<Page<LedgerEntry>> {
  const conditions = [
    about.orderId && sql`order_id = ${about.orderId}`, about.userId && sql`user_id = ${about.userId}`,
    page.cursor && UUID.test(page.cursor) && sql`id < ${page.cursor}`,
  ].filter(condition => typeof condition === 'object')
  const rows = await readEntries(executor, conditions, sql`order by id desc limit ${page.limit + 1}`)
  return pageOfRows(rows, page.limit, entry => entry.id)
}

export async function entryById(executor: Executor, id: string): Promise<LedgerEntry | undefined> {
  const [entry] = await readEntries(executor, [sql`id = ${id}`], sql``)
  return entry
}

/** Entries that satisfy all conditions, with their postings. */
export async function readEntries(executor: Executor, conditions: SQL[], rest: SQL): Promise<LedgerEntry[]> {
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  const rows = await executor.execute<EntryRow>(sql`
    select id, key, kind, chain, sequence, at, memo, encode(hash, 'hex') as hash, order_id, milestone_id, payment_id, user_id,
      (select json_agg(json_build_array(source, destination, amount::text) order by ordinal) from ledger_postings where entry_id = ledger_entries.id) as postings
    from ledger_entries ${where} ${rest}`)
  return rows.map(row => ({
    id: row.id, key: row.key, kind: row.kind, chain: row.chain, sequence: Number(row.sequence), at: new Date(row.at), memo: row.memo, hash: row.hash, refs: refsOf(row),
    postings: row.postings.map(([from, to, amount]) => ({ from, to, amount: fen(BigInt(amount)) })),
  }))
}

type LineRow = RefRow & { id: string, entry_id: string, kind: LedgerEntry['kind'], at: string, memo: string, counterpart: string, change: string, balance: string | null }

/** What moved on an account, newest first, each line with the balance after it; of some kinds of entries only, if they are named. */
export async function statementOf(executor: Executor, address: string, page: PageRequest & { kinds?: readonly EntryKind[] | undefined }): Promise<Page<StatementLine>> {
  const before = page.cursor && /^\d{1,18}$/.test(page.cursor) ? sql`and id < ${page.cursor}` : sql``
  const ofKinds = page.kinds ? sql`and exists (select 1 from ledger_entries where ledger_entries.id = entry_id and kind = any(${sql.param([...page.kinds])}::text[]))` : sql``
  const newest = sql`${before} ${ofKinds} order by id desc limit ${page.limit + 1}`
  // Each side is read along its own index, so a page costs the same however long the account's history is.
  const rows = await executor.execute<LineRow>(sql`
    select line.id, entry_id, kind, line.at, memo, counterpart, change, balance, order_id, milestone_id, payment_id, user_id from (
      (select id, entry_id, at, source as counterpart, amount as change, destination_balance as balance from ledger_postings where destination = ${address} ${newest})
      union all
      (select id, entry_id, at, destination, -amount, source_balance from ledger_postings where source = ${address} ${newest})
    ) as line join ledger_entries as entry on entry.id = line.entry_id
    order by line.id desc limit ${page.limit + 1}`)
  const { items, next } = pageOfRows([...rows], page.limit, row => row.id)
  return {
    next,
    items: items.map(row => ({
      entryId: row.entry_id, kind: row.kind, at: new Date(row.at), memo: row.memo, counterpart: row.counterpart,
      change: fen(BigInt(row.change)), balance: row.balance === null ? null : fen(BigInt(row.balance)), refs: refsOf(row),
    })),
  }
}

export function refsOf(row: RefRow): LedgerEntry['refs'] {
  return { orderId: row.order_id, milestoneId: row.milestone_id, paymentId: row.payment_id, userId: row.user_id }
}

/** A page from one row more than it may hold: the extra one says that there is a next. */
export function pageOfRows<T>(rows: T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}
