/** Everything the page of an order shows, for the person who looks at it. */
import { asc } from 'drizzle-orm'
import * as z from 'zod'
import { serviceSnapshotSchema } from '@miaodan/shared/catalog/model'
import { problem } from '@miaodan/shared/errors'
import { actionsFor } from '@miaodan/shared/kernel/lifecycle'
import { fen } from '@miaodan/shared/kernel/money'
import { durationMs } from '@miaodan/shared/kernel/time'
import type { Upload } from '@miaodan/shared/kernel/uploads'
import { orderLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { Perspective } from '@miaodan/shared/orders/model'
import type { OrderView } from '@miaodan/shared/orders/views'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { idIn, statement } from '../../kernel/statement.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { peopleByIds } from '../accounts/index.ts'
import { paymentsForSubjects } from '../payments/index.ts'
import { couponOf } from './coupon.ts'
import { readDeal, type Deal } from './deal.ts'
import { milestoneView } from './milestone-view.ts'
import { feesOf, netOfDeal, sumOf, toPay, totalFee } from './money.ts'
import { perspectiveOf } from './policy.ts'
import { versionsOf, versionView } from './quote-view.ts'
import { personIn, rowOf } from './rows.ts'
import { checklistLines, deliveries, type OrderRow } from './tables.ts'
import { timelineOf, transitionsOf } from './timeline.ts'

const DAY_MS = durationMs({ days: 1 })

const deliveriesOf = statement(db => db.select().from(deliveries).where(idIn(deliveries.milestoneId, 'ids')).orderBy(asc(deliveries.version)))
const linesOf = statement(db => db.select().from(checklistLines).where(idIn(checklistLines.milestoneId, 'ids')).orderBy(asc(checklistLines.position)))

export async function orderView(executor: Executor, deps: Deps, viewer: Viewer, id: string): Promise<OrderView> {
  const deal = await readDeal(executor, id)
  const side = perspectiveOf(deal?.order, viewer)
  if (!deal) throw problem('kernel.not_found')
  const { order, milestones } = deal
  const ids = milestones.map(milestone => milestone.id)
  const [people, handed, lines, steps, payments, quoted] = await Promise.all([
    peopleByIds(executor, deps, [order.buyerId, order.providerId]),
    deliveriesOf(executor, { ids }), linesOf(executor, { ids }),
    transitionsOf(executor, deal),
    side === 'provider' ? [] : paymentsForSubjects(executor, [order.id, ...order.origin === 'instant' && order.requirementId ? [order.requirementId] : []]),
    order.quoteId ? versionsOf(executor, [order.quoteId]) : undefined,
  ])
  const brief = briefOf(order)
  const files = await uploadsByIds(executor, [...handed.flatMap(delivery => delivery.files.map(file => file.id)), ...brief.flatMap(item => item.files)])
  const reasons = new Map(handed.flatMap(delivery => delivery.revisionReason === null ? [] : [[delivery.milestoneId, delivery.revisionReason]]))
  const row = rowOf(deal, side, people, reasons)
  const fees = feesOf(deal)
  return {
    ...row, origin: order.origin, buyer: personIn(people, order.buyerId), provider: personIn(people, order.providerId),
    fee: side === 'buyer' ? null : feeView(deal), coupon: couponOf(deal), payBy: order.state === 'pending_payment' ? order.payBy : null,
    serviceId: order.serviceId, requirementId: order.requirementId,
    brief: brief.map(item => ({ label: item.label, answer: item.answer, files: filesIn(files, item.files) })),
    lines: order.lines.map(line => ({ label: line.label, quantity: line.quantity, amount: fen(BigInt(line.amount)) })),
    milestones: milestones.map(milestone => milestoneView(deal, milestone, side, deps.clock.now(), {
      fees, files, deliveries: handed.filter(delivery => delivery.milestoneId === milestone.id), lines: lines.filter(line => line.milestoneId === milestone.id),
    })),
    actions: side === 'staff' ? [] : actionsFor(orderLifecycle, order.state, side), bill: billOf(deal, side),
    timeline: timelineOf(deal, steps, row.next, side),
    papers: { quotes: (quoted?.get(order.quoteId ?? '') ?? []).map(versionView), payments }, clearingDays: durationMs(order.rules.clearing) / DAY_MS,
  }
}

function feeView(deal: Deal): OrderView['fee'] {
  const { feeBps, feeMinimum, feeMaximum } = deal.order
  const total = totalFee(deal)
  return { feeBps, minimum: feeMinimum === null ? null : fen(feeMinimum), maximum: feeMaximum === null ? null : fen(feeMaximum), total: fen(total), net: fen(netOfDeal(deal)) }
}

/** What the buyer may pay now: all that is unpaid. */
function billOf({ order, milestones }: Deal, side: Perspective): OrderView['bill'] {
  if (side !== 'buyer' || (order.state !== 'pending_payment' && order.state !== 'in_progress')) return null
  const unpaid = milestones.filter(milestone => milestone.state === 'planned')
  if (unpaid.length === 0) return null
  return { amount: fen(sumOf(unpaid, toPay)), price: fen(sumOf(unpaid, ({ price }) => price)), coupon: fen(sumOf(unpaid, ({ coupon }) => coupon)), milestoneIds: unpaid.map(milestone => milestone.id) }
}

function briefOf({ snapshot }: OrderRow) {
  if (!snapshot) return []
  return z.decode(serviceSnapshotSchema, snapshot).brief.map(item => ({ ...item, files: item.type === 'file' && Array.isArray(item.answer) ? item.answer : [] }))
}

export function filesIn(files: ReadonlyMap<string, Upload>, ids: readonly string[]): Upload[] {
  return ids.flatMap(id => files.get(id) ?? [])
}
