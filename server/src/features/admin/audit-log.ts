/** Reading what staff did. The table is written by the kernel and refuses every change. */
import { and, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type * as z from 'zod'
import type { admin } from '@miaodan/shared/admin/contract'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import { auditEntries } from '../../kernel/audit.ts'
import { cursorAt, earlierThan } from '../../kernel/cursor.ts'
import type { Executor } from '../../kernel/db.ts'
import { peopleByIds } from '../accounts/index.ts'

type Query = z.output<typeof admin.auditEntries.query>

const startOfDayInChina = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

function matching({ actor, action, entity, entityId, from, to }: Query): SQL | undefined {
  return and(
    actor === undefined ? undefined : eq(auditEntries.actorId, actor),
    action === undefined ? undefined : action.endsWith('.') ? sql`starts_with(${auditEntries.action}, ${action})` : eq(auditEntries.action, action),
    entity === undefined ? undefined : eq(auditEntries.entity, entity), entityId === undefined ? undefined : eq(auditEntries.entityId, entityId),
    from === undefined ? undefined : gte(auditEntries.at, startOfDayInChina(from)), to === undefined ? undefined : lt(auditEntries.at, after(startOfDayInChina(to), { days: 1 })),
  )
}

/** Newest first. */
export async function auditPage(db: Executor, deps: Deps, query: Query) {
  const rows = await db.select().from(auditEntries).where(and(matching(query), earlierThan(query.cursor, auditEntries.at, auditEntries.id))).orderBy(desc(auditEntries.at), desc(auditEntries.id)).limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const actors = await peopleByIds(db, deps, page.map(row => row.actorId))
  const last = page.at(-1)
  return {
    items: page.map(({ actorId, ...row }) => ({ ...row, oldValues: jsonOf(row.oldValues), newValues: jsonOf(row.newValues), actor: actors.get(actorId) ?? null })),
    next: rows.length > query.limit && last ? cursorAt(last.at, last.id) : null,
  }
}

/** Longer than any transaction lasts, so that what was written down at a moment is there by then. */
const WRITTEN_AFTER = { minutes: 1 }

/** What a reading must hold for a member of staff to find in it what they have done themselves. */
export async function withOwn(db: Executor, staffId: string): Promise<{ upTo: Date } | undefined> {
  const [last] = await db.select({ at: auditEntries.at }).from(auditEntries).where(eq(auditEntries.actorId, staffId)).orderBy(desc(auditEntries.at)).limit(1)
  return last && { upTo: after(last.at, WRITTEN_AFTER) }
}

type Values = Record<string, z.core.util.JSONType>
const jsonOf = (values: Record<string, unknown> | null): Values | null => values as Values | null

/** Few people work here and few things can be done, so that all of them fit into a menu. */
const MAX_FACETS = 200

export async function auditFacets(db: Executor, deps: Deps) {
  const [actors, actions, entities] = await Promise.all([
    db.selectDistinct({ id: auditEntries.actorId }).from(auditEntries).limit(MAX_FACETS),
    db.selectDistinct({ action: auditEntries.action }).from(auditEntries).orderBy(auditEntries.action).limit(MAX_FACETS),
    db.selectDistinct({ entity: auditEntries.entity }).from(auditEntries).orderBy(auditEntries.entity).limit(MAX_FACETS),
  ])
  const people = await peopleByIds(db, deps, actors.map(actor => actor.id))
  return { actors: [...people.values()], actions: actions.map(row => row.action), entities: entities.map(row => row.entity) }
}
