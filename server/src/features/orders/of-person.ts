/** A person's deals, for staff. */
import { desc, eq, inArray, or, sql } from 'drizzle-orm'
import { fen } from '@miaodan/shared/kernel/money'
import type { Executor } from '../../kernel/db.ts'
import { sideOf } from './policy.ts'
import { orders } from './tables.ts'

export async function dealsOfPerson(db: Executor, userId: string, latest: number) {
  const theirs = or(eq(orders.buyerId, userId), eq(orders.providerId, userId))
  const running = inArray(orders.state, ['paid', 'in_progress'])
  const [[totals], rows] = await Promise.all([
    db.select({
      bought: sql<number>`count(*) filter (where ${orders.buyerId} = ${userId})::int`, sold: sql<number>`count(*) filter (where ${orders.providerId} = ${userId})::int`,
      running: sql<number>`count(*) filter (where ${running})::int`,
    }).from(orders).where(theirs),
    db.select().from(orders).where(theirs).orderBy(desc(orders.id)).limit(latest),
  ])
  return {
    bought: totals?.bought ?? 0, sold: totals?.sold ?? 0, running: totals?.running ?? 0,
    latest: rows.map(row => ({ id: row.id, number: row.number, title: row.title, state: row.state, side: sideOf(row, userId) ?? 'buyer' as const, price: fen(row.price), createdAt: row.createdAt })),
  }
}
