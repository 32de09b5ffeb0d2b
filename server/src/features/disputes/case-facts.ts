/** The numbers an arbitrator looks at first: pure counting over what is recorded. */
import { and, asc, count, eq, isNotNull, or, sql } from 'drizzle-orm'
import type { DisputeView } from '@miaodan/shared/disputes/model'
import { durationMs } from '@miaodan/shared/kernel/time'
import type { Executor } from '../../kernel/db.ts'
import { ordersOf, workOn, type Deal } from '../orders/index.ts'
import { disputes, refundRequests, type DisputeRow, type RequestRow } from './tables.ts'

const DAY_MS = durationMs({ days: 1 })
/** Fewer like cases say nothing about what is usual. */
const MIN_ALIKE = 3

export async function caseFacts(executor: Executor, dispute: DisputeRow, request: RequestRow, deal: Deal): Promise<NonNullable<DisputeView['facts']>> {
  const milestone = deal.milestones.find(row => row.id === request.milestoneId)
  const [work, alike, buyer, provider] = await Promise.all([
    workOn(executor, request.milestoneId), alikeTo(executor, dispute), recordOfPerson(executor, dispute.buyerId), recordOfPerson(executor, dispute.providerId),
  ])
  const first = work.deliveries[0]
  const agreed = milestone?.startedAt ? milestone.startedAt.getTime() + milestone.days * DAY_MS : null
  return {
    checklist: { done: work.checklist.filter(line => line.tickedAt !== null).length, total: work.checklist.length },
    lateDays: first && agreed !== null ? Math.ceil((first.at.getTime() - agreed) / DAY_MS) : null,
    revisions: { used: milestone?.revisionsUsed ?? 0, cap: milestone?.revisions ?? null }, versions: work.deliveries.length, alike, records: { buyer, provider },
  }
}

/** What executed rulings of the same category gave back, in the middle. */
async function alikeTo(executor: Executor, dispute: DisputeRow): Promise<{ cases: number, medianBps: number } | null> {
  if (!dispute.categoryId) return null
  const rows = await executor.select({ bps: sql<string>`${refundRequests.toBuyer} * 10000 / ${refundRequests.pot}` }).from(disputes).innerJoin(refundRequests, eq(refundRequests.id, disputes.requestId))
    .where(and(eq(disputes.categoryId, dispute.categoryId), eq(disputes.state, 'executed'), isNotNull(refundRequests.toBuyer))).orderBy(asc(sql`1`)).limit(1_000)
  if (rows.length < MIN_ALIKE) return null
  return { cases: rows.length, medianBps: Number(rows[Math.floor((rows.length - 1) / 2)]?.bps ?? 0) }
}

async function recordOfPerson(executor: Executor, userId: string): Promise<{ orders: number, disputes: number }> {
  const [[row], orders] = await Promise.all([
    executor.select({ disputes: count() }).from(disputes).where(or(eq(disputes.buyerId, userId), eq(disputes.providerId, userId))), ordersOf(executor, userId),
  ])
  return { orders, disputes: row?.disputes ?? 0 }
}
