/** Asking for a refund and answering: offers in turn, until one side agrees, refuses, withdraws, or says nothing for too long. */
import { and, eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { refunds as contracts } from '@miaodan/shared/disputes/contract'
import { refundRequestLifecycle } from '@miaodan/shared/disputes/lifecycle'
import type { statementSchema } from '@miaodan/shared/disputes/model'
import { DISPUTE_LIMITS, DISPUTE_RULES } from '@miaodan/shared/disputes/rules'
import { problem } from '@miaodan/shared/errors'
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { after, durationMs } from '@miaodan/shared/kernel/time'
import type { Side } from '@miaodan/shared/orders/model'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { transition } from '../../kernel/transition.ts'
import { claimUploads } from '../../kernel/uploads.ts'
import { changeDeal, changeHold, claimableOf, endHold, holdMilestone, type Deal } from '../orders/index.ts'
import { carryOut } from './carrying-out.ts'
import { offerOf, otherSide, requestFacts, sideIn } from './facts.ts'
import { endDispute, openDispute } from './opening.ts'
import { refundOffers, refundRequests, type RequestRow } from './tables.ts'

export const OFFER_UPLOADS = 'refund.offer'
type Statement = z.output<typeof statementSchema>
type Asking = z.output<typeof contracts.ask.body>

/** One request for each milestone named. @returns their ids. */
export async function askForRefund(tx: Tx, deps: Deps, viewer: Viewer, orderId: string, asking: Asking): Promise<string[]> {
  if (new Set(asking.milestones.map(item => item.id)).size < asking.milestones.length) throw problem('disputes.repeated', {}, { field: 'body.milestones' })
  return changeDeal(tx, orderId, async deal => {
    const side = sideIn(deal.order, viewer)
    if (deal.order.state !== 'in_progress' && deal.order.state !== 'completed') throw problem('disputes.order_not_running')
    const ids: string[] = []
    for (const [index, item] of asking.milestones.entries()) ids.push(await askOne(tx, deps, deal, { side, authorId: viewer.userId, item, index, asking }))
    return ids
  })
}

type One = { side: Side, authorId: string, item: Asking['milestones'][number], index: number, asking: Asking }

async function askOne(tx: Tx, deps: Deps, deal: Deal, { side, authorId, item, index, asking }: One): Promise<string> {
  const { order } = deal
  const milestone = deal.milestones.find(row => row.id === item.id)
  if (!milestone) throw problem('kernel.not_found')
  const claimable = claimableOf(milestone)
  if (!claimable) throw problem('disputes.nothing_to_refund', {}, { field: `body.milestones.${index}.id` })
  const amount = item.amount.amount
  if (amount > claimable.amount) throw problem('disputes.too_much', { most: formatMoney(fen(claimable.amount)) }, { field: `body.milestones.${index}.amount` })
  const [before] = await tx.select({ id: refundRequests.id }).from(refundRequests).where(and(eq(refundRequests.milestoneId, milestone.id), eq(refundRequests.state, 'executed'))).limit(1)
  if (before) throw problem('disputes.decided_before')
  const now = deps.clock.now()
  const answerBy = after(now, DISPUTE_RULES.answer)
  // Of escrow everything is divided, of what is clearing only what is asked: the rest stays with the provider.
  const pot = claimable.stage === 'escrow' ? claimable.amount : amount
  const row: RequestRow = {
    id: newId(), orderId: order.id, orderNumber: order.number, title: order.title, categoryId: order.categoryId, milestoneId: milestone.id, position: milestone.position, milestoneTitle: milestone.title,
    buyerId: order.buyerId, providerId: order.providerId, askedBy: side, cause: asking.cause, stage: claimable.stage,
    pot,
    state: refundRequestLifecycle.initial, version: 1, offeredBy: side, wanted: side === 'buyer' ? amount : pot, granted: side === 'provider' ? amount : 0n,
    answerBy, outcome: null, toBuyer: null, coupon: null, fee: null, net: null, createdAt: now, endedAt: null,
  }
  await holdMilestone(tx, deps, deal, milestone.id, { requestId: row.id, waitsFor: otherSide(side), until: answerBy, amount })
  await tx.insert(refundRequests).values(row)
  await addOffer(tx, deps, row, authorId, amount, asking)
  await scheduleAnswer(tx, row.id, answerBy)
  await emit(tx, deps.clock, 'refund_request.created', { id: row.id, ...requestFacts(row, side), answerBy: answerBy.toISOString(), reason: asking.message }, order.id)
  return row.id
}

async function addOffer(tx: Tx, deps: Deps, request: RequestRow, authorId: string, amount: bigint, { message, uploads }: Statement): Promise<void> {
  // Files of an offer belong to the order, so that one file can stand behind the requests of several milestones.
  const files = await claimUploads(tx, authorId, uploads, { kind: OFFER_UPLOADS, id: request.orderId, visibility: 'private' })
  await tx.insert(refundOffers).values({
    requestId: request.id, version: request.version, side: request.offeredBy, authorId, amount, message, files: files.map(({ id, sha256 }) => ({ id, sha256 })), at: deps.clock.now(),
  })
}

const REMIND_BEFORE_MS = durationMs({ days: 1 })

async function scheduleAnswer(tx: Tx, id: string, answerBy: Date): Promise<void> {
  await scheduleDeadline(tx, { entity: 'refund_request', entityId: id, action: 'silence', dueAt: answerBy })
  await scheduleDeadline(tx, { entity: 'refund_request', entityId: id, action: 'remind', dueAt: new Date(answerBy.getTime() - REMIND_BEFORE_MS) })
}

/** Runs a step on a request under the lock of its order. @throws problem `kernel.not_found` */
export async function changeRequest<T>(tx: Tx, id: string, work: (request: RequestRow, deal: Deal) => Promise<T>): Promise<T> {
  const orderId = await orderOf(tx, id)
  return changeDeal(tx, orderId, async deal => {
    const [request] = await tx.select().from(refundRequests).where(eq(refundRequests.id, id)).for('update')
    if (!request) throw problem('kernel.not_found')
    return work(request, deal)
  })
}

export async function orderOf(executor: Executor, requestId: string): Promise<string> {
  const [row] = await executor.select({ orderId: refundRequests.orderId }).from(refundRequests).where(eq(refundRequests.id, requestId))
  if (!row) throw problem('kernel.not_found')
  return row.orderId
}

/** An answer is given by the side whose turn it is, to the offer it has seen. In arbitration there are no turns left, only agreeing. */
function requireTurn(request: RequestRow, viewer: Viewer, version: number): Side {
  const side = sideIn(request, viewer)
  if (request.state === 'executed' || request.state === 'withdrawn') throw problem('kernel.illegal_transition')
  if (version !== request.version) throw problem('disputes.offer_changed', {}, { field: 'body.version' })
  if (request.offeredBy === side) throw problem('disputes.not_your_turn')
  return side
}

export async function agreeToRefund(tx: Tx, deps: Deps, viewer: Viewer, id: string, version: number): Promise<void> {
  await changeRequest(tx, id, async (request, deal) => {
    const side = requireTurn(request, viewer, version)
    if (request.state === 'escalated') await endDispute(tx, deps, request, 'settle')
    await carryOut(tx, deps, deal, request, { action: 'agree', actor: side, actorId: viewer.userId, toBuyer: offerOf(request), outcome: 'agreed' })
  })
}

export async function counterRefund(tx: Tx, deps: Deps, viewer: Viewer, id: string, offer: Statement & { version: number, amount: { amount: bigint } }): Promise<void> {
  await changeRequest(tx, id, async request => {
    const side = requireTurn(request, viewer, offer.version)
    const amount = offer.amount.amount
    if (amount > request.pot) throw problem('disputes.too_much', { most: formatMoney(fen(request.pot)) }, { field: 'body.amount' })
    if (amount === offerOf(request)) throw problem('disputes.same_amount', {}, { field: 'body.amount' })
    if (request.version >= DISPUTE_LIMITS.offers) throw problem('disputes.too_many_offers', { limit: DISPUTE_LIMITS.offers })
    const answerBy = after(deps.clock.now(), DISPUTE_RULES.answer)
    const next: RequestRow = { ...request, version: request.version + 1, offeredBy: side, answerBy, ...(side === 'buyer' ? { wanted: amount } : { granted: amount }) }
    await transition(tx, deps.clock, refundRequestLifecycle, refundRequests, {
      id, action: 'counter', actor: side, actorId: viewer.userId, key: request.orderId,
      set: { version: next.version, offeredBy: side, wanted: next.wanted, granted: next.granted, answerBy }, data: { ...requestFacts(next, side), answerBy: answerBy.toISOString(), reason: offer.message },
    })
    await addOffer(tx, deps, next, viewer.userId, amount, offer)
    // A hold names an amount above zero; an offer of nothing is about the whole pot.
    await changeHold(tx, request.milestoneId, { requestId: id, waitsFor: otherSide(side), until: answerBy, amount: amount > 0n ? amount : request.pot })
    await scheduleAnswer(tx, id, answerBy)
  })
}

export async function refuseRefund(tx: Tx, deps: Deps, viewer: Viewer, id: string, { version, message }: { version: number, message: string }): Promise<void> {
  await changeRequest(tx, id, async (request, deal) => {
    const side = requireTurn(request, viewer, version)
    await transition(tx, deps.clock, refundRequestLifecycle, refundRequests, {
      id, action: 'refuse', actor: side, actorId: viewer.userId, key: request.orderId, set: { answerBy: null }, data: { ...requestFacts(request, side), reason: message },
    })
    await openDispute(tx, deps, deal, request, { side, authorId: viewer.userId, message })
  })
}

export async function withdrawRefund(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  await changeRequest(tx, id, async (request, deal) => {
    const side = sideIn(request, viewer)
    if (side !== request.askedBy) throw problem('disputes.not_asker')
    await transition(tx, deps.clock, refundRequestLifecycle, refundRequests, {
      id, action: 'withdraw', actor: side, actorId: viewer.userId, key: request.orderId, set: { outcome: 'withdrawn', answerBy: null, endedAt: deps.clock.now() }, data: requestFacts(request, side),
    })
    if (request.state === 'escalated') await endDispute(tx, deps, request, 'withdraw')
    await endHold(tx, deps, deal, request.milestoneId, id)
    await cancelDeadlines(tx, 'refund_request', id)
  })
}

/** Three days without an answer: a provider's silence grants what the buyer asked, a buyer's calls an arbitrator. */
export async function decideBySilence(tx: Tx, deps: Deps, id: string): Promise<void> {
  await changeRequest(tx, id, async (request, deal) => {
    if ((request.state !== 'open' && request.state !== 'negotiating') || !request.answerBy || request.answerBy > deps.clock.now()) return
    if (request.offeredBy === 'buyer') {
      await carryOut(tx, deps, deal, request, { action: 'execute_by_silence', actor: 'timer', actorId: null, toBuyer: offerOf(request), outcome: 'silence' })
      return
    }
    await transition(tx, deps.clock, refundRequestLifecycle, refundRequests, {
      id, action: 'escalate_by_silence', actor: 'timer', key: request.orderId, set: { answerBy: null }, data: requestFacts(request, null),
    })
    await openDispute(tx, deps, deal, request, null)
  })
}

/** A day before silence decides, whose turn it is hears of it. */
export async function remindOfAnswer(tx: Tx, deps: Deps, id: string): Promise<void> {
  await changeRequest(tx, id, async request => {
    if ((request.state !== 'open' && request.state !== 'negotiating') || !request.answerBy) return
    await emit(tx, deps.clock, 'refund_request.remind', { id, ...requestFacts(request, request.offeredBy), answerBy: request.answerBy.toISOString() }, request.orderId)
  })
}
