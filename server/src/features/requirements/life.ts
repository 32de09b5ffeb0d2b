/** A requirement's life once it is posted: opening, award, and the ways it ends. Every step is made under its row's lock. */
import { eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { after } from '@miaodan/shared/kernel/time'
import { requirementLifecycle } from '@miaodan/shared/requirements/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { peopleByIds } from '../accounts/index.ts'
import { post, refundRequirement } from '../ledger/index.ts'
import { requestRefund } from '../payments/index.ts'
import { lockOwn, lockRequirement } from './policy.ts'
import { requirements, type RequirementRow } from './tables.ts'

const DEADLINE = { entity: 'requirement', action: 'expire' } as const

/** What the events of a requirement tell, so that nobody who hears one must ask again. `amount` is fen. */
export function factsOf(row: RequirementRow) {
  const amount = row.price ?? row.budgetMax
  return { requirementId: row.id, buyerId: row.buyerId, title: row.title, way: row.way, categoryId: row.categoryId, ...(amount === null ? {} : { amount: amount.toString() }) }
}

/** Everybody who is to see it may see it from now on; matching follows by the event. */
export async function openRequirement(tx: Tx, deps: Deps, row: RequirementRow, by: { actor: 'system' | 'staff' | 'gateway', actorId?: string, set?: Partial<RequirementRow> }): Promise<void> {
  const now = deps.clock.now()
  const expiresAt = after(now, { hours: row.openHours })
  await transition(tx, deps.clock, requirementLifecycle, requirements, {
    id: row.id, action: 'publish', actor: by.actor, actorId: by.actorId ?? null, set: { ...by.set, openedAt: now, expiresAt, updatedAt: now }, data: factsOf(row),
  })
  await scheduleDeadline(tx, { ...DEADLINE, entityId: row.id, dueAt: expiresAt })
}

/** From now on it stands in the hall for every provider. Harmless to repeat. */
export async function openToHall(tx: Tx, deps: Deps, id: string): Promise<void> {
  const row = await lockRequirement(tx, id)
  if (row.state !== 'open' || row.hallAt !== null || row.way === 'direct') return
  await tx.update(requirements).set({ hallAt: deps.clock.now() }).where(eq(requirements.id, id))
  await emit(tx, deps.clock, 'requirement.hall', { id, ...factsOf(row) }, id)
}

/**
 * The row, locked, while it can still be given to somebody.
 * @throws problem `requirements.not_found`, `requirements.already_taken` when somebody was faster, `requirements.not_open` when it has ended
 */
export async function lockOpenRequirement(tx: Tx, id: string): Promise<RequirementRow> {
  const row = await lockRequirement(tx, id)
  requireOpen(row)
  return row
}

export function requireOpen(row: Pick<RequirementRow, 'state'>): void {
  if (row.state === 'open') return
  throw problem(row.state === 'awarded' || row.state === 'done' ? 'requirements.already_taken' : row.state === 'draft' || row.state === 'in_review' ? 'requirements.not_found' : 'requirements.not_open')
}

export type Award = { id: string, providerId: string, orderId: string, actor: 'buyer' | 'provider', actorId: string }

/** Gives it to one provider, in the transaction that makes the order. @throws like `lockOpenRequirement` */
export async function awardRequirement(tx: Tx, deps: Deps, award: Award): Promise<void> {
  const row = await lockOpenRequirement(tx, award.id)
  const { providerId, orderId } = award
  const now = deps.clock.now()
  const name = (await peopleByIds(tx, deps, [providerId])).get(providerId)?.displayName ?? ''
  await transition(tx, deps.clock, requirementLifecycle, requirements, {
    id: award.id, action: 'award', actor: award.actor, actorId: award.actorId, set: { awardedTo: providerId, orderId, awardedAt: now, updatedAt: now }, data: { ...factsOf(row), providerId, orderId, name },
  })
  await cancelDeadlines(tx, DEADLINE.entity, award.id, DEADLINE.action)
}

/** Time is over. A funded one is refunded in the same transaction. */
export async function expireRequirement(tx: Tx, deps: Deps, id: string): Promise<void> {
  const row = await lockRequirement(tx, id)
  if (!canStep(requirementLifecycle, row.state, 'expire') || row.expiresAt === null || row.expiresAt > deps.clock.now()) return
  const refunded = await giveBack(tx, deps, row, 'requirement_expired')
  await transition(tx, deps.clock, requirementLifecycle, requirements, { id, action: 'expire', actor: 'timer', set: { endedAt: deps.clock.now(), updatedAt: deps.clock.now() }, data: { ...factsOf(row), refunded } })
}

export async function cancelRequirement(tx: Tx, deps: Deps, viewer: Viewer, id: string, reason: string): Promise<void> {
  const row = await lockOwn(tx, viewer, id)
  if (!canStep(requirementLifecycle, row.state, 'cancel')) throw problem('kernel.illegal_transition')
  const refunded = await giveBack(tx, deps, row, 'requirement_cancelled')
  const now = deps.clock.now()
  await transition(tx, deps.clock, requirementLifecycle, requirements, {
    id, action: 'cancel', actor: 'buyer', actorId: viewer.userId, set: { endedAt: now, updatedAt: now, reason: reason || null }, data: { ...factsOf(row), reason, refunded },
  })
  await cancelDeadlines(tx, DEADLINE.entity, id, DEADLINE.action)
}

/** Keeps it open once more for as long as it was. */
export async function extendRequirement(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  const row = await lockOwn(tx, viewer, id)
  if (row.state !== 'open' || row.expiresAt === null) throw problem('requirements.not_open')
  if (row.extended) throw problem('requirements.already_extended')
  const expiresAt = after(row.expiresAt, { hours: row.openHours })
  await tx.update(requirements).set({ extended: true, expiresAt, updatedAt: deps.clock.now() }).where(eq(requirements.id, id))
  await scheduleDeadline(tx, { ...DEADLINE, entityId: id, dueAt: expiresAt })
  await emit(tx, deps.clock, 'requirement.extended', { id, ...factsOf(row) }, id)
}

/** The escrow of an instant one starts on its way back to its buyer. Answers whether there was any. */
async function giveBack(tx: Tx, deps: Deps, row: RequirementRow, reason: 'requirement_expired' | 'requirement_cancelled'): Promise<boolean> {
  if (row.paymentId === null || row.price === null || row.state !== 'open') return false
  const refundId = newId()
  await post(tx, refundRequirement({ at: deps.clock.now(), refundId, requirementId: row.id, payerId: row.buyerId, paymentId: row.paymentId, amount: row.price }))
  await requestRefund(tx, deps, { id: refundId, payment: { id: row.paymentId }, amount: row.price, source: 'escrow', reason })
  return true
}

/** What became of the order it led to. An event that comes too late finds it elsewhere and changes nothing. */
export async function followOrder(tx: Tx, deps: Deps, requirementId: string, orderId: string, action: 'reopen' | 'finish' | 'close'): Promise<void> {
  const row = await lockRequirement(tx, requirementId)
  if (row.orderId !== orderId || !canStep(requirementLifecycle, row.state, action)) return
  const now = deps.clock.now()
  const set = action === 'reopen' ? { awardedTo: null, orderId: null, awardedAt: null, updatedAt: now } : { endedAt: now, updatedAt: now }
  await transition(tx, deps.clock, requirementLifecycle, requirements, { id: row.id, action, actor: 'system', set, data: { ...factsOf(row), orderId } })
  if (action === 'reopen') await scheduleDeadline(tx, { ...DEADLINE, entityId: row.id, dueAt: row.expiresAt ?? now })
}
