/** Shapes of orders as they come over the wire. */
import type { api } from '@/lib/api.ts'
import type { AnswerOf, RowOf } from '@/lib/api-types.ts'

export type Order = AnswerOf<typeof api.orders.get>
export type OrderRow = RowOf<typeof api.orders.list>
export type Milestone = Order['milestones'][number]
export type OrderMoment = Order['timeline'][number]
export type Place = NonNullable<Milestone['where']>
export type Workbench = AnswerOf<typeof api.orders.workbench>

/** Staff read an order as its provider does, money and all. */
export const sideOf = (order: { side: 'buyer' | 'provider' | 'staff' }): 'buyer' | 'provider' => (order.side === 'buyer' ? 'buyer' : 'provider')
/** Whether the next step is for the person who looks. */
export const isMine = (order: { side: string, next: { by: string } }): boolean => order.side === order.next.by
export const otherOf = (order: Order) => (order.side === 'buyer' ? order.provider : order.buyer)

/** The milestone that is opened in place: the one under way, else the last that was delivered. While one is held, another with something to do. */
export function openMilestone(order: Order): Milestone | undefined {
  const next = order.milestones.find(milestone => milestone.id === order.next.milestone?.id)
  if (next && next.heldBy !== null) return order.milestones.find(milestone => milestone.heldBy === null && milestone.actions.some(action => action !== 'pay')) ?? next
  return next ?? [...order.milestones].reverse().find(milestone => milestone.deliveries.length > 0)
}

export const newestDelivery = (milestone: Milestone | undefined) => milestone?.deliveries.at(-1)
export const percent = (bps: number): string => `${bps / 100}%`
