/** A refund request the two could not settle becomes a dispute: numbered, its evidence sealed, 48 hours for both to add to it. */
import { eq } from 'drizzle-orm'
import { disputeLifecycle } from '@miaodan/shared/disputes/lifecycle'
import { DISPUTE_RULES } from '@miaodan/shared/disputes/rules'
import { after } from '@miaodan/shared/kernel/time'
import type { Side } from '@miaodan/shared/orders/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import { newId } from '../../kernel/ids.ts'
import { withNumber } from '../../kernel/numbers.ts'
import { emit } from '../../kernel/outbox.ts'
import { transition } from '../../kernel/transition.ts'
import { changeHold, type Deal } from '../orders/index.ts'
import { disputeFacts } from './facts.ts'
import { addPiece, sealPack } from './sealing.ts'
import { disputes, type RequestRow } from './tables.ts'

/** The request is escalated already and the order's row is locked. `refusal` is the first statement of who refused. */
export async function openDispute(tx: Tx, deps: Deps, deal: Deal, request: RequestRow, refusal: { side: Side, authorId: string, message: string } | null): Promise<void> {
  const now = deps.clock.now()
  const evidenceUntil = after(now, DISPUTE_RULES.evidence)
  const row = {
    id: newId(), requestId: request.id, orderId: request.orderId, buyerId: request.buyerId, providerId: request.providerId, categoryId: request.categoryId, pot: request.pot,
    state: disputeLifecycle.initial, dueAt: evidenceUntil, evidenceUntil, openedAt: now,
  }
  const dispute = await withNumber('DC', now, async number => (await tx.insert(disputes).values({ ...row, number }).onConflictDoNothing({ target: disputes.number }).returning())[0])
  await sealPack(tx, dispute.id, deal, request, now)
  if (refusal) {
    const { side, authorId, message } = refusal
    await addPiece(tx, { disputeId: dispute.id, number: SEALED_PIECES + 1, kind: 'statement', side, authorId, text: message, sealed: null, files: [], at: now })
  }
  await cancelDeadlines(tx, 'refund_request', request.id)
  await scheduleDeadline(tx, { entity: 'dispute', entityId: dispute.id, action: 'close_evidence', dueAt: evidenceUntil })
  await changeHold(tx, request.milestoneId, { requestId: request.id, waitsFor: 'staff', until: null, amount: request.pot })
  await emit(tx, deps.clock, 'dispute.created', { id: dispute.id, ...disputeFacts(dispute, request, null), evidenceUntil: evidenceUntil.toISOString() }, request.orderId)
}

/** checklist, deliveries, timeline, chat, offers, payments */
const SEALED_PIECES = 6

/** The two have settled it, or who asked has withdrawn: possible until there is a ruling. */
export async function endDispute(tx: Tx, deps: Deps, request: RequestRow, action: 'settle' | 'withdraw'): Promise<void> {
  const [dispute] = await tx.select().from(disputes).where(eq(disputes.requestId, request.id)).for('update')
  if (!dispute) throw new Error(`request ${request.id} is escalated without a dispute`)
  await transition(tx, deps.clock, disputeLifecycle, disputes, { id: dispute.id, action, actor: 'system', key: request.orderId, set: { endedAt: deps.clock.now(), dueAt: null }, data: disputeFacts(dispute, request, null) })
  await cancelDeadlines(tx, 'dispute', dispute.id)
}
