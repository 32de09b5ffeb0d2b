/** Making an order: its number, the terms that are frozen on it, its milestones with their checklists, and its first deadline. */
import { randomInt } from 'node:crypto'
import { after } from '@miaodan/shared/kernel/time'
import { orderLifecycle, milestoneLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { OrderOrigin } from '@miaodan/shared/orders/model'
import { ORDER_RULES } from '@miaodan/shared/orders/rules'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { scheduleDeadline } from '../../kernel/deadlines.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { peopleByIds } from '../accounts/index.ts'
import { feeFor } from '../catalog/index.ts'
import { keepNext } from './deal.ts'
import { orderFacts } from './facts.ts'
import { checklistLines, milestones, orders, type OrderRow, type StoredLine, type StoredSnapshot } from './tables.ts'

export type NewMilestone = { title: string, price: bigint, days: number, revisions: number | null, checklist: readonly string[] }
export type NewOrder = {
  buyerId: string
  providerId: string
  origin: OrderOrigin
  title: string
  categoryId: string | null
  serviceId?: string | null
  requirementId?: string | null
  quoteId?: string | null
  snapshot?: StoredSnapshot
  lines?: StoredLine[]
  milestones: readonly NewMilestone[]
}

/** China has one time zone: an order's number carries the day people there write. */
const CHINA_OFFSET = { hours: 8 }
const DIGITS = 5
const MAX_TRIES = 12

export async function createOrder(tx: Tx, deps: Deps, given: NewOrder): Promise<OrderRow> {
  const now = deps.clock.now()
  const [people, fee] = await Promise.all([peopleByIds(tx, deps, [given.buyerId, given.providerId]), feeFor(tx, given.categoryId, now)])
  const payBy = after(now, ORDER_RULES.payWithin)
  const order = await insertOrder(tx, now, {
    id: newId(), buyerId: given.buyerId, providerId: given.providerId, buyerName: nameOf(people, given.buyerId), providerName: nameOf(people, given.providerId),
    origin: given.origin, serviceId: given.serviceId ?? null, requirementId: given.requirementId ?? null, quoteId: given.quoteId ?? null, categoryId: given.categoryId,
    title: given.title, snapshot: given.snapshot ?? null, lines: given.lines ?? [], state: orderLifecycle.initial,
    price: given.milestones.reduce((total, milestone) => total + milestone.price, 0n),
    feeBps: fee.feeBps, feeMinimum: fee.minimum ?? null, feeMaximum: fee.maximum ?? null, rules: ORDER_RULES, createdAt: now, payBy,
  })
  await insertMilestones(tx, order.id, given.milestones)
  await keepNext(tx, order.id)
  await scheduleDeadline(tx, { entity: 'order', entityId: order.id, action: 'expire', dueAt: payBy })
  await emit(tx, deps.clock, 'order.created', { id: order.id, ...orderFacts(order) }, order.id)
  return order
}

/** Numbers are random within their day, so that they tell nobody how many orders there are; a taken one is drawn again, longer. */
async function insertOrder(tx: Tx, now: Date, row: Omit<typeof orders.$inferInsert, 'number'>): Promise<OrderRow> {
  const day = after(now, CHINA_OFFSET).toISOString().slice(2, 10).replaceAll('-', '')
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const digits = DIGITS + Math.floor(attempt / 4)
    const number = `MD${day}${String(randomInt(10 ** digits)).padStart(digits, '0')}`
    const [order] = await tx.insert(orders).values({ ...row, number }).onConflictDoNothing({ target: orders.number }).returning()
    if (order) return order
  }
  throw new Error('no free order number was found')
}

async function insertMilestones(tx: Tx, orderId: string, list: readonly NewMilestone[]): Promise<void> {
  const rows = list.map((milestone, index) => ({
    id: newId(), orderId, position: index + 1, title: milestone.title, price: milestone.price, days: milestone.days, revisions: milestone.revisions, state: milestoneLifecycle.initial,
  }))
  await tx.insert(milestones).values(rows)
  const lines = rows.flatMap((row, index) => (list[index]?.checklist ?? []).map((text, line) => ({ milestoneId: row.id, position: line + 1, text })))
  if (lines.length > 0) await tx.insert(checklistLines).values(lines)
}

function nameOf(people: ReadonlyMap<string, { displayName: string }>, id: string): string {
  const person = people.get(id)
  if (!person) throw new Error(`person ${id} is gone`)
  return person.displayName
}
