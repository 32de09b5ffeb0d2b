/** What a provider does with its own services. Somebody else's is not there. */
import { and, eq, inArray } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { serviceChangeLifecycle, serviceLifecycle } from '@miaodan/shared/catalog/lifecycle'
import { serviceContentSchema, type ServiceDraft } from '@miaodan/shared/catalog/model'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { InvalidInput } from '../../kernel/problems.ts'
import { transition } from '../../kernel/transition.ts'
import { claimUploads } from '../../kernel/uploads.ts'
import { subcategoryBySlug } from './categories.ts'
import { storeDraft } from './content.ts'
import { serviceChanges, services, type ServiceChangeRow, type ServiceRow } from './tables.ts'

export const UPLOAD_KIND = 'service'
const OPEN_STATES = ['draft', 'in_review', 'rejected'] as const

type Own = { tx: Tx, deps: Deps, providerId: string, serviceId: string }

/** The service when it is this provider's; locked when it is about to be changed. @throws problem `catalog.service_not_found` */
export async function ownService(db: Executor, providerId: string, serviceId: string, options: { lock?: boolean } = {}): Promise<ServiceRow> {
  const query = db.select().from(services).where(and(eq(services.id, serviceId), eq(services.providerId, providerId)))
  const [row] = options.lock ? await query.for('update') : await query
  if (!row) throw problem('catalog.service_not_found')
  return row
}

/** The change that is being written, reviewed or was sent back; at most one for a service. */
export async function openChange(db: Executor, serviceId: string): Promise<ServiceChangeRow | undefined> {
  const [row] = await db.select().from(serviceChanges).where(and(eq(serviceChanges.serviceId, serviceId), inArray(serviceChanges.state, [...OPEN_STATES])))
  return row
}

export async function createService(tx: Tx, deps: Deps, providerId: string, draft: ServiceDraft): Promise<string> {
  const at = deps.clock.now()
  const serviceId = newId()
  await tx.insert(services).values({ id: serviceId, providerId, state: serviceLifecycle.initial, createdAt: at, updatedAt: at })
  await tx.insert(serviceChanges).values({ id: newId(), serviceId, state: serviceChangeLifecycle.initial, content: storeDraft(draft), createdAt: at, updatedAt: at })
  await claimUploads(tx, providerId, draft.images, { kind: UPLOAD_KIND, id: serviceId, visibility: 'private' })
  return serviceId
}

/** Saves what is being written. Saving what is published already starts no change. */
export async function saveDraft({ tx, deps, providerId, serviceId }: Own, draft: ServiceDraft): Promise<void> {
  const service = await ownService(tx, providerId, serviceId, { lock: true })
  if (service.state === 'archived') throw problem('catalog.service_not_found')
  const change = await openChange(tx, serviceId)
  if (change?.state === 'in_review') throw problem('catalog.in_review')
  const content = storeDraft(draft)
  if (!change && JSON.stringify(content) === JSON.stringify(service.content && storedInOrder(service.content, content))) return
  // What buyers see already stays public; a new picture is for the provider and moderators until it is approved.
  const shown = new Set(service.content?.images)
  await claimUploads(tx, providerId, draft.images.filter(id => !shown.has(id)), { kind: UPLOAD_KIND, id: serviceId, visibility: 'private' })
  const at = deps.clock.now()
  if (!change) {
    await tx.insert(serviceChanges).values({ id: newId(), serviceId, state: serviceChangeLifecycle.initial, content, createdAt: at, updatedAt: at })
    return
  }
  if (change.state === 'rejected') await reviseAfterRejection({ tx, deps, providerId, serviceId }, service, change)
  await tx.update(serviceChanges).set({ content, updatedAt: at }).where(eq(serviceChanges.id, change.id))
}

/** @throws InvalidInput with paths below `draft` for what is unfinished; problem `catalog.nothing_to_submit`, `catalog.category_unknown` */
export async function submitService(own: Own): Promise<void> {
  const { tx, deps, providerId, serviceId } = own
  const service = await ownService(tx, providerId, serviceId, { lock: true })
  const change = await openChange(tx, serviceId)
  if (!change) throw problem('catalog.nothing_to_submit')
  if (change.state === 'rejected') await reviseAfterRejection(own, service, change)
  const complete = serviceContentSchema.safeParse(change.content, { reportInput: true })
  if (!complete.success) throw new InvalidInput(complete.error.issues.map(issue => ({ ...issue, path: ['draft', ...issue.path] })))
  await subcategoryBySlug(tx, complete.data.category, 'draft.category')
  const at = deps.clock.now()
  const step = { actor: 'provider', actorId: providerId, key: serviceId } as const
  const data = { serviceId, providerId, title: complete.data.title }
  await transition(tx, deps.clock, serviceChangeLifecycle, serviceChanges, { ...step, id: change.id, action: 'submit', set: { submittedAt: at, updatedAt: at, reason: null }, data })
  if (service.version === 0) await transition(tx, deps.clock, serviceLifecycle, services, { ...step, id: serviceId, action: 'submit', set: { updatedAt: at }, data })
}

