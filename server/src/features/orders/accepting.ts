/** What the buyer does with a delivery, and what time does when the buyer does nothing. */
import { and, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { fen, formatMoney, type Money } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import { accountOf } from '@miaodan/shared/ledger/model'
import { milestoneLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { emit } from '../../kernel/outbox.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { balanceOf, clear, post, releaseMilestone } from '../ledger/index.ts'
import { changeDeal } from './deal.ts'
import { milestoneIn, newestVersion, scheduleAcceptance } from './delivering.ts'
import { feeTermsOf, milestoneFacts } from './facts.ts'
import { moveOn } from './funding.ts'
import { orderOfMilestone, requireSide } from './policy.ts'
import { checklistLines, deliveries, milestones, type MilestoneRow, type OrderRow } from './tables.ts'

/** Runs a buyer's step on a milestone under the lock of its order. */
async function asBuyer(tx: Tx, viewer: Viewer, milestoneId: string, work: (order: OrderRow, milestone: MilestoneRow) => Promise<void>): Promise<void> {
  await changeDeal(tx, await orderOfMilestone(tx, milestoneId), async deal => {
    requireSide(deal.order, viewer, 'buyer')
    const milestone = milestoneIn(deal, milestoneId)
    if (milestone.heldBy) throw problem('orders.refund_open')
    await work(deal.order, milestone)
  })
}

/** A decision is about the version that was looked at, never about one that came in the meantime. */
async function requireNewest(tx: Tx, milestone: MilestoneRow, version: number): Promise<void> {
  if (milestone.state !== 'delivered') throw problem('kernel.illegal_transition')
  const newest = await newestVersion(tx, milestone.id)
  if (newest !== version) throw problem('orders.newer_delivery', { version: newest }, { field: 'body.version' })
}

export async function acceptMilestone(tx: Tx, deps: Deps, viewer: Viewer, milestoneId: string, seen: { version: number, amount: Money }): Promise<void> {
  await asBuyer(tx, viewer, milestoneId, async (order, milestone) => {
    await requireNewest(tx, milestone, seen.version)
    if (milestone.price !== seen.amount.amount) throw problem('orders.wrong_amount', { amount: formatMoney(fen(milestone.price)) }, { field: 'body.amount' })
    await release(tx, deps, order, milestone, { action: 'accept', actor: 'buyer', actorId: viewer.userId })
  })
}

/** The deadline of acceptance. An extension, a revision or the buyer's own acceptance that came first leaves nothing to do. */
export async function acceptBySilence(tx: Tx, deps: Deps, milestoneId: string): Promise<void> {
  await changeDeal(tx, await orderOfMilestone(tx, milestoneId), async deal => {
    const milestone = milestoneIn(deal, milestoneId)
    if (!canStep(milestoneLifecycle, milestone.state, 'accept_by_silence') || milestone.heldBy || !milestone.acceptBy || milestone.acceptBy > deps.clock.now()) return
    await release(tx, deps, deal.order, milestone, { action: 'accept_by_silence', actor: 'timer' })
  })
}

type Acceptance = { action: 'accept', actor: 'buyer', actorId: string } | { action: 'accept_by_silence', actor: 'timer' }

/** The escrow less the fee goes into clearing, and the next milestone may start. The order's row is locked. */
async function release(tx: Tx, deps: Deps, order: OrderRow, milestone: MilestoneRow, by: Acceptance): Promise<void> {
  const now = deps.clock.now()
  const { fee, net } = await releaseMilestone(tx, { at: now, orderId: order.id, milestoneId: milestone.id, providerId: order.providerId, amount: milestone.price, terms: feeTermsOf(order) })
  const unticked = await tx.select({ position: checklistLines.position, ticked: checklistLines.tickedAt }).from(checklistLines).where(eq(checklistLines.milestoneId, milestone.id))
  const clearsAt = after(now, order.rules.clearing)
  await transition(tx, deps.clock, milestoneLifecycle, milestones, {
    ...by, id: milestone.id, key: order.id, set: { closedAt: now, fee, clearsAt, acceptedBy: by.actor },
    data: {
      ...milestoneFacts(order, milestone), fee: fee.toString(), net: net.toString(), clearsAt: clearsAt.toISOString(),
      version: await newestVersion(tx, milestone.id), unticked: unticked.filter(line => line.ticked === null).map(line => line.position),
    },
  })
  await cancelDeadlines(tx, 'milestone', milestone.id)
  await scheduleDeadline(tx, { entity: 'milestone', entityId: milestone.id, action: 'clear', dueAt: clearsAt })
  await moveOn(tx, deps, order.id)
}

/** The clearing period is over: what is left of it (a refund may have taken some) is the provider's to take out. */
export async function clearMilestone(tx: Tx, deps: Deps, milestoneId: string): Promise<void> {
  await changeDeal(tx, await orderOfMilestone(tx, milestoneId), async deal => {
    const { order } = deal
    const milestone = milestoneIn(deal, milestoneId)
    if (milestone.state !== 'released' || milestone.clearedAt || !milestone.clearsAt || milestone.clearsAt > deps.clock.now()) return
    const amount = await balanceOf(tx, accountOf.clearing(order.providerId, milestone.id))
    const now = deps.clock.now()
    if (amount > 0n) await post(tx, clear({ at: now, orderId: order.id, milestoneId: milestone.id, providerId: order.providerId, amount }))
    await tx.update(milestones).set({ clearedAt: now }).where(eq(milestones.id, milestone.id))
    await emit(tx, deps.clock, 'milestone.cleared', { id: milestone.id, ...milestoneFacts(order, milestone), net: amount.toString() }, order.id)
  })
}

export async function reviseMilestone(tx: Tx, deps: Deps, viewer: Viewer, milestoneId: string, seen: { version: number, reason: string }): Promise<void> {
  await asBuyer(tx, viewer, milestoneId, async (order, milestone) => {
    await requireNewest(tx, milestone, seen.version)
    const { revisions: cap, revisionsUsed } = milestone
    if (cap !== null && revisionsUsed >= cap) throw problem('orders.revisions_used_up', { cap })
    const now = deps.clock.now()
    const dueAt = nextDue(order, milestone, now)
    await transition(tx, deps.clock, milestoneLifecycle, milestones, {
      id: milestone.id, action: 'revise', actor: 'buyer', actorId: viewer.userId, key: order.id, set: { revisionsUsed: revisionsUsed + 1, acceptBy: null, dueAt },
      data: { ...milestoneFacts(order, milestone), version: seen.version, reason: seen.reason, used: revisionsUsed + 1, cap, dueAt: dueAt.toISOString() },
    })
    await tx.update(deliveries).set({ revisionReason: seen.reason, revisionAt: now }).where(and(eq(deliveries.milestoneId, milestone.id), eq(deliveries.version, seen.version)))
    await cancelDeadlines(tx, 'milestone', milestone.id)
  })
}

/** A revision may take what is left of the agreed time, and a few days at least. */
function nextDue(order: OrderRow, milestone: MilestoneRow, now: Date): Date {
  const atLeast = after(now, order.rules.revisionTakes)
  return milestone.dueAt && milestone.dueAt > atLeast ? milestone.dueAt : atLeast
}

export async function extendAcceptance(tx: Tx, deps: Deps, viewer: Viewer, milestoneId: string): Promise<void> {
  await asBuyer(tx, viewer, milestoneId, async (order, milestone) => {
    if (milestone.state === 'delivered' && milestone.extended) throw problem('orders.already_extended')
    const acceptBy = after(milestone.acceptBy ?? deps.clock.now(), order.rules.extension)
    await transition(tx, deps.clock, milestoneLifecycle, milestones, {
      id: milestone.id, action: 'extend', actor: 'buyer', actorId: viewer.userId, key: order.id, set: { acceptBy, extended: true },
      data: { ...milestoneFacts(order, milestone), acceptBy: acceptBy.toISOString() },
    })
    await scheduleAcceptance(tx, order, milestone.id, acceptBy, deps.clock.now())
  })
}

/** Tells that the acceptance by silence is near. */
export async function remind(tx: Tx, deps: Deps, milestoneId: string, action: 'remind_3d' | 'remind_1d'): Promise<void> {
  await changeDeal(tx, await orderOfMilestone(tx, milestoneId), async deal => {
    const milestone = milestoneIn(deal, milestoneId)
    if (milestone.state !== 'delivered' || milestone.heldBy || !milestone.acceptBy) return
    await emit(tx, deps.clock, `milestone.${action}`, { id: milestone.id, ...milestoneFacts(deal.order, milestone), acceptBy: milestone.acceptBy.toISOString() }, deal.order.id)
  })
}

/** The buyer's mark beside a line of the version that lies before them. */
export async function tickLine(tx: Tx, deps: Deps, viewer: Viewer, milestoneId: string, position: number, ticked: boolean): Promise<void> {
  await asBuyer(tx, viewer, milestoneId, async (_order, milestone) => {
    if (milestone.state !== 'delivered') throw problem('kernel.illegal_transition')
    const changed = await tx.update(checklistLines).set({ tickedAt: ticked ? deps.clock.now() : null })
      .where(and(eq(checklistLines.milestoneId, milestone.id), eq(checklistLines.position, position))).returning({ position: checklistLines.position })
    if (changed.length === 0) throw problem('orders.checklist_line_unknown')
  })
}
