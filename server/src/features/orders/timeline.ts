/** The story of an order: what happened, what is going on, and what comes next, when, and by whom. */
import { asc, sql } from 'drizzle-orm'
import { fen, type Money } from '@miaodan/shared/kernel/money'
import type { NextStep, Perspective } from '@miaodan/shared/orders/model'
import type { OrderMoment, TimelineCode } from '@miaodan/shared/orders/views'
import type { Executor } from '../../kernel/db.ts'
import { statement, value } from '../../kernel/statement.ts'
import { transitions } from '../../kernel/tables.ts'
import { currentMilestone, type Deal } from './deal.ts'
import { remindersOf } from './delivering.ts'
import { netOf } from './facts.ts'
import { changeOrders, type MilestoneRow } from './tables.ts'

type TransitionRow = typeof transitions.$inferSelect

// One list of ids: with `or` between two conditions Postgres would read all transitions there are.
const stepsOf = statement(db => db.select().from(transitions)
  .where(sql`${transitions.entityId} in (select unnest(${value('ids')}::uuid[]) union all select ${changeOrders.id} from ${changeOrders} where ${changeOrders.orderId} = ${value('orderId')})`)
  .orderBy(asc(transitions.at), asc(transitions.id)))

export async function transitionsOf(executor: Executor, { order, milestones }: Deal): Promise<TransitionRow[]> {
  return stepsOf(executor, { orderId: order.id, ids: [order.id, ...milestones.map(milestone => milestone.id)] })
}

export function timelineOf(deal: Deal, steps: readonly TransitionRow[], next: NextStep, perspective: Perspective): OrderMoment[] {
  const past = [created(deal), ...happened(deal, steps), ...perspective === 'buyer' ? [] : cleared(deal)]
  return [...past.sort((a, b) => Number(a.at) - Number(b.at)), ...ahead(deal, next, perspective)]
}

const EMPTY = { at: null, milestone: null, amount: null, coupon: null, version: null, text: null } as const
const named = (milestone: MilestoneRow) => ({ position: milestone.position, title: milestone.title })

const created = ({ order }: Deal): OrderMoment => ({ ...EMPTY, kind: 'past', code: 'order.created', at: order.createdAt, by: 'buyer' })

const cleared = ({ milestones }: Deal): OrderMoment[] => milestones.flatMap(milestone => milestone.clearedAt === null ? []
  : [{ ...EMPTY, kind: 'past' as const, code: 'milestone.clear' as const, at: milestone.clearedAt, by: 'system' as const, milestone: named(milestone), amount: netOf(milestone) }])

/** Money that moves because of another step is told with that step: its amount is added there. */
const FOLLOWS: Partial<Record<TimelineCode, readonly TimelineCode[]>> = {
  'milestone.fund': ['order.pay', 'order.start', 'milestone.fund'],
  'milestone.refund': ['order.decline', 'order.lapse', 'order.recall'],
}

/** Of a change order only that it holds is told here; the talk about it stands with itself. */
const CHANGES: ReadonlySet<TimelineCode> = new Set(['change_order.agree', 'change_order.pay'])

/** What it was about then: a change order may have given the milestone another price since. */
function amountOf(step: TransitionRow, milestone: MilestoneRow | undefined): Money | null {
  const paid = step.entity === 'change_order' ? amountIn(step.data, 'payAmount') : null
  if (paid) return fen(paid)
  return milestone ? fen(amountIn(step.data, 'amount') ?? milestone.price) : null
}

function happened({ milestones }: Deal, steps: readonly TransitionRow[]): OrderMoment[] {
  const moments: OrderMoment[] = []
  const byId = new Map(milestones.map(milestone => [milestone.id, milestone]))
  let paymentId: unknown
  for (const step of steps) {
    const milestone = byId.get(step.entityId)
    const code = `${step.entity}.${step.action}` as TimelineCode
    if (code === 'milestone.start' || (step.entity === 'change_order' && !CHANGES.has(code))) continue
    const before = moments.at(-1)
    // Milestones that one payment funded are one moment; a later payment is another.
    const samePayment = paymentId === undefined || paymentId === step.data['paymentId']
    paymentId = code === 'milestone.fund' ? step.data['paymentId'] : undefined
    if (milestone && before && samePayment && FOLLOWS[code]?.includes(before.code)) {
      before.amount = fen((before.amount?.amount ?? 0n) + (amountIn(step.data, 'amount') ?? milestone.price))
      before.coupon = fen((before.coupon?.amount ?? 0n) + (amountIn(step.data, 'coupon') ?? 0n))
      continue
    }
    moments.push({
      kind: 'past', code, at: step.at, by: actorOf(step.actor), milestone: milestone ? named(milestone) : null, amount: amountOf(step, milestone),
      coupon: !milestone ? null : fen(amountIn(step.data, 'coupon') ?? 0n),
      version: numberIn(step.data, 'version'), text: textIn(step.data),
    })
  }
  return moments
}