export async function withdrawService({ tx, deps, providerId, serviceId }: Own): Promise<void> {
  const service = await ownService(tx, providerId, serviceId, { lock: true })
  const change = await openChange(tx, serviceId)
  if (!change) throw problem('kernel.illegal_transition')
  const at = deps.clock.now()
  const step = { actor: 'provider', actorId: providerId, key: serviceId, data: { serviceId, providerId }, set: { updatedAt: at } } as const
  await transition(tx, deps.clock, serviceChangeLifecycle, serviceChanges, { ...step, id: change.id, action: 'withdraw' })
  if (service.state === 'in_review') await transition(tx, deps.clock, serviceLifecycle, services, { ...step, id: serviceId, action: 'withdraw' })
}

/** Gives up an edit; what buyers see stays. A service that was never published is archived instead. */
export async function discardDraft({ tx, deps, providerId, serviceId }: Own): Promise<void> {
  const service = await ownService(tx, providerId, serviceId, { lock: true })
  const change = await openChange(tx, serviceId)
  if (!change || service.version === 0) throw problem('kernel.illegal_transition')
  if (change.state === 'in_review') throw problem('catalog.in_review')
  await transition(tx, deps.clock, serviceChangeLifecycle, serviceChanges, {
    id: change.id, action: 'discard', actor: 'provider', actorId: providerId, key: serviceId, data: { serviceId, providerId }, set: { updatedAt: deps.clock.now() },
  })
}

/** Pause, resume, archive: the steps a provider takes with what is published. */
export async function moveService({ tx, deps, providerId, serviceId }: Own, action: 'pause' | 'resume' | 'archive'): Promise<void> {
  const service = await ownService(tx, providerId, serviceId, { lock: true })
  const at = deps.clock.now()
  const step = { actor: 'provider', actorId: providerId, key: serviceId, data: { serviceId, providerId }, set: { updatedAt: at } } as const
  if (action === 'archive') {
    const change = await openChange(tx, serviceId)
    if (change?.state === 'in_review') throw problem('catalog.in_review')
    if (change) await transition(tx, deps.clock, serviceChangeLifecycle, serviceChanges, { ...step, id: change.id, action: 'discard' })
  }
  await transition(tx, deps.clock, serviceLifecycle, services, { ...step, id: service.id, action })
}

export async function setCapacity({ tx, deps, providerId, serviceId }: Own, capacity: number | null): Promise<void> {
  await ownService(tx, providerId, serviceId, { lock: true })
  await tx.update(services).set({ capacity, updatedAt: deps.clock.now() }).where(eq(services.id, serviceId))
}

async function reviseAfterRejection({ tx, deps, providerId, serviceId }: Own, service: ServiceRow, change: ServiceChangeRow): Promise<void> {
  const step = { action: 'revise', actor: 'provider', actorId: providerId, key: serviceId, data: { serviceId, providerId } } as const
  await transition(tx, deps.clock, serviceChangeLifecycle, serviceChanges, { ...step, id: change.id })
  if (service.state === 'rejected') await transition(tx, deps.clock, serviceLifecycle, services, { ...step, id: serviceId })
}

/** jsonb keeps no order of keys: the stored document in the order of the one it is compared with. */
function storedInOrder(stored: unknown, like: unknown): unknown {
  if (Array.isArray(stored)) return stored.map((item, index) => storedInOrder(item, Array.isArray(like) ? like[index] : undefined))
  if (typeof stored !== 'object' || stored === null) return stored
  const order = typeof like === 'object' && like !== null ? Object.keys(like) : []
  const keys = [...order.filter(key => key in stored), ...Object.keys(stored).filter(key => !order.includes(key))]
  return Object.fromEntries(keys.map(key => [key, storedInOrder((stored as Record<string, unknown>)[key], (like as Record<string, unknown> | undefined)?.[key])]))
}
