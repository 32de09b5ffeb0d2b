/** What others show of orders: the catalog how full a service is and how many deals were done, payments what was paid for. */
import { and, eq, gte, inArray, min, notInArray, or, sql } from 'drizzle-orm'
import { offerFacts } from '../catalog/index.ts'
import { offerPaidOrders } from '../chat/index.ts'
import { offerDeals } from '../payments/index.ts'
import { milestones, orders } from './tables.ts'

export function offerOrderFacts(): void {
  offerFacts({
    activeOrders: async (db, serviceIds) => {
      if (serviceIds.length === 0) return new Map()
      const rows = await db.select({ serviceId: orders.serviceId, count: sql<string>`count(distinct ${orders.id})`, firstDueAt: min(milestones.dueAt) }).from(orders)
        .leftJoin(milestones, and(eq(milestones.orderId, orders.id), eq(milestones.state, 'in_progress')))
        .where(and(inArray(orders.serviceId, [...serviceIds]), inArray(orders.state, ['paid', 'in_progress']))).groupBy(orders.serviceId)
      return new Map(rows.map(row => [row.serviceId as string, { count: Number(row.count), firstDueAt: row.firstDueAt }]))
    },
    ordersCompletedSince: async (db, since) => {
      const [row] = await db.select({ count: sql<string>`count(*)` }).from(orders).where(and(eq(orders.state, 'completed'), gte(orders.endedAt, since)))
      return Number(row?.count ?? 0)
    },
  })
  offerPaidOrders(async (db, oneId, otherId) => {
    const sides = or(and(eq(orders.buyerId, oneId), eq(orders.providerId, otherId)), and(eq(orders.buyerId, otherId), eq(orders.providerId, oneId)))
    const [paid] = await db.select({ id: orders.id }).from(orders).where(and(sides, notInArray(orders.state, ['pending_payment', 'expired', 'cancelled']))).limit(1)
    return paid !== undefined
  })
  offerDeals((executor, ids) => executor
    .select({ orderId: orders.id, requirementId: orders.requirementId, number: orders.number, title: orders.title, buyerName: orders.buyerName, providerId: orders.providerId, providerName: orders.providerName })
    .from(orders).where(or(inArray(orders.id, [...ids]), inArray(orders.requirementId, [...ids]))))
}
