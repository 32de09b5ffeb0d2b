/** The change that is being written: every open milestone as it stands, and new ones; only what differs is sent. */
import type { ArgumentsOf } from '@/lib/api-types.ts'
import type { api } from '@/lib/api.ts'
import type { WireMoney } from '@/lib/money.ts'
import type { Order } from './types.ts'

export type Row = { id: string | null, position: number, title: string, price: WireMoney | null, days: number, checklist: string }
type Terms = NonNullable<ArgumentsOf<typeof api.changes.preview>>['body']

export const rowsOf = (order: Order): Row[] => order.milestones.filter(milestone => milestone.closedAt === null && milestone.heldBy === null)
  .map(({ id, position, title, price, days, checklist }) => ({ id, position, title, price: { ...price }, days, checklist: checklist.map(line => line.text).join('\n') }))

export const newRow = (rows: readonly Row[], order: Order): Row => ({ id: null, position: Math.max(order.milestones.length, ...rows.map(row => row.position)) + 1, title: '', price: null, days: 7, checklist: '' })

const linesIn = (text: string): string[] => text.split('\n').map(line => line.trim()).filter(Boolean)

/** Null while a row is not complete. */
export function termsOf(rows: readonly Row[], order: Order): Terms | null {
  const terms: Terms = { milestones: [], added: [] }
  for (const { id, title, price, days, checklist } of rows) {
    if (!price || !title.trim() || !(days >= 1)) return null
    const plan = { title: title.trim(), price, days: Math.round(days), checklist: linesIn(checklist) }
    const before = order.milestones.find(milestone => milestone.id === id)
    if (!before) terms.added.push(plan)
    else {
      const changed = {
        ...(plan.title !== before.title && { title: plan.title }), ...(plan.price.amount !== before.price.amount && { price: plan.price }), ...(plan.days !== before.days && { days: plan.days }),
        ...(plan.checklist.join('\n') !== before.checklist.map(line => line.text).join('\n') && { checklist: plan.checklist }),
      }
      if (Object.keys(changed).length > 0) terms.milestones.push({ id: before.id, ...changed })
    }
  }
  return terms
}
