/** Campaigns as staff run them. Their terms are never changed: what was claimed keeps them. */
import { desc, eq, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { worthOf } from '@miaodan/shared/rewards/discount'
import { campaignLifecycle } from '@miaodan/shared/rewards/lifecycle'
import type { CampaignInput, CampaignView } from '@miaodan/shared/rewards/model'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import { constraintOf, type Executor, type Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { transition } from '../../kernel/transition.ts'
import { categoryPaths } from '../catalog/index.ts'
import { couponCampaigns, coupons, type CampaignRow } from './tables.ts'
import { categoryNames, termsView } from './views.ts'

const ENTITY = campaignLifecycle.name
/** Staff keep an overview of no more. */
const MAX_CAMPAIGNS = 500

export async function listCampaigns(executor: Executor, deps: Deps): Promise<CampaignView[]> {
  return viewsOf(executor, deps, await executor.select().from(couponCampaigns).orderBy(desc(couponCampaigns.id)).limit(MAX_CAMPAIGNS))
}

/** @throws problem `rewards.code_taken` | `rewards.period` | `rewards.discount_too_large` | `rewards.budget_too_small` | `catalog.category_not_found` */
export async function createCampaign(tx: Tx, deps: Deps, staffId: string, given: CampaignInput): Promise<CampaignView> {
  const now = deps.clock.now()
  const { discount, minimum, budget, validFrom, validTo, categoryIds, ...rest } = given
  const worth = worthOf(discount)
  if (validTo <= validFrom || validTo <= now) throw problem('rewards.period', {}, { field: 'body.validTo' })
  if (discount.kind === 'amount' && minimum.amount <= worth) throw problem('rewards.discount_too_large', { amount: formatMoney(fen(worth)) }, { field: 'body.minimum' })
  if (budget.amount < worth) throw problem('rewards.budget_too_small', { amount: formatMoney(fen(worth)) }, { field: 'body.budget' })
  const wanted = [...new Set(categoryIds)]
  if ((await categoryPaths(tx, wanted)).size < wanted.length) throw problem('catalog.category_not_found', {}, { field: 'body.categoryIds' })
  const [row] = await tx.insert(couponCampaigns).values({
    id: newId(), ...rest, kind: discount.kind, amount: discount.kind === 'amount' ? worth : null, percentBps: discount.kind === 'percent' ? discount.bps : null, cap: discount.kind === 'percent' ? worth : null,
    minimum: minimum.amount, budget: budget.amount, validFrom, validTo, categoryIds: wanted, state: campaignLifecycle.initial, createdBy: staffId, createdAt: now,
  }).returning().catch(error => {
    throw constraintOf(error) === 'coupon_campaigns_code_key' ? problem('rewards.code_taken', {}, { field: 'body.code' }) : error
  })
  if (!row) throw new Error('the campaign was not inserted')
  await audit(tx, deps.clock, { actorId: staffId, action: 'coupons.campaign_created', entity: ENTITY, entityId: row.id, new: audited(row) })
  return viewOf(tx, deps, row.id)
}

export async function stepCampaign(tx: Tx, deps: Deps, staffId: string, id: string, action: 'pause' | 'resume', reason: string): Promise<CampaignView> {
  const [there] = await tx.select({ id: couponCampaigns.id }).from(couponCampaigns).where(eq(couponCampaigns.id, id))
  if (!there) throw problem('kernel.not_found')
  const { from, to } = await transition(tx, deps.clock, campaignLifecycle, couponCampaigns, { id, action, actor: 'staff', actorId: staffId, data: { reason } })
  await audit(tx, deps.clock, { actorId: staffId, action: `coupons.campaign_${action}d`, entity: ENTITY, entityId: id, old: { state: from }, new: { state: to }, reason })
  return viewOf(tx, deps, id)
}

/** Money of the budget that is not needed any more: a coupon ended, took off less than it might have, or came back with a refund. */
export async function freeBudget(tx: Tx, campaignId: string, amount: bigint): Promise<void> {
  await tx.update(couponCampaigns).set({ committed: sql`${couponCampaigns.committed} - ${amount}` }).where(eq(couponCampaigns.id, campaignId))
}

async function viewOf(executor: Executor, deps: Deps, id: string): Promise<CampaignView> {
  const [view] = await viewsOf(executor, deps, await executor.select().from(couponCampaigns).where(eq(couponCampaigns.id, id)))
  if (!view) throw new Error(`campaign ${id} is gone`)
  return view
}

async function viewsOf(executor: Executor, deps: Deps, rows: readonly CampaignRow[]): Promise<CampaignView[]> {
  const now = deps.clock.now()
  const [names, uses] = await Promise.all([categoryNames(executor, rows), usesByCampaign(executor)])
  return rows.map(row => {
    const { held, spent, cost } = uses.get(row.id) ?? { held: 0, spent: 0, cost: 0n }
    return {
      id: row.id, ...termsView(row, names), bearer: row.bearer, totalLimit: row.totalLimit, perPerson: row.perPerson, budget: fen(row.budget), listed: row.listed, state: row.state,
      phase: now < row.validFrom ? 'coming' : now < row.validTo ? 'running' : 'over',
      claimed: row.claimed, held, spent, committed: fen(row.committed), cost: fen(cost), createdAt: row.createdAt,
    }
  })
}

async function usesByCampaign(executor: Executor): Promise<Map<string, { held: number, spent: number, cost: bigint }>> {
  const isSpent = sql`${coupons.state} = 'spent'`
  const rows = await executor.select({
    id: coupons.campaignId, held: sql<string>`count(*) filter (where ${coupons.state} = 'held')`, spent: sql<string>`count(*) filter (where ${isSpent})`,
    cost: sql<string>`coalesce(sum(${coupons.amount} - ${coupons.returned}) filter (where ${isSpent}), 0)`,
  }).from(coupons).groupBy(coupons.campaignId)
  return new Map(rows.map(row => [row.id, { held: Number(row.held), spent: Number(row.spent), cost: BigInt(row.cost) }]))
}

function audited(row: CampaignRow): Record<string, unknown> {
  const { code, nameZh, nameEn, bearer, kind, percentBps, categoryIds, totalLimit, perPerson, listed } = row
  return {
    code, nameZh, nameEn, bearer, kind, percentBps, categoryIds, totalLimit, perPerson, listed, amount: row.amount?.toString() ?? null, cap: row.cap?.toString() ?? null,
    minimum: row.minimum.toString(), budget: row.budget.toString(), validFrom: row.validFrom.toISOString(), validTo: row.validTo.toISOString(),
  }
}
