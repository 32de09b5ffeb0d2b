/** "Where is my money": every amount that is somewhere on its way to or from a person, taken from the books. */
import { and, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import type * as z from 'zod'
import type { whereItemSchema } from '@miaodan/shared/orders/views'
import type { Executor } from '../../kernel/db.ts'
import { whereIsMyMoney } from '../ledger/index.ts'
import { milestonesByOrder } from './deal.ts'
import { placesOf } from './money.ts'
import { sideOf } from './policy.ts'
import { milestones, orders } from './tables.ts'

type WhereItem = z.output<typeof whereItemSchema>
const KINDS = { escrow: 'held', clearing: 'clearing', frozen: 'frozen', refund: 'refund', suspense: 'suspense', payout: 'payout' } as const
const MAX_MILESTONES = 1_000

export async function moneyWhere(executor: Executor, userId: string): Promise<WhereItem[]> {
  const holding = await executor.select({ milestoneId: milestones.id, order: orders }).from(milestones).innerJoin(orders, eq(orders.id, milestones.orderId))
    .where(and(or(eq(orders.buyerId, userId), eq(orders.providerId, userId)), or(
      inArray(milestones.state, ['funded', 'in_progress', 'delivered']), isNotNull(milestones.heldBy), and(eq(milestones.state, 'released'), isNull(milestones.clearedAt)))))
    .orderBy(milestones.id).limit(MAX_MILESTONES)
  const accounts = await whereIsMyMoney(executor, userId, holding.map(row => row.milestoneId))
  const orderOf = new Map(holding.map(row => [row.milestoneId, row.order]))
  const others = accounts.flatMap(account => account.opener.orderId ?? [])
  const missing = others.filter(id => !holding.some(row => row.order.id === id))
  const further = missing.length > 0 ? await executor.select().from(orders).where(inArray(orders.id, missing)) : []
  const byId = new Map([...further, ...holding.map(row => row.order)].map(order => [order.id, order]))
  const byOrder = await milestonesByOrder(executor, [...byId.keys()])
  return accounts.flatMap((account): WhereItem[] => {
    const kind = KINDS[account.kind as keyof typeof KINDS]
    if (!kind) return []
    const milestoneId = kind === 'held' ? account.address.split(':').at(-1) : kind === 'clearing' || kind === 'frozen' ? account.opener.milestoneId ?? undefined : undefined
    const order = (milestoneId && orderOf.get(milestoneId)) || byId.get(account.opener.orderId ?? '')
    const side = order ? sideOf(order, userId) ?? 'buyer' : kind === 'payout' ? 'provider' : 'buyer'
    const list = order ? byOrder.get(order.id) ?? [] : []
    const milestone = list.find(row => row.id === milestoneId)
    const deal = order && { order, milestones: list }
    return [{
      kind, side, order: order ? { id: order.id, number: order.number, title: order.title } : null,
      place: deal && milestone ? placesOf(deal, milestone, side).find(place => kind !== 'clearing' || place.state === 'clearing') ?? null : null, amount: account.balance, since: account.openedAt,
    }]
  })
}
