/** Writing a requirement: the draft that saves itself, and posting it. */
import { and, count, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { fen, type Money } from '@miaodan/shared/kernel/money'
import { dayInChina } from '@miaodan/shared/requirements/completeness'
import { OPEN_HOURS, REQUIREMENT_LIMITS } from '@miaodan/shared/requirements/limits'
import { requirementLifecycle } from '@miaodan/shared/requirements/lifecycle'
import { emptyDraft, faultsOf, type RequirementDraft, type RequirementPatch } from '@miaodan/shared/requirements/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { InvalidInput } from '../../kernel/problems.ts'
import { transition } from '../../kernel/transition.ts'
import { claimUploads } from '../../kernel/uploads.ts'
import { providersByIds } from '../accounts/index.ts'
import { categoryPaths, subcategoryBySlug } from '../catalog/index.ts'
import { flagsOf } from './check.ts'
import { factsOf, openRequirement } from './life.ts'
import { lockOwn } from './policy.ts'
import { requirements, type RequirementRow } from './tables.ts'

export const UPLOAD_KIND = 'requirement'

export async function createRequirement(tx: Tx, deps: Deps, buyerId: string, patch: RequirementPatch): Promise<string> {
  const [drafts] = await tx.select({ count: count() }).from(requirements).where(and(eq(requirements.buyerId, buyerId), eq(requirements.state, 'draft')))
  if ((drafts?.count ?? 0) >= REQUIREMENT_LIMITS.drafts) throw problem('requirements.too_many_drafts', { limit: REQUIREMENT_LIMITS.drafts })
  const id = newId()
  const at = deps.clock.now()
  const columns = await columnsOf(tx, { ...emptyDraft(patch.way), ...patch })
  await tx.insert(requirements).values({ id, buyerId, state: requirementLifecycle.initial, createdAt: at, updatedAt: at, ...columns })
  await claimUploads(tx, buyerId, patch.files ?? [], { kind: UPLOAD_KIND, id, visibility: 'private' })
  return id
}

export async function saveRequirement(tx: Tx, deps: Deps, viewer: Viewer, id: string, patch: RequirementPatch): Promise<Date> {
  const row = await lockOwn(tx, viewer, id)
  if (row.state !== 'draft') throw problem('requirements.not_draft')
  const at = deps.clock.now()
  const way = patch.way && patch.way !== row.way ? { openHours: OPEN_HOURS[patch.way][0] } : {}
  await claimUploads(tx, viewer.userId, patch.files ?? [], { kind: UPLOAD_KIND, id, visibility: 'private' })
  await tx.update(requirements).set({ ...await columnsOf(tx, { ...way, ...patch }), updatedAt: at }).where(eq(requirements.id, id))
  return at
}

/**
 * Posts a draft. The rules look at it at once: what they flag waits for a moderator, what is clean opens, and an instant
 * one waits for its payment.
 * @throws InvalidInput with paths below `draft` for what is unfinished; problem `requirements.not_draft`, `requirements.provider_unknown`
 */
export async function submitRequirement(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  const row = await lockOwn(tx, viewer, id)
  if (row.state !== 'draft') throw problem('requirements.not_draft')
  const draft = await draftOf(tx, row)
  const faults = faultsOf(draft, dayInChina(deps.clock.now()))
  if (faults.length > 0) throw new InvalidInput(faults.map(({ field, code, params }) => ({ code: 'custom', path: ['draft', field], message: code, input: undefined, params: { problem: code, ...params } })))
  if (draft.category) await subcategoryBySlug(tx, draft.category, 'draft.category')
  if (row.way === 'direct') await requireProviders(tx, deps, row)
  const flags = await flagsOf(deps, row)
  const review = flags.length > 0 ? 'flagged' as const : 'clear' as const
  await transition(tx, deps.clock, requirementLifecycle, requirements, {
    id, action: 'submit', actor: 'buyer', actorId: viewer.userId, set: { submittedAt: deps.clock.now(), updatedAt: deps.clock.now(), review, flags, reason: null }, data: { ...factsOf(row), review },
  })
  if (review === 'clear' && row.way !== 'instant') await openRequirement(tx, deps, row, { actor: 'system' })
}

async function requireProviders(tx: Tx, deps: Deps, row: RequirementRow): Promise<void> {
  const found = await providersByIds(tx, deps, row.providerIds)
  if (row.providerIds.some(id => !found.has(id) || id === row.buyerId)) throw problem('requirements.provider_unknown', {}, { field: 'draft.providerIds' })
}

/** Back to the desk before it is open. A payment that comes for it all the same is returned by itself. */
export async function withdrawRequirement(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  const row = await lockOwn(tx, viewer, id)
  await transition(tx, deps.clock, requirementLifecycle, requirements, {
    id, action: 'withdraw', actor: 'buyer', actorId: viewer.userId, set: { review: null, flags: [], submittedAt: null, updatedAt: deps.clock.now() }, data: factsOf(row),
  })
}

/** A draft's fields as columns; only those that are given. @throws problem `catalog.category_unknown` */
async function columnsOf<T extends RequirementPatch>(tx: Tx, { category, budgetMin, budgetMax, price, ...rest }: T) {
  return {
    ...rest as Omit<T, 'category' | 'budgetMin' | 'budgetMax' | 'price'>,
    ...(category === undefined ? {} : { categoryId: category === null ? null : (await subcategoryBySlug(tx, category, 'body.category')).id }),
    ...(budgetMin === undefined ? {} : { budgetMin: budgetMin?.amount ?? null }),
    ...(budgetMax === undefined ? {} : { budgetMax: budgetMax?.amount ?? null }),
    ...(price === undefined ? {} : { price: price?.amount ?? null }),
  }
}

const money = (amount: bigint | null): Money | null => (amount === null ? null : fen(amount))

export async function draftOf(db: Tx | Deps['db'], row: RequirementRow): Promise<RequirementDraft> {
  const category = row.categoryId === null ? null : (await categoryPaths(db, [row.categoryId])).get(row.categoryId)?.slug ?? null
  const { way, title, background, details, checklist, deadline, area, skills, files, openHours, providerIds, serviceId } = row
  return { way, title, background, details, checklist, deadline, area, skills, files, openHours, providerIds, serviceId, category, budgetMin: money(row.budgetMin), budgetMax: money(row.budgetMax), price: money(row.price) }
}
