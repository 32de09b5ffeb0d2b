/** What moderators see and decide. A decision replaces what buyers see, or sends the change back with a reason. */
import { and, asc, count, desc, eq, gt, inArray, lt, min, or } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { serviceChangeLifecycle, serviceLifecycle } from '@miaodan/shared/catalog/lifecycle'
import { serviceContentSchema } from '@miaodan/shared/catalog/model'
import { findContacts } from '@miaodan/shared/words/find'
import * as z from 'zod'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { QueueState } from '../../kernel/queues.ts'
import { transition } from '../../kernel/transition.ts'
import { claimUploads } from '../../kernel/uploads.ts'
import { peopleByIds } from '../accounts/index.ts'
import { findSensitive } from '../words/index.ts'
import { subcategoryBySlug } from './categories.ts'
import { factsOf, readContent, readDraft } from './content.ts'
import { imagesOf } from './images.ts'
import { UPLOAD_KIND } from './own-services.ts'
import { serviceChanges, services, type ServiceChangeRow, type ServiceRow } from './tables.ts'

type Decision = { tx: Tx, deps: Deps, staffId: string, changeId: string }

export async function approveChange(decision: Decision): Promise<void> {
  const { tx, deps, staffId } = decision
  const { change, service } = await lockedForDecision(decision)
  const content = z.decode(serviceContentSchema, change.content as z.input<typeof serviceContentSchema>)
  const category = await subcategoryBySlug(tx, content.category, 'draft.category')
  await claimUploads(tx, service.providerId, content.images, { kind: UPLOAD_KIND, id: service.id, visibility: 'public' })
  const at = deps.clock.now()
  const step = { action: 'approve', actor: 'staff', actorId: staffId, key: service.id, data: { serviceId: service.id, providerId: service.providerId, title: content.title } } as const
  await transition(tx, deps.clock, serviceChangeLifecycle, serviceChanges, { ...step, id: change.id, set: { before: service.content, decidedAt: at, decidedBy: staffId, updatedAt: at } })
  const replaced = { content: change.content as ServiceRow['content'], categoryId: category.id, ...factsOf(content), version: service.version + 1, publishedAt: service.publishedAt ?? at, updatedAt: at }
  if (service.state === 'in_review') await transition(tx, deps.clock, serviceLifecycle, services, { ...step, id: service.id, set: replaced })
  else await tx.update(services).set(replaced).where(eq(services.id, service.id))
  await audit(tx, deps.clock, { ...decided(decision, service), action: 'services.approved', ...differing(service.content, change.content) })
}

export async function rejectChange(decision: Decision, reason: string): Promise<void> {
  const { tx, deps, staffId } = decision
  const { change, service } = await lockedForDecision(decision)
  const at = deps.clock.now()
  const step = { action: 'reject', actor: 'staff', actorId: staffId, key: service.id, data: { serviceId: service.id, providerId: service.providerId, title: change.content.title, reason } } as const
  await transition(tx, deps.clock, serviceChangeLifecycle, serviceChanges, { ...step, id: change.id, set: { reason, decidedAt: at, decidedBy: staffId, updatedAt: at } })
  if (service.state === 'in_review') await transition(tx, deps.clock, serviceLifecycle, services, { ...step, id: service.id, set: { updatedAt: at } })
  await audit(tx, deps.clock, { ...decided(decision, service), action: 'services.rejected', old: { state: change.state }, new: { state: 'rejected' }, reason })
}

const decided = ({ staffId }: Decision, service: ServiceRow) => ({ actorId: staffId, entity: 'service', entityId: service.id })

/** Only the parts of a service that the change makes other; all of them for a new one. */
function differing(before: ServiceRow['content'], after: ServiceChangeRow['content']): { old?: Record<string, unknown>, new: Record<string, unknown> } {
  const changed = Object.entries(after).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown> | null)?.[key]))
  return { ...(before && { old: Object.fromEntries(changed.map(([key]) => [key, (before as Record<string, unknown>)[key] ?? null])) }), new: Object.fromEntries(changed) }
}

export async function waitingServices(db: Executor): Promise<QueueState> {
  const [total] = await db.select({ waiting: count(), oldestAt: min(serviceChanges.submittedAt) }).from(serviceChanges).where(eq(serviceChanges.state, 'in_review'))
  return total ?? { waiting: 0, oldestAt: null }
}

