/** Taking an instant requirement: of any number who try at the same moment exactly one has it, and an order that is paid for. */
import { problem } from '@miaodan/shared/errors'
import { dayInChina, daysUntil } from '@miaodan/shared/requirements/completeness'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { providersByIds } from '../accounts/index.ts'
import { awardRequirement, lockOpenRequirement, requireOpen, visibleRequirement } from '../requirements/index.ts'
import { runningOrders } from './direct.ts'
import { createInstantOrder } from './instant.ts'
import type { OrderRow } from './tables.ts'

/** Agreed by everybody who posts and takes an instant requirement. */
const INSTANT_REVISIONS = 2

/** @throws problem `requirements.already_taken` for all but the first, `requirements.not_open`, `requirements.own`, `orders.provider_full` */
export async function takeRequirement(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<OrderRow> {
  const { row, side } = await visibleRequirement(tx, viewer, id)
  if (side === 'buyer') throw problem('requirements.own')
  if (side !== 'provider' || row.way !== 'instant') throw problem('requirements.not_found')
  // Who is plainly late hears it without waiting for the lock.
  requireOpen(row)
  await refuseFull(tx, deps, viewer.userId)
  const { price, paymentId, expiresAt, ...requirement } = await lockOpenRequirement(tx, id)
  if (price === null || paymentId === null) throw new Error(`instant requirement ${id} is open without its money`)
  if (expiresAt !== null && expiresAt <= deps.clock.now()) throw problem('requirements.not_open')
  const days = requirement.deadline === null ? 1 : Math.max(1, daysUntil(requirement.deadline, dayInChina(deps.clock.now())))
  const order = await createInstantOrder(tx, deps, {
    requirementId: id, buyerId: requirement.buyerId, providerId: viewer.userId, categoryId: requirement.categoryId, title: requirement.title, paymentId,
    milestones: [{ title: requirement.title, price, days, revisions: INSTANT_REVISIONS, checklist: requirement.checklist }],
  })
  await awardRequirement(tx, deps, { id, providerId: viewer.userId, orderId: order.id, actor: 'provider', actorId: viewer.userId })
  return order
}

async function refuseFull(tx: Tx, deps: Deps, providerId: string): Promise<void> {
  const provider = (await providersByIds(tx, deps, [providerId])).get(providerId)
  if (!provider || await runningOrders(tx, providerId) >= provider.profile.capacity) throw problem('orders.provider_full')
}
