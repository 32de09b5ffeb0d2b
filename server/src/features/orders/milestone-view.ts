import { fen } from '@miaodan/shared/kernel/money'
import type { Upload } from '@miaodan/shared/kernel/uploads'
import type { Perspective } from '@miaodan/shared/orders/model'
import type { MilestoneView } from '@miaodan/shared/orders/views'
import type { Deal } from './deal.ts'
import { remindersOf } from './delivering.ts'
import { placeOf } from './money.ts'
import type { ChecklistRow, DeliveryRow, MilestoneRow } from './tables.ts'

type Parts = { fees: Map<string, bigint>, files: ReadonlyMap<string, Upload>, deliveries: readonly DeliveryRow[], lines: readonly ChecklistRow[] }

/** One milestone of the order's page. Files keep the hash they had when they were delivered. */
export function milestoneView(deal: Deal, milestone: MilestoneRow, side: Perspective, now: Date, parts: Parts): MilestoneView {
  const { order } = deal
  const waits = milestone.state === 'delivered' && milestone.deliveredAt && milestone.acceptBy
  return {
    id: milestone.id, position: milestone.position, title: milestone.title, price: fen(milestone.price), days: milestone.days, state: milestone.state,
    dueAt: milestone.dueAt, startedAt: milestone.startedAt, late: milestone.state === 'in_progress' && milestone.dueAt !== null && milestone.dueAt < now, closedAt: milestone.closedAt,
    refunded: fen(milestone.refunded), coupon: fen(milestone.coupon), couponRefunded: fen(milestone.couponRefunded), heldBy: milestone.heldBy,
    acceptance: waits ? {
      deliveredAt: milestone.deliveredAt as Date, acceptBy: milestone.acceptBy as Date, extended: milestone.extended,
      reminders: remindersOf(order, milestone.acceptBy as Date).map(reminder => reminder.at),
    } : null,
    revisions: { cap: milestone.revisions, used: milestone.revisionsUsed },
    checklist: parts.lines.map(line => ({ position: line.position, text: line.text, proof: line.proof, provenVersion: line.provenVersion, ticked: line.tickedAt !== null })),
    deliveries: parts.deliveries.map(delivery => ({
      version: delivery.version, message: delivery.message, at: delivery.at,
      files: delivery.files.flatMap(({ id, sha256 }) => { const file = parts.files.get(id); return file ? [{ ...file, sha256 }] : [] }),
      revision: delivery.revisionReason !== null && delivery.revisionAt ? { reason: delivery.revisionReason, at: delivery.revisionAt } : null,
    })),
    actions: actionsOn(deal, milestone, side),
    where: placeOf(deal, milestone, side, parts.fees),
  }
}

function actionsOn({ order, milestones }: Deal, milestone: MilestoneRow, side: Perspective): MilestoneView['actions'] {
  if (side === 'provider') return milestone.state === 'in_progress' ? ['deliver'] : milestone.state === 'delivered' ? ['redeliver'] : []
  if (side !== 'buyer') return []
  if (milestone.state === 'delivered') {
    if (milestone.heldBy) return []
    const revisionLeft = milestone.revisions === null || milestone.revisionsUsed < milestone.revisions
    return ['accept', ...revisionLeft ? ['revise' as const] : [], ...milestone.extended ? [] : ['extend' as const]]
  }
  const payable = milestone.state === 'planned' && order.state === 'in_progress' && milestones.every(other => other.position >= milestone.position || other.state !== 'planned')
  return payable ? ['pay'] : []
}
