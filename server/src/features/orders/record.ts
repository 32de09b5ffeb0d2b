/** What happened with a milestone, told in full: for the evidence of a dispute. */
import { asc, count, eq, or } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'
import { paymentsForSubjects } from '../payments/index.ts'
import type { Deal } from './deal.ts'
import { nextStep } from './next-step.ts'
import { checklistLines, deliveries, orders } from './tables.ts'
import { timelineOf, transitionsOf } from './timeline.ts'

export async function recordOf(executor: Executor, deal: Deal, milestoneId: string) {
  const { order } = deal
  const [work, steps, payments] = await Promise.all([
    workOn(executor, milestoneId), transitionsOf(executor, deal),
    paymentsForSubjects(executor, [order.id, ...order.origin === 'instant' && order.requirementId ? [order.requirementId] : []]),
  ])
  return { ...work, timeline: timelineOf(deal, steps, nextStep(deal), 'staff').filter(moment => moment.kind === 'past'), payments }
}

/** What was agreed to be delivered with a milestone, and what was. */
export async function workOn(executor: Executor, milestoneId: string) {
  const [checklist, versions] = await Promise.all([
    executor.select().from(checklistLines).where(eq(checklistLines.milestoneId, milestoneId)).orderBy(asc(checklistLines.position)),
    executor.select().from(deliveries).where(eq(deliveries.milestoneId, milestoneId)).orderBy(asc(deliveries.version)),
  ])
  return { checklist, deliveries: versions }
}

/** On how many orders a person was one of the two sides. */
export async function ordersOf(executor: Executor, userId: string): Promise<number> {
  const [row] = await executor.select({ orders: count() }).from(orders).where(or(eq(orders.buyerId, userId), eq(orders.providerId, userId)))
  return row?.orders ?? 0
}
