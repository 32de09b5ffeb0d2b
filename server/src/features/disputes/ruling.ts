/** Deciding: a dry run of the very postings, the ruling, one appeal to another arbitrator, and carrying it out once. */
import { and, eq, sql } from 'drizzle-orm'
import { disputeLifecycle } from '@miaodan/shared/disputes/lifecycle'
import { DISPUTE_RULES } from '@miaodan/shared/disputes/rules'
import { problem } from '@miaodan/shared/errors'
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { entriesOf } from '../ledger/index.ts'
import { divideMilestone, type Deal } from '../orders/index.ts'
import { carryOut } from './carrying-out.ts'
import { changeDispute } from './evidence.ts'
import { disputeFacts, personOf, sideIn } from './facts.ts'
import { disputes, rulingDrafts, rulings, type DisputeRow, type Mark, type RequestRow } from './tables.ts'

type Amount = { amount: bigint }
type Split = { toBuyer: Amount, toProvider: Amount }

function requireWhole(dispute: DisputeRow, { toBuyer, toProvider }: Split): void {
  if (toBuyer.amount + toProvider.amount !== dispute.pot) throw problem('disputes.not_summed', { whole: formatMoney(fen(dispute.pot)) }, { field: 'body.toBuyer' })
}

/** Nobody decides their own case, and nobody decides the appeal against themselves. */
function requireImpartial(dispute: DisputeRow, viewer: Viewer): void {
  if (dispute.buyerId === viewer.userId || dispute.providerId === viewer.userId) throw problem('disputes.own_case')
  if (dispute.state === 'appealed' && dispute.arbitratorId === viewer.userId) throw problem('disputes.same_arbitrator')
}

export async function takeCase(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  await changeDispute(tx, id, async dispute => {
    if (dispute.endedAt || dispute.state === 'ruled') throw problem('kernel.illegal_transition')
    requireImpartial(dispute, viewer)
    const appeal = dispute.state === 'appealed'
    await tx.update(disputes).set(appeal ? { appellateId: viewer.userId } : { arbitratorId: viewer.userId }).where(eq(disputes.id, id))
    await audit(tx, deps.clock, {
      actorId: viewer.userId, action: 'disputes.taken', entity: 'dispute', entityId: id, old: { arbitratorId: appeal ? dispute.appellateId : dispute.arbitratorId }, new: { arbitratorId: viewer.userId },
    })
  })
}

/** What is booked when it is carried out now: done, read, and undone by a savepoint, so that it cannot differ from the real thing. */
export async function dryRun(tx: Tx, deps: Deps, id: string, split: Split) {
  return changeDispute(tx, id, async (dispute, request, deal) => {
    requireWhole(dispute, split)
    if (dispute.endedAt) throw problem('kernel.illegal_transition')
    const known = new Set((await entriesOf(tx, { orderId: dispute.orderId }, ALL)).items.map(entry => entry.id))
    await tx.execute(sql`savepoint dry_run`)
    const divided = await divideMilestone(tx, deps, deal, request.milestoneId, { requestId: request.id, of: dispute.pot, toBuyer: split.toBuyer.amount, reason: 'ruled' })
    const entries = (await entriesOf(tx, { orderId: dispute.orderId }, ALL)).items.filter(entry => !known.has(entry.id)).reverse()
    await tx.execute(sql`rollback to savepoint dry_run`)
    return {
      postings: entries.flatMap(entry => entry.postings.map(({ from, to, amount }) => ({ entry: entry.kind, from, to, amount }))),
      toBuyer: fen(divided.toBuyer), coupon: fen(divided.coupon), fee: fen(divided.fee), net: fen(divided.net), pot: fen(dispute.pot),
    }
  })
}
const ALL = { limit: 1_000 }

