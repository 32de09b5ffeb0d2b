/** Orders as lists show them. */
import { and, desc, inArray, isNotNull } from 'drizzle-orm'
import { fen } from '@miaodan/shared/kernel/money'
import type { PersonCard } from '@miaodan/shared/accounts/model'
import type { Perspective } from '@miaodan/shared/orders/model'
import type { OrderRow as OrderRowView } from '@miaodan/shared/orders/views'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { peopleByIds } from '../accounts/index.ts'
import { milestonesByOrder, type Deal } from './deal.ts'
import { netOfDeal, segmentsOf } from './money.ts'
import { nextStep } from './next-step.ts'
import { deliveries, type OrderRow } from './tables.ts'

export async function orderRows(executor: Executor, deps: Deps, rows: readonly OrderRow[], perspectiveOf: (order: OrderRow) => Perspective): Promise<OrderRowView[]> {
  const [byOrder, people] = await Promise.all([
    milestonesByOrder(executor, rows.map(row => row.id)),
    peopleByIds(executor, deps, rows.flatMap(row => [row.buyerId, row.providerId])),
  ])
  const deals = rows.map(order => ({ order, milestones: byOrder.get(order.id) ?? [] }))
  const reasons = await revisionReasons(executor, deals.flatMap(deal => deal.milestones.filter(milestone => milestone.state === 'in_progress' && milestone.revisionsUsed > 0).map(milestone => milestone.id)))
  return deals.map(deal => rowOf(deal, perspectiveOf(deal.order), people, reasons))
}

/** What the buyer last asked to change, by milestone. */
export async function revisionReasons(executor: Executor, milestoneIds: readonly string[]): Promise<Map<string, string>> {
  if (milestoneIds.length === 0) return new Map()
  const rows = await executor.selectDistinctOn([deliveries.milestoneId], { id: deliveries.milestoneId, reason: deliveries.revisionReason }).from(deliveries)
    .where(and(inArray(deliveries.milestoneId, [...milestoneIds]), isNotNull(deliveries.revisionReason))).orderBy(deliveries.milestoneId, desc(deliveries.version))
  return new Map(rows.map(row => [row.id, row.reason ?? '']))
}

export function rowOf(deal: Deal, perspective: Perspective, people: ReadonlyMap<string, PersonCard>, reasons: ReadonlyMap<string, string>): OrderRowView {
  const { order, milestones } = deal
  const otherId = perspective === 'provider' ? order.buyerId : order.providerId
  const working = milestones.find(milestone => milestone.state === 'in_progress')
  const next = nextStep(deal, working ? reasons.get(working.id) ?? null : null)
  return {
    id: order.id, number: order.number, title: order.title, state: order.state, side: perspective,
    other: personIn(people, otherId), cover: order.snapshot?.cover ?? null, price: fen(order.price),
    // What clears is the provider's affair; for the buyer the order is over.
    next: perspective === 'buyer' && next.code === 'clearing' ? { ...next, code: 'completed', by: 'nobody', at: null, otherwise: null, amount: null } : next,
    change: order.changeFor === perspective && order.changeStep && order.changeAt ? { step: order.changeStep, at: order.changeAt } : null,
    pips: milestones.map(milestone => milestone.state), segments: segmentsOf(deal, perspective),
    net: perspective === 'buyer' ? null : fen(netOfDeal(deal)), createdAt: order.createdAt, endedAt: order.endedAt,
  }
}

export function personIn(people: ReadonlyMap<string, PersonCard>, id: string): PersonCard {
  const person = people.get(id)
  if (!person) throw new Error(`person ${id} is gone`)
  return person
}
