import { desc, eq } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { changeEffectSchema, changeLineSchema, type ChangeOrderView, type ChangeTerms } from '@miaodan/shared/orders/change-model'
import type { Perspective } from '@miaodan/shared/orders/model'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { outcomeNow, storedTerms } from './changing.ts'
import type { Outcome } from './change-terms.ts'
import { readDeal, type Deal } from './deal.ts'
import { perspectiveOf } from './policy.ts'
import { changeOrders, type ChangeOrderRow } from './tables.ts'

/** What a change would do now, to either side, before it is proposed. */
export async function previewChange(executor: Executor, viewer: Viewer, orderId: string, terms: ChangeTerms): Promise<Outcome> {
  const { deal } = await visibleDeal(executor, viewer, orderId)
  return outcomeNow(executor, deal, terms)
}

export async function changesOf(executor: Executor, viewer: Viewer, orderId: string): Promise<ChangeOrderView[]> {
  const { deal, side } = await visibleDeal(executor, viewer, orderId)
  const rows = await executor.select().from(changeOrders).where(eq(changeOrders.orderId, orderId)).orderBy(desc(changeOrders.number))
  return Promise.all(rows.map(row => viewOf(executor, deal, side, row)))
}

export async function changeView(executor: Executor, viewer: Viewer, id: string): Promise<ChangeOrderView> {
  const [row] = await executor.select().from(changeOrders).where(eq(changeOrders.id, id))
  if (!row) throw problem('kernel.not_found')
  const { deal, side } = await visibleDeal(executor, viewer, row.orderId)
  return viewOf(executor, deal, side, row)
}

async function visibleDeal(executor: Executor, viewer: Viewer, orderId: string): Promise<{ deal: Deal, side: Perspective }> {
  const deal = await readDeal(executor, orderId)
  const side = perspectiveOf(deal?.order, viewer)
  if (!deal) throw problem('kernel.not_found')
  return { deal, side }
}

async function viewOf(executor: Executor, deal: Deal, side: Perspective, row: ChangeOrderRow): Promise<ChangeOrderView> {
  const asStored = { lines: z.decode(z.array(changeLineSchema), row.lines), effect: z.decode(changeEffectSchema, row.effect) }
  // While it is open it is shown as it would be now; what cannot be done any more as it was meant.
  const { lines, effect } = row.endedAt ? asStored : await outcomeNow(executor, deal, storedTerms(row)).catch(() => asStored)
  return {
    id: row.id, orderId: row.orderId, number: row.number, state: row.state, by: row.side, reason: row.reason, answer: row.answer, lines, effect,
    answerBy: row.answerBy, payBy: row.payBy, createdAt: row.createdAt, endedAt: row.endedAt, actions: actionsOf(row, side),
  }
}

function actionsOf({ state, side: proposer }: ChangeOrderRow, side: Perspective): ChangeOrderView['actions'] {
  if (side === 'staff') return []
  if (state === 'proposed') return side === proposer ? ['withdraw'] : ['agree', 'reject']
  return state === 'awaiting_payment' && side === 'buyer' ? ['pay', 'withdraw'] : []
}