export async function rule(tx: Tx, deps: Deps, viewer: Viewer, id: string, decision: Split & { reasons: string }): Promise<void> {
  await changeDispute(tx, id, async (dispute, request, deal) => {
    requireWhole(dispute, decision)
    requireImpartial(dispute, viewer)
    if (dispute.state === 'ruled' || dispute.state === 'executed') throw problem('disputes.already_ruled')
    const appeal = dispute.state === 'appealed'
    const now = deps.clock.now()
    const toBuyer = decision.toBuyer.amount
    const appealUntil = after(now, DISPUTE_RULES.appeal)
    const decided = appeal ? { appellateId: viewer.userId, endedAt: now, dueAt: null } : { arbitratorId: viewer.userId, appealUntil, dueAt: appealUntil }
    await transition(tx, deps.clock, disputeLifecycle, disputes, {
      id, action: appeal ? 'rule_finally' : 'rule', actor: 'staff', actorId: viewer.userId, key: request.orderId, set: decided,
      data: { ...disputeFacts({ ...dispute, ...decided }, request, null), amount: toBuyer.toString(), rest: decision.toProvider.amount.toString(), reason: decision.reasons, appealUntil: appealUntil.toISOString() },
    })
    await tx.insert(rulings).values({ disputeId: id, instance: appeal ? 'appeal' : 'first', arbitratorId: viewer.userId, toBuyer, toProvider: decision.toProvider.amount, reasons: decision.reasons, at: now })
    await tx.delete(rulingDrafts).where(and(eq(rulingDrafts.disputeId, id), eq(rulingDrafts.arbitratorId, viewer.userId)))
    await audit(tx, deps.clock, {
      actorId: viewer.userId, action: appeal ? 'disputes.appeal_ruled' : 'disputes.ruled', entity: 'dispute', entityId: id,
      new: { toBuyer: toBuyer.toString(), toProvider: decision.toProvider.amount.toString() }, reason: decision.reasons,
    })
    if (appeal) await execute(tx, deps, deal, request, toBuyer)
    else await scheduleDeadline(tx, { entity: 'dispute', entityId: id, action: 'execute', dueAt: appealUntil })
  })
}

export async function appeal(tx: Tx, deps: Deps, viewer: Viewer, id: string, reason: string): Promise<void> {
  await changeDispute(tx, id, async (dispute, request) => {
    const side = sideIn(dispute, viewer)
    const now = deps.clock.now()
    if (dispute.state !== 'ruled' || !dispute.appealUntil || dispute.appealUntil <= now) throw problem('disputes.appeal_over')
    const dueAt = after(now, DISPUTE_RULES.ruling)
    await transition(tx, deps.clock, disputeLifecycle, disputes, {
      id, action: 'appeal', actor: side, actorId: personOf(dispute, side), key: request.orderId, set: { appealedBy: side, appealReason: reason, appealedAt: now, dueAt },
      data: { ...disputeFacts(dispute, request, side), reason, dueAt: dueAt.toISOString() },
    })
    await cancelDeadlines(tx, 'dispute', id)
  })
}

/** The time for an appeal is over. */
export async function executeRuling(tx: Tx, deps: Deps, id: string): Promise<void> {
  await changeDispute(tx, id, async (dispute, request, deal) => {
    if (!canStep(disputeLifecycle, dispute.state, 'execute') || !dispute.appealUntil || dispute.appealUntil > deps.clock.now()) return
    const [ruling] = await tx.select().from(rulings).where(and(eq(rulings.disputeId, id), eq(rulings.instance, 'first')))
    if (!ruling) throw new Error(`dispute ${id} is ruled without a ruling`)
    await transition(tx, deps.clock, disputeLifecycle, disputes, {
      id, action: 'execute', actor: 'timer', key: request.orderId, set: { endedAt: deps.clock.now(), dueAt: null },
      data: { ...disputeFacts(dispute, request, null), amount: ruling.toBuyer.toString(), rest: ruling.toProvider.toString() },
    })
    await execute(tx, deps, deal, request, ruling.toBuyer)
  })
}

async function execute(tx: Tx, deps: Deps, deal: Deal, request: RequestRow, toBuyer: bigint): Promise<void> {
  await carryOut(tx, deps, deal, request, { action: 'execute', actor: 'system', actorId: null, toBuyer, outcome: 'ruled' })
}

export async function saveDraft(tx: Tx, deps: Deps, viewer: Viewer, id: string, draft: { toBuyer: Amount | null, reasons: string, marks: Record<string, Mark> }): Promise<Date> {
  const [dispute] = await tx.select({ id: disputes.id }).from(disputes).where(eq(disputes.id, id))
  if (!dispute) throw problem('kernel.not_found')
  const kept = { toBuyer: draft.toBuyer?.amount ?? null, reasons: draft.reasons, marks: draft.marks, savedAt: deps.clock.now() }
  await tx.insert(rulingDrafts).values({ disputeId: id, arbitratorId: viewer.userId, ...kept }).onConflictDoUpdate({ target: [rulingDrafts.disputeId, rulingDrafts.arbitratorId], set: kept })
  return kept.savedAt
}
