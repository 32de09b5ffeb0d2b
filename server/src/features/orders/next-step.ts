/** The one thing to do next in a deal: pure, so that the lists, the page and the tests agree. */
import { fen } from '@miaodan/shared/kernel/money'
import type { NextStep } from '@miaodan/shared/orders/model'
import { netOf } from './facts.ts'
import type { MilestoneRow, OrderRow } from './tables.ts'

const NOTHING = { by: 'nobody', at: null, otherwise: null, amount: null, milestone: null, reason: null } as const
const CLOSED = ['released', 'refunded', 'split']

/** `reason` is what the buyer asked to change in the milestone under way. */
export function nextStep({ order, milestones }: { order: OrderRow, milestones: readonly MilestoneRow[] }, reason: string | null = null): NextStep {
  const asked = milestones.find(milestone => milestone.heldFor === 'buyer' || milestone.heldFor === 'provider')
  if (asked) return stepOfRefund(asked, milestones)
  switch (order.state) {
    case 'pending_payment': return { ...NOTHING, code: 'pay', by: 'buyer', at: order.payBy, otherwise: 'order_expires', amount: fen(order.price - order.coupon) }
    case 'paid': return { ...NOTHING, code: 'accept_order', by: 'provider', at: order.acceptBy, otherwise: 'refunded', amount: fen(sum(milestones.filter(milestone => milestone.state === 'funded'))) }
    case 'in_progress': return stepOfMilestone(milestones, reason)
    case 'completed': return afterCompletion(milestones)
    case 'expired': return { ...NOTHING, code: 'expired' }
    case 'cancelled': return { ...NOTHING, code: 'cancelled' }
  }
}

function stepOfMilestone(milestones: readonly MilestoneRow[], reason: string | null): NextStep {
  const current = milestones.find(milestone => !CLOSED.includes(milestone.state) && milestone.heldBy === null)
  const held = milestones.find(milestone => milestone.heldBy !== null)
  if (!current) return held ? stepOfRefund(held, milestones) : { ...NOTHING, code: 'completed' }
  const milestone = { id: current.id, position: current.position, title: current.title, count: milestones.length }
  const step = { ...NOTHING, milestone, amount: fen(current.price) }
  if (current.state === 'planned') return { ...step, code: 'pay_milestone', by: 'buyer', amount: fen(current.price - current.coupon) }
  if (current.state === 'delivered') return { ...step, code: 'check', by: 'buyer', at: current.acceptBy, otherwise: 'accepted' }
  return { ...step, code: current.revisionsUsed > 0 ? 'revise' : 'deliver', by: 'provider', at: current.dueAt, otherwise: 'late', reason }
}

/** A refund is asked: one side answers in time or silence decides; else it is with an arbitrator. */
function stepOfRefund(held: MilestoneRow, milestones: readonly MilestoneRow[]): NextStep {
  const step = { ...NOTHING, milestone: { id: held.id, position: held.position, title: held.title, count: milestones.length }, at: held.heldUntil, amount: held.heldAmount === null ? null : fen(held.heldAmount) }
  if (held.heldFor === 'buyer' || held.heldFor === 'provider') return { ...step, code: 'answer_refund', by: held.heldFor, otherwise: held.heldFor === 'provider' ? 'refund_as_asked' : 'arbitration' }
  return { ...step, code: 'arbitration', by: 'staff' }
}

function afterCompletion(milestones: readonly MilestoneRow[]): NextStep {
  const held = milestones.find(milestone => milestone.heldBy !== null)
  if (held) return stepOfRefund(held, milestones)
  const clearing = milestones.filter(milestone => milestone.state === 'released' && milestone.clearedAt === null && milestone.clearsAt !== null && netOf(milestone).amount > 0n)
  if (clearing.length === 0) return { ...NOTHING, code: 'completed' }
  const last = clearing.reduce((latest, milestone) => ((milestone.clearsAt as Date) > (latest.clearsAt as Date) ? milestone : latest))
  return { ...NOTHING, code: 'clearing', by: 'system', at: last.clearsAt, otherwise: 'available', amount: fen(clearing.reduce((total, milestone) => total + netOf(milestone).amount, 0n)) }
}

const sum = (milestones: readonly MilestoneRow[]): bigint => milestones.reduce((total, milestone) => total + milestone.price, 0n)