function actorOf(actor: string): OrderMoment['by'] {
  if (actor === 'timer') return 'system'
  return actor === 'buyer' || actor === 'provider' || actor === 'gateway' || actor === 'staff' ? actor : 'system'
}

function amountIn(data: Record<string, unknown>, key: string): bigint | null {
  const value = data[key]
  return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : null
}

function numberIn(data: Record<string, unknown>, key: string): number | null {
  const value = data[key]
  return typeof value === 'number' ? value : null
}

function textIn(data: Record<string, unknown>): string | null {
  const text = data['reason'] ?? data['message']
  return typeof text === 'string' && text !== '' ? text : null
}

function ahead(deal: Deal, next: NextStep, perspective: Perspective): OrderMoment[] {
  const { order, milestones } = deal
  const now = (code: TimelineCode, by: OrderMoment['by'], rest: Partial<OrderMoment> = {}): OrderMoment => ({ ...EMPTY, kind: 'now', code, by, at: next.at, amount: next.amount, ...rest })
  const then = (code: TimelineCode, by: OrderMoment['by'], rest: Partial<OrderMoment> = {}): OrderMoment => ({ ...EMPTY, kind: 'next', code, by, ...rest })
  const current = currentMilestone(milestones)
  const held = next.milestone ? { milestone: { position: next.milestone.position, title: next.milestone.title } } : { milestone: null }
  const at = current ? { milestone: named(current), amount: fen(current.price) } : {}
  const rest = [...milestones.filter(other => current && other.position > current.position).map(other => then('milestone.start', other.state === 'planned' ? 'buyer' : 'system', { milestone: named(other), amount: fen(other.price) })), then('order.complete', 'system'), then('review', 'buyer')]
  switch (next.code) {
    case 'pay': return [now(order.origin === 'direct' ? 'order.pay' : 'order.start', 'buyer'), ...order.origin === 'direct' ? [then('order.accept', 'provider')] : [], then('milestone.deliver', 'provider', at), then('milestone.accept', 'buyer', at), ...rest]
    case 'accept_order': return [now('order.accept', 'provider'), then('milestone.deliver', 'provider', at), then('milestone.accept', 'buyer', at), ...rest]
    case 'pay_milestone': return [now('milestone.fund', 'buyer', at), then('milestone.deliver', 'provider', at), then('milestone.accept', 'buyer', at), ...rest]
    case 'deliver':
    case 'revise': return [now('milestone.deliver', 'provider', { ...at, text: next.reason }), then('milestone.accept', 'buyer', at), ...rest]
    case 'check': return [now('milestone.accept', 'buyer', at), ...current ? acceptance(deal, current) : [], ...rest]
    case 'answer_refund': return [now('refund.answer', next.by === 'buyer' ? 'buyer' : 'provider', held), then('refund.decide', 'system', { milestone: held.milestone }), then('order.complete', 'system')]
    case 'arbitration': return [now('refund.decide', 'staff', held), then('order.complete', 'system')]
    case 'clearing': return perspective === 'buyer' ? [] : milestones.filter(milestone => milestone.clearsAt && !milestone.clearedAt)
      .map(milestone => then('milestone.clear', 'system', { at: milestone.clearsAt, milestone: named(milestone), amount: netOf(milestone) }))
    case 'completed':
    case 'expired':
    case 'cancelled': return []
  }
}

/** The reminders that are still to come, and the acceptance by silence. */
function acceptance({ order }: Deal, milestone: MilestoneRow): OrderMoment[] {
  if (!milestone.acceptBy || !milestone.deliveredAt) return []
  const since = milestone.deliveredAt
  const reminders = remindersOf(order, milestone.acceptBy).filter(reminder => reminder.at > since)
  return [
    ...reminders.map(({ at }): OrderMoment => ({ ...EMPTY, kind: 'next', code: 'milestone.remind', by: 'system', at, milestone: named(milestone) })),
    { ...EMPTY, kind: 'next', code: 'milestone.accept_by_silence', by: 'system', at: milestone.acceptBy, milestone: named(milestone), amount: fen(milestone.price) },
  ]
}
