/** My orders: one section at a time, the most urgent first, with the counts of all. */
import { and, eq, ilike, inArray, isNull, ne, notInArray, or, sql, type SQL } from 'drizzle-orm'
import type * as z from 'zod'
import type { Section, orders as contracts } from '@miaodan/shared/orders/contract'
import type { Side } from '@miaodan/shared/orders/model'
import type { Deps } from '../../deps.ts'
import { cursorAt, LATEST_MS, readCursor } from '../../kernel/cursor.ts'
import { containing, type Executor } from '../../kernel/db.ts'
import { orderRows } from './rows.ts'
import { orders, type OrderRow } from './tables.ts'

type Query = z.output<typeof contracts.list.query>
const ENDED: OrderRow['state'][] = ['completed', 'expired', 'cancelled']

/** What waits for the person themself, what is with somebody else, and what is over. */
function inSection(section: Section, side: Side): SQL | undefined {
  // A completed order waits for somebody while a refund is asked of what is clearing.
  if (section === 'waiting') return or(eq(orders.waitsFor, side), eq(orders.changeFor, side))
  const isNot = (column: typeof orders.waitsFor | typeof orders.changeFor) => or(isNull(column), ne(column, side))
  return and(section === 'done' ? inArray(orders.state, ENDED) : notInArray(orders.state, ENDED), isNot(orders.waitsFor), isNot(orders.changeFor))
}

export async function listOrders(db: Executor, deps: Deps, userId: string, query: Query) {
  const mine = and(eq(query.side === 'buyer' ? orders.buyerId : orders.providerId, userId), found(query))
  const [rows, counts] = await Promise.all([readPage(db, query, mine), countSections(db, query.side, mine)])
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: await orderRows(db, deps, shown, () => query.side),
    next: rows.length > query.limit && last ? cursorOf(query.section, last) : null,
    counts,
  }
}

function found({ q, side }: Query): SQL | undefined {
  if (!q) return undefined
  const pattern = containing(q)
  return or(ilike(orders.number, pattern), ilike(orders.title, pattern), ilike(side === 'buyer' ? orders.providerName : orders.buyerName, pattern))
}

/** Open sections by their next date, what has none last; the finished by when they ended, newest first. Milliseconds, so that a cursor says it exactly. */
const dueMs = sql<string>`coalesce(floor(extract(epoch from least(${orders.nextAt}, ${orders.changeAt})) * 1000)::bigint, ${sql.raw(String(LATEST_MS))})`
const endedMs = sql<string>`coalesce(floor(extract(epoch from ${orders.endedAt}) * 1000)::bigint, 0)`

function cursorOf(section: Section, row: OrderRow): string {
  const ms = section === 'done' ? row.endedAt?.getTime() ?? 0 : Math.min(row.nextAt?.getTime() ?? LATEST_MS, row.changeAt?.getTime() ?? LATEST_MS)
  return cursorAt(ms, row.id)
}

async function readPage(db: Executor, query: Query, mine: SQL | undefined): Promise<OrderRow[]> {
  const last = readCursor(query.cursor)
  const done = query.section === 'done'
  const beyond = last && (done ? sql`(${endedMs}, ${orders.id}) < (${last.ms}::bigint, ${last.id}::uuid)` : sql`(${dueMs}, ${orders.id}) > (${last.ms}::bigint, ${last.id}::uuid)`)
  return db.select().from(orders).where(and(mine, inSection(query.section, query.side), beyond))
    .orderBy(...done ? [sql`${endedMs} desc`, sql`${orders.id} desc`] : [dueMs, orders.id]).limit(query.limit + 1)
}

async function countSections(db: Executor, side: Side, mine: SQL | undefined): Promise<Record<Section, number>> {
  const count = (section: Section) => sql<string>`count(*) filter (where ${inSection(section, side)})`
  const [row] = await db.select({ waiting: count('waiting'), in_progress: count('in_progress'), done: count('done') }).from(orders).where(mine)
  return { waiting: Number(row?.waiting ?? 0), in_progress: Number(row?.in_progress ?? 0), done: Number(row?.done ?? 0) }
}
