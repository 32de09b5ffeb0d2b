/** Making an order: its number, the terms that are frozen on it, its milestones with their checklists, and its first deadline. */
import { sql } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import { orderLifecycle, milestoneLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { OrderOrigin } from '@miaodan/shared/orders/model'
import { ORDER_RULES } from '@miaodan/shared/orders/rules'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { scheduleDeadline } from '../../kernel/deadlines.ts'
import { newId } from '../../kernel/ids.ts'
import { withNumber } from '../../kernel/numbers.ts'
import { emit } from '../../kernel/outbox.ts'
import { statement, value } from '../../kernel/statement.ts'
import { leave } from '../../kernel/tx.ts'
import { peopleByIds } from '../accounts/index.ts'
import { feeFor, type FeeTerms } from '../catalog/index.ts'
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

/** What is frozen on an order besides what was agreed: what the two are called, and the platform's fee. */
export type Terms = { buyerName: string, providerName: string, fee: FeeTerms }

export async function termsOf(tx: Tx, deps: Deps, { buyerId, providerId, categoryId }: Pick<NewOrder, 'buyerId' | 'providerId' | 'categoryId'>): Promise<Terms> {
  const [people, fee] = await Promise.all([peopleByIds(tx, deps, [buyerId, providerId]), feeFor(tx, categoryId, deps.clock.now())])
  return { buyerName: nameOf(people, buyerId), providerName: nameOf(people, providerId), fee }
}

/** `terms` where they were read already, together with something else. */
export async function createOrder(tx: Tx, deps: Deps, given: NewOrder, terms?: Terms): Promise<OrderRow> {
  const now = deps.clock.now()
  const { buyerName, providerName, fee } = terms ?? await termsOf(tx, deps, given)
  const payBy = after(now, ORDER_RULES.payWithin)
  const row = {
    id: newId(), buyerId: given.buyerId, providerId: given.providerId, buyerName, providerName,
    origin: given.origin, serviceId: given.serviceId ?? null, requirementId: given.requirementId ?? null, quoteId: given.quoteId ?? null, categoryId: given.categoryId,
    title: given.title, snapshot: given.snapshot ?? null, lines: given.lines ?? [],
    price: given.milestones.reduce((total, milestone) => total + milestone.price, 0n),
    feeBps: fee.feeBps, feeMinimum: fee.minimum ?? null, feeMaximum: fee.maximum ?? null, rules: ORDER_RULES, createdAt: now, payBy,
  } satisfies NumberedOrder
  const order = await withNumber('MD', now, async number => (await insertNumbered(tx, { ...row, number }))[0])
  leave(tx, insertMilestones(tx, { orderId: order.id, list: JSON.stringify(given.milestones.map(toWire)) }))
  await scheduleDeadline(tx, { entity: 'order', entityId: order.id, action: 'expire', dueAt: payBy })
  await emit(tx, deps.clock, 'order.created', { id: order.id, ...orderFacts(order) }, order.id)
  return order
}

type NumberedOrder = Omit<OrderRow, 'number' | 'state' | 'currency' | 'couponId' | 'couponNameZh' | 'couponNameEn' | 'couponBearer' | 'coupon' | 'waitsFor' | 'nextAt' | 'changeFor' | 'changeStep' | 'changeAt' | 'acceptBy' | 'startedAt' | 'endedAt'>

/** An order begins by waiting for its payment. */
const insertNumbered = statement(db => db.insert(orders).values({
  id: value('id'), number: value('number'), buyerId: value('buyerId'), providerId: value('providerId'), buyerName: value('buyerName'), providerName: value('providerName'),
  origin: value('origin'), serviceId: value('serviceId'), requirementId: value('requirementId'), quoteId: value('quoteId'), categoryId: value('categoryId'), title: value('title'),
  snapshot: value('snapshot'), lines: value('lines'), state: orderLifecycle.initial, price: value('price'), feeBps: value('feeBps'), feeMinimum: value('feeMinimum'), feeMaximum: value('feeMaximum'),
  rules: value('rules'), waitsFor: 'buyer', nextAt: value('payBy'), createdAt: value('createdAt'), payBy: value('payBy'),
}).onConflictDoNothing({ target: orders.number }).returning())

/** All of them with their checklists, from one list. */
const insertMilestones = statement(() => sql`
  with given as (
      select position, milestone ->> 'id' as id, milestone from jsonb_array_elements(${value('list')}::text::jsonb) with ordinality as list (milestone, position)),
    inserted as (
      insert into ${milestones} (id, order_id, position, title, price, days, revisions, state)
      select id::uuid, ${value('orderId')}::uuid, position, milestone ->> 'title', (milestone ->> 'price')::bigint, (milestone ->> 'days')::integer, (milestone ->> 'revisions')::integer, ${milestoneLifecycle.initial}
      from given)
  insert into ${checklistLines} (milestone_id, position, text)
  select id::uuid, line.position, text from given, jsonb_array_elements_text(milestone -> 'checklist') with ordinality as line (text, position)`)

const toWire = (milestone: NewMilestone) => ({ ...milestone, id: newId(), price: milestone.price.toString() })

function nameOf(people: ReadonlyMap<string, { displayName: string }>, id: string): string {
  const person = people.get(id)
  if (!person) throw new Error(`person ${id} is gone`)
  return person.displayName
}
