/** Refund requests for the people who read them. */
import { and, asc, desc, eq, ilike, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { refundRequestLifecycle } from '@miaodan/shared/disputes/lifecycle'
import type { RefundRequestView } from '@miaodan/shared/disputes/model'
import { DISPUTE_LIMITS } from '@miaodan/shared/disputes/rules'
import { problem } from '@miaodan/shared/errors'
import { actionsFor } from '@miaodan/shared/kernel/lifecycle'
import { fen } from '@miaodan/shared/kernel/money'
import type { Perspective } from '@miaodan/shared/orders/model'
import type { Deps } from '../../deps.ts'
import { containing, type Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { peopleByIds } from '../accounts/index.ts'
import { claimableOf, divisionOf, readDeal, readDeals, type Deal } from '../orders/index.ts'
import { mayRead, offerOf, otherSide, perspectiveOn } from './facts.ts'
import { offsetOf } from './paging.ts'
import { disputes, refundOffers, refundRequests, type RequestRow } from './tables.ts'

const ANSWERS = ['agree', 'counter', 'refuse', 'withdraw'] as const
type Action = RefundRequestView['actions'][number]
const isAnswer = (action: string): action is Action => (ANSWERS as readonly string[]).includes(action)

export async function requestView(executor: Executor, deps: Deps, viewer: Viewer, id: string): Promise<RefundRequestView> {
  const [row] = await executor.select().from(refundRequests).where(eq(refundRequests.id, id))
  perspectiveOn(row, viewer)
  const [view] = await requestViews(executor, deps, viewer, row ? [row] : [])
  if (!view) throw problem('kernel.not_found')
  return view
}

/** All requests of an order, newest first, and what could be asked now. */
export async function requestsOfOrder(executor: Executor, deps: Deps, viewer: Viewer, orderId: string) {
  const deal = await readDeal(executor, orderId)
  const side = perspectiveOn(deal?.order, viewer)
  if (!deal) throw problem('kernel.not_found')
  const rows = await executor.select().from(refundRequests).where(eq(refundRequests.orderId, orderId)).orderBy(desc(refundRequests.id))
  const closed = new Set(rows.filter(row => row.state === 'executed').map(row => row.milestoneId))
  const running = side !== 'staff' && (deal.order.state === 'in_progress' || deal.order.state === 'completed')
  const refundable = !running ? [] : deal.milestones.flatMap(milestone => {
    const claimable = milestone.heldBy || closed.has(milestone.id) ? null : claimableOf(milestone)
    return claimable ? [{ milestone: { id: milestone.id, position: milestone.position, title: milestone.title }, stage: claimable.stage, most: fen(claimable.amount), price: fen(milestone.price), coupon: fen(milestone.coupon), refunded: fen(milestone.refunded) }] : []
  })
  return { items: await requestViews(executor, deps, viewer, rows), refundable }
}

/** For staff: what waits for an answer, the soonest first; or what is over, the newest first. Pages go by how many were shown. */
export async function requestQueue(executor: Executor, deps: Deps, viewer: Viewer, { state, q, cursor, limit }: { state: 'live' | 'ended', q?: string | undefined, cursor?: string | undefined, limit: number }) {
  const live = state === 'live'
  const shown = offsetOf(cursor)
  const found = q ? or(ilike(refundRequests.orderNumber, containing(q)), ilike(refundRequests.title, containing(q))) : undefined
  const rows = await executor.select().from(refundRequests).where(and(live ? isNull(refundRequests.endedAt) : isNotNull(refundRequests.endedAt), found))
    .orderBy(...live ? [sql`${refundRequests.answerBy} nulls last`, asc(refundRequests.id)] : [desc(refundRequests.endedAt), desc(refundRequests.id)]).limit(limit + 1).offset(shown)
  return { items: await requestViews(executor, deps, viewer, rows.slice(0, limit)), next: rows.length > limit ? String(shown + limit) : null }
}

async function requestViews(executor: Executor, deps: Deps, viewer: Viewer, rows: readonly RequestRow[]): Promise<RefundRequestView[]> {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  const [people, offers, cases, deals] = await Promise.all([
    peopleByIds(executor, deps, rows.flatMap(row => [row.buyerId, row.providerId])),
    executor.select().from(refundOffers).where(inArray(refundOffers.requestId, ids)).orderBy(asc(refundOffers.version)),
    executor.select({ id: disputes.id, requestId: disputes.requestId, state: disputes.state }).from(disputes).where(inArray(disputes.requestId, ids)),
    readDeals(executor, rows.map(row => row.orderId)),
  ])
  const files = await uploadsByIds(executor, offers.flatMap(offer => offer.files.map(file => file.id)))
  const caseOf = new Map(cases.map(item => [item.requestId, item]))
  return rows.map((row): RefundRequestView => {
    const [buyer, provider, deal, dispute] = [people.get(row.buyerId), people.get(row.providerId), deals.get(row.orderId), caseOf.get(row.id)]
    if (!buyer || !provider || !deal) throw new Error(`request ${row.id} has lost its people or its order`)
    const side = perspectiveOn(row, viewer)
    const answering = row.state === 'open' || row.state === 'negotiating'
    return {
      id: row.id, orderId: row.orderId, orderNumber: row.orderNumber, title: row.title, stage: row.stage, most: fen(row.pot), state: row.state, side, askedBy: row.askedBy, cause: row.cause, buyer, provider,
      milestone: { id: row.milestoneId, position: row.position, title: row.milestoneTitle, price: fen(deal.milestones.find(milestone => milestone.id === row.milestoneId)?.price ?? row.pot) },
      offers: offers.filter(offer => offer.requestId === row.id).map(offer => ({
        version: offer.version, by: offer.side, amount: fen(offer.amount), message: offer.message, at: offer.at, files: offer.files.flatMap(file => files.get(file.id) ?? []),
      })),
      turn: answering ? otherSide(row.offeredBy) : null, answerBy: row.answerBy, silence: answering ? (row.offeredBy === 'buyer' ? 'executed' : 'escalated') : null,
      consequence: consequenceOf(row, deal), outcome: row.outcome, disputeId: dispute?.id ?? null,
      actions: side === 'staff' ? [] : actionsOn(row, side, dispute?.state ?? null), createdAt: row.createdAt, endedAt: row.endedAt,
    }
  })
}

/** What was done; else what agreeing to the offer on the table would do. */
function consequenceOf(row: RequestRow, deal: Deal): RefundRequestView['consequence'] {
  if (row.toBuyer !== null && row.fee !== null && row.net !== null) return { toBuyer: fen(row.toBuyer), coupon: fen(row.coupon ?? 0n), fee: fen(row.fee), net: fen(row.net) }
  const milestone = deal.milestones.find(item => item.id === row.milestoneId)
  if (row.endedAt || !milestone) return null
  const { toBuyer, coupon, fee, net } = divisionOf(deal, milestone, row.pot, offerOf(row))
  return { toBuyer: fen(toBuyer), coupon: fen(coupon), fee: fen(fee), net: fen(net) }
}

/** Answers are for the side whose turn it is, withdrawing for who asked; after a ruling there is nothing left to do here. */
function actionsOn(row: RequestRow, side: Exclude<Perspective, 'staff'>, dispute: string | null): Action[] {
  if (dispute && dispute !== 'evidence' && dispute !== 'review') return []
  return actionsFor(refundRequestLifecycle, row.state, side).filter(isAnswer).filter(action => {
    if (action === 'withdraw') return row.askedBy === side
    return row.offeredBy !== side && (action !== 'counter' || row.version < DISPUTE_LIMITS.offers)
  })
}

/** For the files of offers: they belong to the order. */
export async function mayReadOffers(executor: Executor, orderId: string, viewer: Viewer): Promise<boolean> {
  const [row] = await executor.select({ buyerId: refundRequests.buyerId, providerId: refundRequests.providerId }).from(refundRequests).where(eq(refundRequests.orderId, orderId)).limit(1)
  return row !== undefined && mayRead(row, viewer)
}