/** Service first, then change: the order in which the provider's steps lock them as well. */
async function lockedForDecision({ tx, staffId, changeId }: Decision): Promise<{ change: ServiceChangeRow, service: ServiceRow }> {
  const [found] = await tx.select({ serviceId: serviceChanges.serviceId }).from(serviceChanges).where(eq(serviceChanges.id, changeId))
  if (!found) throw problem('kernel.not_found')
  const [service] = await tx.select().from(services).where(eq(services.id, found.serviceId)).for('update')
  const [change] = await tx.select().from(serviceChanges).where(eq(serviceChanges.id, changeId)).for('update')
  if (!service || !change) throw problem('kernel.not_found')
  if (service.providerId === staffId) throw problem('catalog.no_own_decision')
  if (change.state !== 'in_review') throw problem('kernel.illegal_transition')
  return { change, service }
}

type Item = { change: ServiceChangeRow, service: ServiceRow }
const joined = { change: serviceChanges, service: services }

async function itemViews(db: Executor, deps: Deps, items: readonly Item[]) {
  const people = await peopleByIds(db, deps, items.map(item => item.service.providerId))
  return items.flatMap(({ change, service }) => {
    const provider = people.get(service.providerId)
    return provider ? [{
      id: change.id, serviceId: service.id, kind: change.before !== null || service.version > 0 ? 'edit' as const : 'new' as const, state: change.state, title: change.content.title,
      category: change.content.category, provider, submittedAt: change.submittedAt, decidedAt: change.decidedAt, reason: change.reason,
    }] : []
  })
}

/** Waiting ones oldest first, decided ones newest first. The cursor is the id of the last one shown. */
export async function moderationQueue(db: Executor, deps: Deps, query: { state: 'in_review' | 'approved' | 'rejected', cursor?: string | undefined, limit: number }) {
  const waiting = query.state === 'in_review'
  const time = waiting ? serviceChanges.submittedAt : serviceChanges.decidedAt
  const [last] = query.cursor && z.uuid().safeParse(query.cursor).success ? await db.select().from(serviceChanges).where(eq(serviceChanges.id, query.cursor)) : []
  const lastAt = last && (waiting ? last.submittedAt : last.decidedAt)
  const beyond = waiting ? gt : lt
  const rows = await db.select(joined).from(serviceChanges).innerJoin(services, eq(services.id, serviceChanges.serviceId))
    .where(and(eq(serviceChanges.state, query.state), last && lastAt ? or(beyond(time, lastAt), and(eq(time, lastAt), beyond(serviceChanges.id, last.id))) : undefined))
    .orderBy(waiting ? asc(time) : desc(time), waiting ? asc(serviceChanges.id) : desc(serviceChanges.id)).limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const [total] = await db.select({ waiting: count() }).from(serviceChanges).where(eq(serviceChanges.state, 'in_review'))
  return { items: await itemViews(db, deps, page), next: rows.length > query.limit ? page.at(-1)?.change.id ?? null : null, waiting: total?.waiting ?? 0 }
}

/** All that buyers would read, for the rules to look through. */
function textOf({ title, summary, description, skills, packages, addOns, fields, faqs }: ServiceChangeRow['content']): string {
  return [title, summary, description, ...skills, ...packages.flatMap(one => [one.name, ...one.includes]), ...addOns.map(one => one.name), ...fields.map(field => field.label), ...faqs.flatMap(faq => [faq.question, faq.answer])].join('\n')
}

export async function moderationCase(db: Executor, deps: Deps, changeId: string) {
  const [item] = await db.select(joined).from(serviceChanges).innerJoin(services, eq(services.id, serviceChanges.serviceId)).where(eq(serviceChanges.id, changeId))
  const [view] = item ? await itemViews(db, deps, [item]) : []
  if (!item || !view) throw problem('kernel.not_found')
  const { change, service } = item
  const before = change.state === 'approved' ? change.before : service.content
  const history = await db.select().from(serviceChanges)
    .where(and(eq(serviceChanges.serviceId, service.id), inArray(serviceChanges.state, ['approved', 'rejected']))).orderBy(desc(serviceChanges.decidedAt)).limit(20)
  const text = textOf(change.content)
  return {
    ...view, flags: [...findContacts(text).map(excerpt => ({ kind: 'contact' as const, excerpt })), ...(await findSensitive(deps, text)).map(excerpt => ({ kind: 'word' as const, excerpt }))],
    before: before ? readContent(before) : null, after: readDraft(change.content),
    images: await imagesOf(db, [...new Set([...change.content.images, ...(before?.images ?? [])])]),
    history: history.filter(row => row.id !== change.id).map(row => ({ state: row.state, reason: row.reason, at: row.decidedAt ?? row.updatedAt })),
  }
}
