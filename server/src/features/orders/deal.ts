/** An order with its milestones, read and changed under the lock of the order's row: whoever changes any part locks the order first. */
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Executor, Tx } from '../../kernel/db.ts'
import { statement, value } from '../../kernel/statement.ts'
import { leave } from '../../kernel/tx.ts'
import { nextStep } from './next-step.ts'
import { milestones, orders, type MilestoneRow, type OrderRow } from './tables.ts'

export type Deal = { order: OrderRow, milestones: MilestoneRow[] }

export const isClosed = (milestone: Pick<MilestoneRow, 'state'>): boolean => milestone.state === 'released' || milestone.state === 'refunded' || milestone.state === 'split'

/** The milestone whose turn it is: the first that is neither closed nor held by a refund request, so that one in dispute does not stop the others. */
export const currentMilestone = (list: readonly MilestoneRow[]): MilestoneRow | undefined => list.find(milestone => !isClosed(milestone) && milestone.heldBy === null)

const orderById = statement(db => db.select().from(orders).where(eq(orders.id, value('id'))))
const orderToChange = statement(db => db.select().from(orders).where(eq(orders.id, value('id'))).for('update'))
const milestonesOf = statement(db => db.select().from(milestones).where(eq(milestones.orderId, value('orderId'))).orderBy(asc(milestones.position)))
const keepTurn = statement(db => db.update(orders).set({ waitsFor: sql`${value('waitsFor')}::text`, nextAt: sql`${value('nextAt')}::timestamptz` }).where(eq(orders.id, value('id'))))

export async function readDeal(executor: Executor, orderId: string): Promise<Deal | undefined> {
  const [[order], list] = await Promise.all([orderById(executor, { id: orderId }), milestonesOf(executor, { orderId })])
  return order && { order, milestones: list }
}

/** Milestones of several orders, in their order, by order id. */
export async function milestonesByOrder(executor: Executor, orderIds: readonly string[]): Promise<Map<string, MilestoneRow[]>> {
  const byOrder = new Map<string, MilestoneRow[]>(orderIds.map(id => [id, []]))
  if (orderIds.length === 0) return byOrder
  for (const row of await executor.select().from(milestones).where(inArray(milestones.orderId, [...orderIds])).orderBy(asc(milestones.position))) byOrder.get(row.orderId)?.push(row)
  return byOrder
}

/** Several orders with their milestones, by order id. */
export async function readDeals(executor: Executor, orderIds: readonly string[]): Promise<Map<string, Deal>> {
  const ids = [...new Set(orderIds)]
  const [rows, byOrder] = await Promise.all([ids.length === 0 ? [] : executor.select().from(orders).where(inArray(orders.id, ids)), milestonesByOrder(executor, ids)])
  return new Map(rows.map(order => [order.id, { order, milestones: byOrder.get(order.id) ?? [] }]))
}

/** @throws problem `kernel.not_found` */
export async function lockDeal(tx: Tx, orderId: string): Promise<Deal> {
  // Sent together and carried out one after the other: the milestones are read when the lock is held.
  const [[order], list] = await Promise.all([orderToChange(tx, { id: orderId }), milestonesOf(tx, { orderId })])
  if (!order) throw problem('kernel.not_found')
  return { order, milestones: list }
}

/**
 * Locks an order, lets `work` change it, and then keeps in its row whose turn it is.
 * @throws problem `kernel.not_found`
 */
export async function changeDeal<T>(tx: Tx, orderId: string, work: (deal: Deal) => Promise<T>): Promise<T> {
  const result = await work(await lockDeal(tx, orderId))
  await keepNext(tx, orderId)
  return result
}

export async function keepNext(tx: Tx, orderId: string): Promise<void> {
  const deal = await readDeal(tx, orderId)
  if (!deal) throw new Error(`order ${orderId} is gone`)
  leave(tx, keepTurn(tx, { id: orderId, ...turnOf(deal) }))
}

/** Whose turn it is in a deal that stands like this, and until when. */
export function turnOf(deal: Deal): Pick<OrderRow, 'waitsFor' | 'nextAt'> {
  const next = nextStep(deal)
  return { waitsFor: next.by === 'buyer' || next.by === 'provider' ? next.by : null, nextAt: next.at }
}
