/** Disputes as lists show them, the most urgent first. */
import { and, asc, desc, eq, ilike, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import type * as z from 'zod'
import type { disputes as contracts } from '@miaodan/shared/disputes/contract'
import type { disputeRowSchema } from '@miaodan/shared/disputes/model'
import type { PersonCard } from '@miaodan/shared/accounts/model'
import { fen } from '@miaodan/shared/kernel/money'
import type { Deps } from '../../deps.ts'
import { containing, type Executor } from '../../kernel/db.ts'
import type { QueueState } from '../../kernel/queues.ts'
import { peopleByIds } from '../accounts/index.ts'
import { offsetOf } from './paging.ts'
import { disputes, refundRequests, type DisputeRow, type RequestRow } from './tables.ts'

type Query = z.output<typeof contracts.queue.query>
type Row = z.output<typeof disputeRowSchema>

export function rowView(dispute: DisputeRow, request: RequestRow, people: ReadonlyMap<string, PersonCard>): Row {
  const [buyer, provider] = [people.get(dispute.buyerId), people.get(dispute.providerId)]
  if (!buyer || !provider) throw new Error(`dispute ${dispute.id} has lost its people`)
  const arbitrator = people.get(dispute.appellateId ?? (dispute.state === 'appealed' ? '' : dispute.arbitratorId ?? ''))
  return {
    id: dispute.id, number: dispute.number, state: dispute.state, orderId: dispute.orderId, orderNumber: request.orderNumber, title: request.title,
    milestone: { position: request.position, title: request.milestoneTitle }, buyer, provider, pot: fen(dispute.pot), asked: fen(request.wanted), offered: fen(request.granted),
    arbitrator: arbitrator ? { id: arbitrator.id, displayName: arbitrator.displayName } : null, dueAt: dispute.dueAt, openedAt: dispute.openedAt, endedAt: dispute.endedAt,
  }
}

function inState(state: Query['state']): SQL | undefined {
  if (state === 'open') return isNull(disputes.endedAt)
  return state === 'ended' ? isNotNull(disputes.endedAt) : eq(disputes.state, state)
}

export async function disputeQueue(executor: Executor, deps: Deps, viewerId: string, { state, mine, q, cursor, limit }: Query) {
  const shown = offsetOf(cursor)
  const found = and(
    mine === 'true' ? or(eq(disputes.arbitratorId, viewerId), eq(disputes.appellateId, viewerId)) : undefined,
    q ? or(ilike(disputes.number, containing(q)), ilike(refundRequests.orderNumber, containing(q)), ilike(refundRequests.title, containing(q))) : undefined,
  )
  const [rows, counts] = await Promise.all([
    executor.select({ dispute: disputes, request: refundRequests }).from(disputes).innerJoin(refundRequests, eq(refundRequests.id, disputes.requestId)).where(and(inState(state), found))
      .orderBy(...state === 'ended' ? [desc(disputes.endedAt), desc(disputes.id)] : [sql`${disputes.dueAt} nulls last`, asc(disputes.id)]).limit(limit + 1).offset(shown),
    countStates(executor, found),
  ])
  const page = rows.slice(0, limit)
  const people = await peopleByIds(executor, deps, page.flatMap(({ dispute }) => [dispute.buyerId, dispute.providerId, ...[dispute.arbitratorId, dispute.appellateId].filter(id => id !== null)]))
  return { items: page.map(({ dispute, request }) => rowView(dispute, request, people)), next: rows.length > limit ? String(shown + limit) : null, counts }
}

const STATES = ['open', 'evidence', 'review', 'ruled', 'appealed', 'ended'] as const

async function countStates(executor: Executor, found: SQL | undefined): Promise<Record<string, number>> {
  const columns = Object.fromEntries(STATES.map(state => [state, sql<string>`count(*) filter (where ${inState(state)})`]))
  const [row] = await executor.select(columns).from(disputes).innerJoin(refundRequests, eq(refundRequests.id, disputes.requestId)).where(found)
  return Object.fromEntries(STATES.map(state => [state, Number(row?.[state] ?? 0)]))
}

export async function caseBetween(executor: Executor, oneId: string, otherId: string): Promise<boolean> {
  const people = [oneId, otherId]
  const [row] = await executor.select({ id: disputes.id }).from(disputes).where(and(inArray(disputes.buyerId, people), inArray(disputes.providerId, people))).limit(1)
  return row !== undefined
}

/** Cases in which a member of staff has to decide. */
export async function waitingDisputes(executor: Executor): Promise<QueueState> {
  const [row] = await executor.select({ waiting: sql<string>`count(*)`, oldest: sql<string | null>`min(coalesce(${disputes.appealedAt}, ${disputes.evidenceUntil}))` }).from(disputes).where(inArray(disputes.state, ['review', 'appealed']))
  return { waiting: Number(row?.waiting ?? 0), oldestAt: row?.oldest ? new Date(row.oldest) : null }
}
