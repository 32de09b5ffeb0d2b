/** A dispute for its two sides and for staff. */
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { DisputeView } from '@miaodan/shared/disputes/model'
import { problem } from '@miaodan/shared/errors'
import { hasPermission } from '@miaodan/shared/kernel/access'
import { fen } from '@miaodan/shared/kernel/money'
import type { Perspective, Side } from '@miaodan/shared/orders/model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { transitions } from '../../kernel/tables.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { peopleByIds } from '../accounts/index.ts'
import { couponBack, readDeal, type Deal } from '../orders/index.ts'
import { caseFacts } from './case-facts.ts'
import { perspectiveOn } from './facts.ts'
import { rowView } from './queue.ts'
import { disputes, evidencePieces, refundOffers, refundRequests, rulingDrafts, rulings, type DisputeRow, type RequestRow } from './tables.ts'

export async function disputeView(executor: Executor, deps: Deps, viewer: Viewer, id: string): Promise<DisputeView> {
  const [row] = await executor.select({ dispute: disputes, request: refundRequests }).from(disputes).innerJoin(refundRequests, eq(refundRequests.id, disputes.requestId)).where(eq(disputes.id, id))
  const side = perspectiveOn(row?.dispute, viewer)
  if (!row) throw problem('kernel.not_found')
  const { dispute, request } = row
  const [pieces, decided, steps, deal, [draft], [first]] = await Promise.all([
    executor.select().from(evidencePieces).where(eq(evidencePieces.disputeId, id)).orderBy(asc(evidencePieces.number)),
    executor.select().from(rulings).where(eq(rulings.disputeId, id)).orderBy(asc(rulings.at)),
    executor.select().from(transitions).where(inArray(transitions.entityId, [id, request.id])).orderBy(asc(transitions.at), asc(transitions.id)),
    readDeal(executor, dispute.orderId),
    executor.select().from(rulingDrafts).where(and(eq(rulingDrafts.disputeId, id), eq(rulingDrafts.arbitratorId, viewer.userId))),
    executor.select({ amount: refundOffers.amount }).from(refundOffers).where(eq(refundOffers.requestId, request.id)).orderBy(asc(refundOffers.version)).limit(1),
  ])
  if (!deal) throw new Error(`order ${dispute.orderId} is gone`)
  const [files, people] = await Promise.all([
    uploadsByIds(executor, pieces.flatMap(piece => piece.files.map(file => file.id))),
    peopleByIds(executor, deps, [dispute.buyerId, dispute.providerId, ...decided.map(ruling => ruling.arbitratorId), ...[dispute.arbitratorId, dispute.appellateId].filter(one => one !== null)]),
  ])
  return {
    ...rowView(dispute, request, people), side, stage: request.stage, requestId: request.id, evidenceUntil: dispute.evidenceUntil,
    evidenceDone: [...dispute.buyerDoneAt ? ['buyer' as const] : [], ...dispute.providerDoneAt ? ['provider' as const] : []], appealUntil: dispute.appealUntil,
    appeal: dispute.appealedBy && dispute.appealedAt ? { by: dispute.appealedBy, reason: dispute.appealReason ?? '', at: dispute.appealedAt } : null,
    pieces: pieces.map(piece => ({
      number: piece.number, kind: piece.kind, by: piece.side, text: piece.text, sealed: piece.sealed, files: piece.files.flatMap(file => files.get(file.id) ?? []), sha256: piece.sha256, at: piece.at,
    })),
    rulings: decided.map(ruling => ({
      instance: ruling.instance, toBuyer: fen(ruling.toBuyer), coupon: fen(couponOf(deal, request, ruling.toBuyer)), toProvider: fen(ruling.toProvider), reasons: ruling.reasons, arbitrator: people.get(ruling.arbitratorId)?.displayName ?? '', at: ruling.at,
    })),
    history: [
      { at: request.createdAt, code: 'refund_request.created', by: request.askedBy, amount: first ? fen(first.amount) : null, text: null },
      { at: dispute.openedAt, code: 'dispute.created', by: 'system' as const, amount: null, text: null },
      ...steps.map(step => ({ at: step.at, code: `${step.entity}.${step.action}`, by: actorOf(step.actor), amount: amountIn(step.data), text: typeof step.data['reason'] === 'string' ? step.data['reason'] : null })),
    ].sort((one, other) => one.at.getTime() - other.at.getTime() || Number(one.code === 'dispute.created') - Number(other.code === 'dispute.created')),
    actions: actionsOn(dispute, side, viewer, deps.clock.now()),
    facts: side === 'staff' ? await caseFacts(executor, dispute, request, deal) : null,
    draft: side === 'staff' && draft ? { toBuyer: draft.toBuyer === null ? null : fen(draft.toBuyer), reasons: draft.reasons, marks: draft.marks, savedAt: draft.savedAt } : null,
  }
}

/** What of it goes, or went, back to who bore the coupon: counted from before this request was carried out. */
function couponOf({ milestones }: Deal, { milestoneId, toBuyer }: RequestRow, amount: bigint): bigint {
  const milestone = milestones.find(row => row.id === milestoneId)
  return milestone ? couponBack({ ...milestone, refunded: milestone.refunded - (toBuyer ?? 0n) }, amount) : 0n
}

function actorOf(actor: string): DisputeView['history'][number]['by'] {
  return actor === 'buyer' || actor === 'provider' || actor === 'staff' ? actor : 'system'
}

function amountIn(data: Record<string, unknown>) {
  const amount = data['amount']
  return typeof amount === 'string' && /^\d{1,18}$/.test(amount) ? fen(BigInt(amount)) : null
}

/** What the person may do now. The steps check it again. */
function actionsOn(dispute: DisputeRow, side: Perspective, viewer: Viewer, now: Date): DisputeView['actions'] {
  return side === 'staff' ? staffActions(dispute, viewer) : partyActions(dispute, side, now)
}

function partyActions(dispute: DisputeRow, side: Side, now: Date): DisputeView['actions'] {
  const done = side === 'buyer' ? dispute.buyerDoneAt : dispute.providerDoneAt
  if (dispute.state === 'evidence' && !done) return ['add_evidence', 'finish_evidence']
  return dispute.state === 'ruled' && dispute.appealUntil && dispute.appealUntil > now ? ['appeal'] : []
}

function staffActions(dispute: DisputeRow, viewer: Viewer): DisputeView['actions'] {
  if (!hasPermission(viewer.staffRoles, 'disputes.decide') || dispute.endedAt || dispute.state === 'ruled') return []
  const appeal = dispute.state === 'appealed'
  if (appeal && dispute.arbitratorId === viewer.userId) return []
  const own = (appeal ? dispute.appellateId : dispute.arbitratorId) === viewer.userId
  const take = own ? [] : ['take' as const]
  if (dispute.state === 'evidence') return [...take, ...dispute.evidenceExtended ? [] : ['extend_evidence' as const]]
  return [...take, appeal ? 'rule_appeal' : 'rule']
}
