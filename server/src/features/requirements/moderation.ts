/** What the rules held back, for a moderator to let through or send back. */
import { and, asc, count, eq, gt, min, or } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { requirementLifecycle } from '@miaodan/shared/requirements/lifecycle'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { emit } from '../../kernel/outbox.ts'
import type { QueueState } from '../../kernel/queues.ts'
import { transition } from '../../kernel/transition.ts'
import { peopleByIds } from '../accounts/index.ts'
import { factsOf, openRequirement } from './life.ts'
import { lockRequirement } from './policy.ts'
import { requirements, type RequirementRow } from './tables.ts'
import { categoriesOf } from './views.ts'

const WAITING = and(eq(requirements.state, 'in_review'), eq(requirements.review, 'flagged'))

export async function moderationQueue(db: Executor, deps: Deps, query: { cursor?: string | undefined, limit: number }) {
  const [last] = query.cursor && z.uuid().safeParse(query.cursor).success ? await db.select().from(requirements).where(eq(requirements.id, query.cursor)) : []
  const beyond = last?.submittedAt ? or(gt(requirements.submittedAt, last.submittedAt), and(eq(requirements.submittedAt, last.submittedAt), gt(requirements.id, last.id))) : undefined
  const rows = await db.select().from(requirements).where(and(WAITING, beyond)).orderBy(asc(requirements.submittedAt), asc(requirements.id)).limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const [[total], people, categories] = await Promise.all([db.select({ count: count() }).from(requirements).where(WAITING), peopleByIds(db, deps, page.map(row => row.buyerId)), categoriesOf(db, page)])
  return {
    items: page.flatMap(row => {
      const buyer = people.get(row.buyerId)
      return buyer ? [{ id: row.id, way: row.way, title: row.title, category: categories(row), buyer, submittedAt: row.submittedAt, flags: row.flags }] : []
    }),
    next: rows.length > query.limit ? page.at(-1)?.id ?? null : null,
    waiting: total?.count ?? 0,
  }
}

export async function waitingRequirements(db: Executor): Promise<QueueState> {
  const [total] = await db.select({ waiting: count(), oldestAt: min(requirements.submittedAt) }).from(requirements).where(WAITING)
  return total ?? { waiting: 0, oldestAt: null }
}

/** @throws problem `requirements.no_own_decision`, `kernel.illegal_transition` when it does not wait for a moderator */
async function lockWaiting(tx: Tx, viewer: Viewer, id: string): Promise<RequirementRow> {
  const row = await lockRequirement(tx, id)
  if (row.buyerId === viewer.userId) throw problem('requirements.no_own_decision')
  if (row.state !== 'in_review' || row.review !== 'flagged') throw problem('kernel.illegal_transition')
  return row
}

export async function approveRequirement(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  const row = await lockWaiting(tx, viewer, id)
  if (row.way === 'instant') {
    await tx.update(requirements).set({ review: 'clear', updatedAt: deps.clock.now() }).where(eq(requirements.id, id))
    await emit(tx, deps.clock, 'requirement.cleared', { id, ...factsOf(row) }, id)
  } else {
    await openRequirement(tx, deps, row, { actor: 'staff', actorId: viewer.userId, set: { review: 'clear' } })
  }
  await audit(tx, deps.clock, { actorId: viewer.userId, action: 'requirements.approved', entity: 'requirement', entityId: id, new: { flags: row.flags } })
}

export async function returnRequirement(tx: Tx, deps: Deps, viewer: Viewer, id: string, reason: string): Promise<void> {
  const row = await lockWaiting(tx, viewer, id)
  await transition(tx, deps.clock, requirementLifecycle, requirements, {
    id, action: 'return', actor: 'staff', actorId: viewer.userId, set: { reason, review: null, submittedAt: null, updatedAt: deps.clock.now() }, data: { ...factsOf(row), reason },
  })
  await audit(tx, deps.clock, { actorId: viewer.userId, action: 'requirements.returned', entity: 'requirement', entityId: id, new: { flags: row.flags }, reason })
}
