/** An order with its milestones, read and changed under the lock of the order's row: whoever changes any part locks the order first. */
import { asc, eq, inArray } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Executor, Tx } from '../../kernel/db.ts'
import { nextStep } from './next-step.ts'
import { milestones, orders, type MilestoneRow, type OrderRow } from './tables.ts'

export type Deal = { order: OrderRow, milestones: MilestoneRow[] }

export const isClosed = (milestone: Pick<MilestoneRow, 'state'>): boolean => milestone.state === 'released' || milestone.state === 'refunded' || milestone.state === 'split'

/** The milestone whose turn it is: the first that is neither closed nor held by a refund request, so that one in dispute does not stop the others. */
export const currentMilestone = (list: readonly MilestoneRow[]): MilestoneRow | undefined => list.find(milestone => !isClosed(milestone) && milestone.heldBy === null)

export async function readDeal(executor: Executor, orderId: string): Promise<Deal | undefined> {
  const [[order], list] = await Promise.all([executor.select().from(orders).where(eq(orders.id, orderId)), milestonesOf(executor, orderId)])
  return order && { order, milestones: list }
}

/** Milestones of several orders, in their order, by order id. */
export async function milestonesByOrder(executor: Executor, orderIds: readonly string[]): Promise<Map<string, MilestoneRow[]>> {
  const byOrder = new Map<string, MilestoneRow[]>(orderIds.map(id => [id, []]))
  if (orderIds.length === 0) return byOrder
  for (const row of await executor.select().from(milestones).where(inArray(milestones.orderId, [...orderIds])).orderBy(asc(milestones.position))) byOrder.get(row.orderId)?.push(row)
  return byOrder
}

const milestonesOf = (executor: Executor, orderId: string) => executor.select().from(milestones).where(eq(milestones.orderId, orderId)).orderBy(asc(milestones.position))

/**
 * Locks an order, lets `work` change it, and then keeps in its row whose turn it is.
 * @throws problem `kernel.not_found`
 */
export async function changeDeal<T>(tx: Tx, orderId: string, work: (deal: Deal) => Promise<T>): Promise<T> {
  // Sent together and carried out one after the other: the milestones are read when the lock is held.
  const [[order], list] = await Promise.all([tx.select().from(orders).where(eq(orders.id, orderId)).for('update'), milestonesOf(tx, orderId)])
  if (!order) throw problem('kernel.not_found')
  const result = await work({ order, milestones: list })
  await keepNext(tx, orderId)
  return result
}

export async function keepNext(tx: Tx, orderId: string): Promise<void> {
  const deal = await readDeal(tx, orderId)
  if (!deal) throw new Error(`order ${orderId} is gone`)
  const next = nextStep(deal)
  const waitsFor = next.by === 'buyer' || next.by === 'provider' ? next.by : null
  await tx.update(orders).set({ waitsFor, nextAt: next.at }).where(eq(orders.id, orderId))
}
