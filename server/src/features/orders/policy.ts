/** Who may see an order, and who may take which step. What is not yours is not there. */
import { eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { hasPermission } from '@miaodan/shared/kernel/access'
import type { Perspective, Side } from '@miaodan/shared/orders/model'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { milestones, orders } from './tables.ts'

type Sides = { buyerId: string, providerId: string }

export function sideOf(thing: Sides, userId: string): Side | undefined {
  if (thing.buyerId === userId) return 'buyer'
  return thing.providerId === userId ? 'provider' : undefined
}

/** @throws problem `kernel.not_found` for anybody but the two sides and staff who may read orders. */
export function perspectiveOf(thing: Sides | undefined, viewer: Viewer): Perspective {
  const side = thing && sideOf(thing, viewer.userId)
  if (side) return side
  if (thing && hasPermission(viewer.staffRoles, 'orders.read')) return 'staff'
  throw problem('kernel.not_found')
}

/** @throws problem `kernel.not_found` for strangers, `kernel.forbidden` for the other side. */
export function requireSide(thing: Sides, viewer: Viewer, side: Side): void {
  const own = sideOf(thing, viewer.userId)
  if (!own) throw problem('kernel.not_found')
  if (own !== side) throw problem('kernel.forbidden')
}

/** The order a milestone belongs to. @throws problem `kernel.not_found` */
export async function orderOfMilestone(executor: Executor, milestoneId: string): Promise<string> {
  const [row] = await executor.select({ orderId: milestones.orderId }).from(milestones).where(eq(milestones.id, milestoneId))
  if (!row) throw problem('kernel.not_found')
  return row.orderId
}

/** For files that belong to an order. */
export async function mayReadOrder(executor: Executor, orderId: string, viewer: Viewer): Promise<boolean> {
  const [order] = await executor.select({ buyerId: orders.buyerId, providerId: orders.providerId }).from(orders).where(eq(orders.id, orderId))
  return order !== undefined && (sideOf(order, viewer.userId) !== undefined || hasPermission(viewer.staffRoles, 'orders.read'))
}
