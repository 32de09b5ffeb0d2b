/** An agreed change takes hold: milestones and their checklists, the price of the order, and the escrow. The order's row is locked. */
import { asc, eq, inArray } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import type { ChangeLine } from '@miaodan/shared/orders/change-model'
import { milestoneLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { couponAt, escrowMoves, type Checklists, type Outcome } from './change-terms.ts'
import { returnFromCoupon } from '../rewards/index.ts'
import type { Deal } from './deal.ts'
import { refundFromEscrow } from './giving-back.ts'
import { sumOf } from './money.ts'
import { checklistLines, milestones, orders, type MilestoneRow } from './tables.ts'
import { addTopUps } from './top-ups.ts'

export async function checklistsOf(executor: Executor, { milestones: list }: Deal): Promise<Checklists> {
  const rows = await executor.select().from(checklistLines).where(inArray(checklistLines.milestoneId, list.map(({ id }) => id))).orderBy(asc(checklistLines.position))
  return new Map(list.map(({ id }) => [id, rows.filter(row => row.milestoneId === id).map(row => row.text)]))
}

/**
 * Decreases go back to the buyer at once. Increases came with `paymentId`; the caller books that payment into the
 * escrows this returns.
 */
export async function applyChange(tx: Tx, deps: Deps, deal: Deal, { lines, effect }: Outcome, paymentId: string | null): Promise<{ milestoneId: string, amount: bigint }[]> {
  const { order } = deal
  const moves = escrowMoves(deal, lines)
  const back = moves.filter(({ change }) => change < 0n).map(({ milestone, change }) => ({ milestone, amount: -change }))
  await refundFromEscrow(tx, deps, order, back, 'agreed')
  await giveUpPromised(tx, deps, deal, lines)
  for (const line of lines) {
    const milestone = deal.milestones.find(({ id }) => id === line.milestoneId)
    await (milestone ? changeMilestone(tx, milestone, line.after) : addMilestone(tx, deal, line))
  }
  await tx.update(orders).set({ price: effect.price.after.amount }).where(eq(orders.id, order.id))
  const shares = moves.filter(({ change }) => change > 0n).map(({ milestone, change }) => ({ milestoneId: milestone.id, amount: change }))
  if (paymentId) await addTopUps(tx, paymentId, deps.clock.now(), shares)
  return shares
}

/** What the coupon would have given of milestones that are not paid yet, and does not with their smaller price. */
async function giveUpPromised(tx: Tx, deps: Deps, { order, milestones: list }: Deal, lines: readonly ChangeLine[]): Promise<void> {
  const less = sumOf(list.filter(({ state }) => state === 'planned'), milestone => {
    const line = lines.find(({ milestoneId }) => milestoneId === milestone.id)
    return line ? milestone.coupon - couponAt(milestone, line.after.price.amount) : 0n
  })
  if (order.couponId && less > 0n) await returnFromCoupon(tx, deps, order.couponId, less)
}

type Plan = ChangeLine['after']

async function changeMilestone(tx: Tx, milestone: MilestoneRow, plan: Plan): Promise<void> {
  const { title, price, days } = plan
  const dueAt = milestone.startedAt && days !== milestone.days && milestone.dueAt ? after(milestone.dueAt, { days: days - milestone.days }) : milestone.dueAt
  await tx.update(milestones).set({ title, price: price.amount, coupon: couponAt(milestone, price.amount), days, dueAt }).where(eq(milestones.id, milestone.id))
  await rewriteChecklist(tx, milestone.id, plan.checklist)
}

/** What was said and ticked about a line stays with its words. */
async function rewriteChecklist(tx: Tx, milestoneId: string, texts: readonly string[]): Promise<void> {
  const before = await tx.delete(checklistLines).where(eq(checklistLines.milestoneId, milestoneId)).returning()
  if (texts.length === 0) return
  const known = new Map(before.map(line => [line.text, line]))
  await tx.insert(checklistLines).values(texts.map((text, index) => ({ ...known.get(text), milestoneId, position: index + 1, text })))
}

async function addMilestone(tx: Tx, { order, milestones: list }: Deal, { position, after: plan }: ChangeLine): Promise<void> {
  const id = newId()
  await tx.insert(milestones).values({
    id, orderId: order.id, position, title: plan.title, price: plan.price.amount, days: plan.days, revisions: list.at(-1)?.revisions ?? null, state: milestoneLifecycle.initial,
  })
  await rewriteChecklist(tx, id, plan.checklist)
}
