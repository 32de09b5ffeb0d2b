/** What a provider has to do today, the money that is coming, and how much of the capacity is taken. */
import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { fen } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import type { OrderRow as OrderRowView, workbenchSchema } from '@miaodan/shared/orders/views'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { providersByIds } from '../accounts/index.ts'
import { milestonesByOrder } from './deal.ts'
import { runningOrders } from './direct.ts'
import { feesOf } from './money.ts'
import { orderRows } from './rows.ts'
import { milestones, orders } from './tables.ts'

type Workbench = z.output<typeof workbenchSchema>
const MAX_ORDERS = 200

export async function workbench(db: Executor, deps: Deps, providerId: string): Promise<Workbench> {
  const running = await db.select().from(orders).where(and(eq(orders.providerId, providerId), inArray(orders.state, ['paid', 'in_progress'])))
    .orderBy(sql`${orders.nextAt} asc nulls last`, asc(orders.id)).limit(MAX_ORDERS)
  const [rows, provider, used, money] = await Promise.all([
    orderRows(db, deps, running, () => 'provider'), providersByIds(db, deps, [providerId]), runningOrders(db, providerId), moneyComing(db, providerId),
  ])
  const doing = (...codes: OrderRowView['next']['code'][]) => rows.filter(row => codes.includes(row.next.code))
  const refunds = doing('answer_refund')
  const isAsked = (row: OrderRowView): boolean => row.next.by === 'provider'
  return {
    toAccept: doing('accept_order'), toAnswer: refunds.filter(isAsked), toAgree: rows.filter(row => row.change !== null), toDeliver: doing('deliver'), inRevision: doing('revise'),
    waiting: [...doing('check', 'pay_milestone', 'arbitration'), ...refunds.filter(row => !isAsked(row))], money,
    capacity: { used, limit: provider.get(providerId)?.profile.capacity ?? 0 },
  }
}

/** Released money with the day it is free, then what waits for acceptance with the latest day it can be. */
async function moneyComing(db: Executor, providerId: string): Promise<Workbench['money']> {
  const rows = await db.select({ milestoneId: milestones.id, order: orders }).from(milestones).innerJoin(orders, eq(orders.id, milestones.orderId))
    .where(and(eq(orders.providerId, providerId), isNull(milestones.heldBy), or(eq(milestones.state, 'delivered'), and(eq(milestones.state, 'released'), isNull(milestones.clearedAt)))))
    .orderBy(sql`coalesce(${milestones.clearsAt}, ${milestones.acceptBy})`).limit(MAX_ORDERS)
  const byOrder = await milestonesByOrder(db, [...new Set(rows.map(row => row.order.id))])
  return rows.flatMap(({ milestoneId, order }) => {
    const list = byOrder.get(order.id) ?? []
    const milestone = list.find(row => row.id === milestoneId)
    if (!milestone) return []
    const certain = milestone.state === 'released'
    const clearing = order.rules.clearing
    return [{
      at: certain ? milestone.clearsAt : milestone.acceptBy && after(milestone.acceptBy, clearing), certain,
      net: fen(milestone.price - milestone.refunded - (feesOf({ order, milestones: list }).get(milestone.id) ?? 0n)),
      order: { id: order.id, number: order.number, title: order.title }, milestone: { position: milestone.position, title: milestone.title },
    }]
  })
}
