/** What the two sides add to the sealed pack, until the time is over or both have nothing more to say. */
import { and, count, eq, max } from 'drizzle-orm'
import type * as z from 'zod'
import { disputeLifecycle } from '@miaodan/shared/disputes/lifecycle'
import type { statementSchema } from '@miaodan/shared/disputes/model'
import { DISPUTE_LIMITS, DISPUTE_RULES } from '@miaodan/shared/disputes/rules'
import { problem } from '@miaodan/shared/errors'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { emit } from '../../kernel/outbox.ts'
import { transition } from '../../kernel/transition.ts'
import { claimUploads } from '../../kernel/uploads.ts'
import { changeDeal, type Deal } from '../orders/index.ts'
import { disputeFacts, mayRead, sideIn } from './facts.ts'
import { addPiece } from './sealing.ts'
import { disputes, evidencePieces, refundRequests, type DisputeRow, type RequestRow } from './tables.ts'

export const EVIDENCE_UPLOADS = 'dispute.evidence'

/** Runs a step on a dispute under the lock of its order. @throws problem `kernel.not_found` */
export async function changeDispute<T>(tx: Tx, id: string, work: (dispute: DisputeRow, request: RequestRow, deal: Deal) => Promise<T>): Promise<T> {
  return changeDeal(tx, await orderOfDispute(tx, id), async deal => {
    const [row] = await tx.select({ dispute: disputes, request: refundRequests }).from(disputes).innerJoin(refundRequests, eq(refundRequests.id, disputes.requestId)).where(eq(disputes.id, id)).for('update')
    if (!row) throw problem('kernel.not_found')
    return work(row.dispute, row.request, deal)
  })
}

async function orderOfDispute(executor: Executor, id: string): Promise<string> {
  const [row] = await executor.select({ orderId: disputes.orderId }).from(disputes).where(eq(disputes.id, id))
  if (!row) throw problem('kernel.not_found')
  return row.orderId
}

const doneAt = (dispute: DisputeRow, side: 'buyer' | 'provider'): Date | null => (side === 'buyer' ? dispute.buyerDoneAt : dispute.providerDoneAt)

export async function addEvidence(tx: Tx, deps: Deps, viewer: Viewer, id: string, { message, uploads }: z.output<typeof statementSchema>): Promise<void> {
  await changeDispute(tx, id, async (dispute, request) => {
    const side = sideIn(dispute, viewer)
    if (dispute.state !== 'evidence') throw problem('disputes.evidence_closed')
    if (doneAt(dispute, side)) throw problem('disputes.evidence_done')
    const [own] = await tx.select({ statements: count() }).from(evidencePieces).where(and(eq(evidencePieces.disputeId, id), eq(evidencePieces.side, side)))
    if ((own?.statements ?? 0) >= DISPUTE_LIMITS.statements) throw problem('disputes.too_much_evidence', { limit: DISPUTE_LIMITS.statements })
    const [last] = await tx.select({ number: max(evidencePieces.number) }).from(evidencePieces).where(eq(evidencePieces.disputeId, id))
    const files = await claimUploads(tx, viewer.userId, uploads, { kind: EVIDENCE_UPLOADS, id, visibility: 'private' })
    const number = (last?.number ?? 0) + 1
    await addPiece(tx, { disputeId: id, number, kind: 'statement', side, authorId: viewer.userId, text: message, sealed: null, files: files.map(file => ({ id: file.id, sha256: file.sha256 })), at: deps.clock.now() })
    await emit(tx, deps.clock, 'dispute.evidence_added', { id, ...disputeFacts(dispute, request, side), piece: number }, request.orderId)
  })
}

/** One side has nothing to add. When both have said so, an arbitrator need not wait. */
export async function finishEvidence(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  await changeDispute(tx, id, async (dispute, request) => {
    const side = sideIn(dispute, viewer)
    if (dispute.state !== 'evidence') throw problem('disputes.evidence_closed')
    if (doneAt(dispute, side)) return
    await tx.update(disputes).set(side === 'buyer' ? { buyerDoneAt: deps.clock.now() } : { providerDoneAt: deps.clock.now() }).where(eq(disputes.id, id))
    if (doneAt(dispute, side === 'buyer' ? 'provider' : 'buyer')) await toReview(tx, deps, dispute, request, 'system')
    else await emit(tx, deps.clock, 'dispute.evidence_finished', { id, ...disputeFacts(dispute, request, side) }, request.orderId)
  })
}

export async function closeEvidence(tx: Tx, deps: Deps, id: string): Promise<void> {
  await changeDispute(tx, id, async (dispute, request) => {
    if (dispute.state === 'evidence' && dispute.evidenceUntil <= deps.clock.now()) await toReview(tx, deps, dispute, request, 'timer')
  })
}

async function toReview(tx: Tx, deps: Deps, dispute: DisputeRow, request: RequestRow, actor: 'timer' | 'system'): Promise<void> {
  const dueAt = after(deps.clock.now(), DISPUTE_RULES.ruling)
  await transition(tx, deps.clock, disputeLifecycle, disputes, {
    id: dispute.id, action: 'close_evidence', actor, key: request.orderId, set: { dueAt }, data: { ...disputeFacts(dispute, request, null), dueAt: dueAt.toISOString() },
  })
  await cancelDeadlines(tx, 'dispute', dispute.id)
}

/** Staff give both sides a day more, once; who had nothing to add may add again. */
export async function extendEvidence(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  await changeDispute(tx, id, async (dispute, request) => {
    if (dispute.state === 'evidence' && dispute.evidenceExtended) throw problem('disputes.extended_before')
    const evidenceUntil = after(dispute.evidenceUntil, DISPUTE_RULES.moreEvidence)
    await transition(tx, deps.clock, disputeLifecycle, disputes, {
      id, action: 'extend_evidence', actor: 'staff', actorId: viewer.userId, key: request.orderId,
      set: { evidenceUntil, dueAt: evidenceUntil, evidenceExtended: true, buyerDoneAt: null, providerDoneAt: null },
      data: { ...disputeFacts(dispute, request, null), evidenceUntil: evidenceUntil.toISOString() },
    })
    await scheduleDeadline(tx, { entity: 'dispute', entityId: id, action: 'close_evidence', dueAt: evidenceUntil })
    await audit(tx, deps.clock, { actorId: viewer.userId, action: 'disputes.evidence_extended', entity: 'dispute', entityId: id, old: { evidenceUntil: dispute.evidenceUntil }, new: { evidenceUntil } })
  })
}

/** For the files of statements. */
export async function mayReadEvidence(executor: Executor, id: string, viewer: Viewer): Promise<boolean> {
  const [row] = await executor.select({ buyerId: disputes.buyerId, providerId: disputes.providerId }).from(disputes).where(eq(disputes.id, id))
  return row !== undefined && mayRead(row, viewer)
}
