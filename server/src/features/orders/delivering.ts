/** Handing over work: each delivery is a version that is never changed, with its files' hashes and how each line is met. */
import { and, eq, max } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { after, durationMs, type Duration } from '@miaodan/shared/kernel/time'
import { milestoneLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { deliveryInputSchema } from '@miaodan/shared/orders/model'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { transition } from '../../kernel/transition.ts'
import { claimUploads } from '../../kernel/uploads.ts'
import { changeDeal, type Deal } from './deal.ts'
import { milestoneFacts } from './facts.ts'
import { orderOfMilestone, requireSide } from './policy.ts'
import { checklistLines, deliveries, milestones, type MilestoneRow, type OrderRow } from './tables.ts'

export const DELIVERY_UPLOADS = 'order.delivery'
type DeliveryInput = z.output<typeof deliveryInputSchema>

export function milestoneIn({ milestones: list }: Deal, id: string): MilestoneRow {
  const milestone = list.find(row => row.id === id)
  if (!milestone) throw problem('kernel.not_found')
  return milestone
}

/** Number of the newest delivery; 0 before the first. */
export async function newestVersion(executor: Executor, milestoneId: string): Promise<number> {
  const [row] = await executor.select({ version: max(deliveries.version) }).from(deliveries).where(eq(deliveries.milestoneId, milestoneId))
  return row?.version ?? 0
}

export async function deliver(tx: Tx, deps: Deps, viewer: Viewer, milestoneId: string, input: DeliveryInput): Promise<void> {
  await changeDeal(tx, await orderOfMilestone(tx, milestoneId), async deal => {
    const { order } = deal
    requireSide(order, viewer, 'provider')
    const milestone = milestoneIn(deal, milestoneId)
    const now = deps.clock.now()
    const version = await newestVersion(tx, milestone.id) + 1
    const acceptBy = after(now, order.rules.silenceAccepts)
    await transition(tx, deps.clock, milestoneLifecycle, milestones, {
      id: milestone.id, action: milestone.state === 'delivered' ? 'redeliver' : 'deliver', actor: 'provider', actorId: viewer.userId, key: order.id,
      set: { deliveredAt: now, onTime: milestone.onTime ?? (milestone.dueAt !== null && now <= milestone.dueAt), acceptBy },
      data: { ...milestoneFacts(order, milestone), version, message: input.message, acceptBy: acceptBy.toISOString() },
    })
    const files = await claimUploads(tx, viewer.userId, input.uploads, { kind: DELIVERY_UPLOADS, id: order.id, visibility: 'private' })
    await tx.insert(deliveries).values({ milestoneId: milestone.id, version, message: input.message, files: files.map(({ id, sha256 }) => ({ id, sha256 })), at: now })
    await keepProofs(tx, milestone.id, version, input.proofs)
    // While a refund is talked about its clock stands still.
    if (!milestone.heldBy) await scheduleAcceptance(tx, order, milestone.id, acceptBy, now)
  })
}

/** What was ticked was an older version; what was said to be met stays until it is said anew. */
async function keepProofs(tx: Tx, milestoneId: string, version: number, proofs: DeliveryInput['proofs']): Promise<void> {
  if (new Set(proofs.map(proof => proof.position)).size < proofs.length) throw problem('orders.checklist_line_repeated', {}, { field: 'body.proofs' })
  await tx.update(checklistLines).set({ tickedAt: null }).where(eq(checklistLines.milestoneId, milestoneId))
  for (const [index, proof] of proofs.entries()) {
    const kept = await tx.update(checklistLines).set({ proof: proof.note, provenVersion: version })
      .where(and(eq(checklistLines.milestoneId, milestoneId), eq(checklistLines.position, proof.position))).returning({ position: checklistLines.position })
    if (kept.length === 0) throw problem('orders.checklist_line_unknown', {}, { field: `body.proofs.${index}.position` })
  }
}

/** The acceptance by silence and the reminders before it. A reminder whose time has passed is not sent late. */
export async function scheduleAcceptance(tx: Tx, order: OrderRow, milestoneId: string, acceptBy: Date, now: Date): Promise<void> {
  const milestone = { entity: 'milestone', entityId: milestoneId }
  await scheduleDeadline(tx, { ...milestone, action: 'accept_by_silence', dueAt: acceptBy })
  for (const { action, at } of remindersOf(order, acceptBy)) {
    if (at > now) await scheduleDeadline(tx, { ...milestone, action, dueAt: at })
    else await cancelDeadlines(tx, 'milestone', milestoneId, action)
  }
}

export function remindersOf(order: Pick<OrderRow, 'rules'>, acceptBy: Date): { action: 'remind_3d' | 'remind_1d', at: Date }[] {
  const before = (duration: Duration) => new Date(acceptBy.getTime() - durationMs(duration))
  return [{ action: 'remind_3d', at: before(order.rules.remind3d) }, { action: 'remind_1d', at: before(order.rules.remind1d) }]
}
