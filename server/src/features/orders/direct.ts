/** Ordering a service from its page. The server computes the price and keeps a copy of what was sold. */
import { and, count, eq, inArray } from 'drizzle-orm'
import * as z from 'zod'
import { serviceSnapshotSchema } from '@miaodan/shared/catalog/model'
import { problem } from '@miaodan/shared/errors'
import { formatMoney, type Money } from '@miaodan/shared/kernel/money'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { statement, together, value } from '../../kernel/statement.ts'
import { claimUploads } from '../../kernel/uploads.ts'
import { providersByIds } from '../accounts/index.ts'
import { priceSelection, uploadsIn, type Selection } from '../catalog/index.ts'
import { createOrder, termsOf } from './create.ts'
import { orders, type OrderRow } from './tables.ts'

export const BRIEF_UPLOADS = 'order.brief'

export async function createDirect(tx: Tx, deps: Deps, buyerId: string, wanted: { serviceId: string, selection: Selection, price: Money }): Promise<OrderRow> {
  const { price, snapshot } = await priceSelection(tx, wanted.serviceId, wanted.selection, { buyerId })
  if (price.total.amount !== wanted.price.amount) throw problem('orders.price_changed', { amount: formatMoney(price.total) }, { field: 'body.price' })
  const { providerId, categoryId } = snapshot
  const [terms] = await together([termsOf(tx, deps, { buyerId, providerId, categoryId }), refuseWhenAway(tx, deps, providerId)])
  const order = await createOrder(tx, deps, {
    buyerId, providerId, origin: 'direct', title: snapshot.title, categoryId, serviceId: snapshot.serviceId,
    snapshot: z.encode(serviceSnapshotSchema, snapshot),
    lines: price.lines.map(line => ({ label: line.label, quantity: line.quantity, amount: line.amount.amount.toString() })),
    milestones: [{ title: snapshot.package.name, price: price.total.amount, days: price.deliveryDays, revisions: price.revisions, checklist: snapshot.package.includes }],
  }, terms)
  await claimUploads(tx, buyerId, uploadsIn(snapshot), { kind: BRIEF_UPLOADS, id: order.id, visibility: 'private' })
  return order
}

async function refuseWhenAway(tx: Tx, deps: Deps, providerId: string): Promise<void> {
  const [providers, running] = await Promise.all([providersByIds(tx, deps, [providerId]), runningOrders(tx, providerId)])
  const provider = providers.get(providerId)
  if (!provider) throw problem('catalog.not_for_sale')
  const { onHoliday, holiday, capacity } = provider.profile
  if (onHoliday) throw problem('orders.provider_on_holiday', { date: holiday?.until ?? '' })
  if (running >= capacity) throw problem('orders.provider_full')
}

const countRunning = statement(db => db.select({ count: count() }).from(orders).where(and(eq(orders.providerId, value('providerId')), inArray(orders.state, ['paid', 'in_progress']))))

/** Orders that take up the provider's time: paid for and not finished. */
export async function runningOrders(executor: Executor, providerId: string): Promise<number> {
  const [row] = await countRunning(executor, { providerId })
  return row?.count ?? 0
}
