/** What a change order would make of an order: pure, so that the preview, the answer and the application say the same. */
import { problem } from '@miaodan/shared/errors'
import { fen, MAX_AMOUNT } from '@miaodan/shared/kernel/money'
import type { ChangeEffect, ChangeLine, ChangeTerms } from '@miaodan/shared/orders/change-model'
import { ORDER_LIMITS } from '@miaodan/shared/orders/rules'
import { isClosed, type Deal } from './deal.ts'
import { couponBack, netOfDeal, sumOf, totalFee } from './money.ts'
import type { MilestoneRow } from './tables.ts'

/** The lines agreed for each milestone, by its id. */
export type Checklists = ReadonlyMap<string, readonly string[]>
export type Outcome = { lines: ChangeLine[], effect: ChangeEffect }

/** @throws problem when the order or a milestone cannot be changed so, or nothing would change. */
export function outcomeOf(deal: Deal, checklists: Checklists, terms: ChangeTerms): Outcome {
  const lines = linesOf(deal, checklists, terms)
  return { lines, effect: effectOf(deal, lines) }
}

function linesOf({ order, milestones }: Deal, checklists: Checklists, terms: ChangeTerms): ChangeLine[] {
  if (order.state !== 'in_progress') throw problem('orders.change_not_running')
  if (new Set(terms.milestones.map(({ id }) => id)).size < terms.milestones.length) throw problem('orders.change_repeated', {}, { field: 'body.milestones' })
  const limit = ORDER_LIMITS.milestones
  if (milestones.length + terms.added.length > limit) throw problem('orders.change_too_many', { limit }, { field: 'body.added' })
  const changed = terms.milestones.flatMap((change, index) => changedLine(milestones, checklists, change, `body.milestones.${index}`))
  const last = milestones.at(-1)?.position ?? 0
  const added = terms.added.map((after, index): ChangeLine => ({ milestoneId: null, position: last + index + 1, before: null, after }))
  if (changed.length + added.length === 0) throw problem('orders.change_empty')
  return [...changed.toSorted((a, b) => a.position - b.position), ...added]
}

function changedLine(milestones: readonly MilestoneRow[], checklists: Checklists, { id, ...change }: ChangeTerms['milestones'][number], field: string): ChangeLine[] {
  const milestone = milestones.find(row => row.id === id)
  if (!milestone) throw problem('kernel.not_found', {}, { field })
  if (isClosed(milestone)) throw problem('orders.change_closed', { position: milestone.position }, { field })
  if (milestone.heldBy) throw problem('orders.refund_open', {}, { field })
  const before = { title: milestone.title, price: fen(milestone.price), days: milestone.days, checklist: [...checklists.get(id) ?? []] }
  const after = { title: change.title ?? before.title, price: change.price ?? before.price, days: change.days ?? before.days, checklist: change.checklist ?? before.checklist }
  const same = after.title === before.title && after.price.amount === before.price.amount && after.days === before.days && after.checklist.join('\n') === before.checklist.join('\n')
  return same ? [] : [{ milestoneId: id, position: milestone.position, before, after }]
}

function effectOf(deal: Deal, lines: readonly ChangeLine[]): ChangeEffect {
  const after = dealAfter(deal, lines)
  if (after.order.price > MAX_AMOUNT) throw problem('orders.change_too_large')
  const both = (of: (deal: Deal) => bigint) => ({ before: fen(of(deal)), after: fen(of(after)) })
  const moves = escrowMoves(deal, lines)
  const couponReturned = sumOf(moves, ({ milestone, change }) => (change < 0n ? couponBack(milestone, -change) : 0n))
  return {
    price: both(({ order }) => order.price), fee: both(totalFee), net: both(netOfDeal), coupon: both(({ milestones }) => sumOf(milestones, milestone => milestone.coupon)),
    pay: fen(sumOf(moves, ({ change }) => (change > 0n ? change : 0n))), refund: fen(sumOf(moves, ({ change }) => (change < 0n ? -change : 0n)) - couponReturned), couponReturned: fen(couponReturned),
  }
}

/** By how much the escrow of each milestone that is paid already rises or falls. What is not paid yet simply has another price. */
export function escrowMoves({ milestones }: Deal, lines: readonly ChangeLine[]): { milestone: MilestoneRow, change: bigint }[] {
  return lines.flatMap(({ milestoneId, after }) => {
    const milestone = milestones.find(row => row.id === milestoneId)
    const change = milestone && milestone.state !== 'planned' ? after.price.amount - milestone.price : 0n
    return milestone && change !== 0n ? [{ milestone, change }] : []
  })
}

/**
 * The coupon's share of a milestone at another price: a decrease takes its part of it, an increase is the buyer's alone. Of
 * what is not paid yet at least one fen is left to pay.
 */
export function couponAt(milestone: MilestoneRow, price: bigint): bigint {
  const left = price < milestone.price ? milestone.coupon - couponBack(milestone, milestone.price - price) : milestone.coupon
  return milestone.state === 'planned' && left >= price ? price - 1n : left
}

/** The deal as it would stand. */
function dealAfter({ order, milestones }: Deal, lines: readonly ChangeLine[]): Deal {
  const changed = milestones.map(milestone => {
    const line = lines.find(({ milestoneId }) => milestoneId === milestone.id)
    return line ? { ...milestone, price: line.after.price.amount, coupon: couponAt(milestone, line.after.price.amount) } : milestone
  })
  const [first] = milestones
  if (!first) throw new Error(`order ${order.id} has no milestone`)
  const added = lines.filter(({ milestoneId }) => milestoneId === null)
    .map(({ position, after }): MilestoneRow => ({ ...first, id: `added ${position}`, position, price: after.price.amount, state: 'planned', coupon: 0n, couponRefunded: 0n, fee: null, refunded: 0n, heldBy: null }))
  const list = [...changed, ...added]
  return { order: { ...order, price: sumOf(list, milestone => milestone.price) }, milestones: list }
}
