/** Announcements as staff write them. What is public is never changed: who has read it can rely on it. */
import { desc, eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { announcementDesk } from '@miaodan/shared/announcements/contract'
import { announcementLifecycle } from '@miaodan/shared/announcements/lifecycle'
import type { AnnouncementInput, StaffAnnouncement } from '@miaodan/shared/announcements/model'
import { RULES_NOTICE } from '@miaodan/shared/announcements/rules'
import { problem } from '@miaodan/shared/errors'
import { after } from '@miaodan/shared/kernel/time'
import { dayInChina } from '@miaodan/shared/requirements/completeness'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import { cursorAt, earlierThan } from '../../kernel/cursor.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { announcements, type AnnouncementRow } from './tables.ts'

const ENTITY = announcementLifecycle.name
const APPEAR = 'appear'

export async function deskPage(db: Executor, { cursor, limit }: z.output<typeof announcementDesk.list.query>) {
  const rows = await db.select().from(announcements).where(earlierThan(cursor, announcements.createdAt, announcements.id)).orderBy(desc(announcements.createdAt), desc(announcements.id)).limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(viewOf), next: rows.length > limit && last ? cursorAt(last.createdAt, last.id) : null }
}

/** @throws problem `announcements.day_missing` */
export async function createDraft(tx: Tx, deps: Deps, staffId: string, input: AnnouncementInput): Promise<StaffAnnouncement> {
  const [row] = await tx.insert(announcements).values({ id: newId(), ...contentOf(input), state: announcementLifecycle.initial, createdBy: staffId, createdAt: deps.clock.now() }).returning()
  if (!row) throw new Error('the announcement was not inserted')
  await audit(tx, deps.clock, { actorId: staffId, action: 'announcements.created', entity: ENTITY, entityId: row.id, new: audited(row) })
  return viewOf(row)
}

/** @throws problem `announcements.day_missing` | `announcements.published` | `kernel.illegal_transition` | `announcements.rules_too_soon` when it is scheduled */
export async function editAnnouncement(tx: Tx, deps: Deps, staffId: string, id: string, input: AnnouncementInput): Promise<StaffAnnouncement> {
  const before = await unpublished(tx, deps, id)
  const content = contentOf(input)
  if (before.publishedAt) checkNotice(content, before.publishedAt, 'body.effectiveAt')
  const [row] = await tx.update(announcements).set(content).where(eq(announcements.id, id)).returning()
  if (!row) throw new Error(`announcement ${id} is gone`)
  const [was, is] = [audited(before), audited(row)]
  const changed = Object.keys(is).filter(field => was[field] !== is[field])
  const only = (values: Record<string, unknown>) => Object.fromEntries(changed.map(field => [field, values[field]]))
  if (changed.length > 0) await audit(tx, deps.clock, { actorId: staffId, action: 'announcements.edited', entity: ENTITY, entityId: id, old: only(was), new: only(is) })
  return viewOf(row)
}

/**
 * `at` null: now. A scheduled one may be published sooner, or be given another moment.
 * @throws problem `announcements.in_past` | `announcements.published` | `announcements.rules_too_soon` | `kernel.illegal_transition`
 */
export async function publishAnnouncement(tx: Tx, deps: Deps, staffId: string, id: string, at: Date | null): Promise<StaffAnnouncement> {
  const before = await unpublished(tx, deps, id)
  const now = deps.clock.now()
  if (at && at <= now) throw problem('announcements.in_past', {}, { field: 'body.at' })
  const publishedAt = at ?? now
  checkNotice(before, publishedAt, 'body.at')
  const { from, to } = await transition(tx, deps.clock, announcementLifecycle, announcements, { id, action: at ? 'schedule' : 'publish', actor: 'staff', actorId: staffId, set: { publishedAt } })
  if (at) await scheduleDeadline(tx, { entity: ENTITY, entityId: id, action: APPEAR, dueAt: at })
  else {
    await cancelDeadlines(tx, ENTITY, id)
    tellEverybody(tx, deps)
  }
  await audit(tx, deps.clock, {
    actorId: staffId, action: `announcements.${to}`, entity: ENTITY, entityId: id,
    old: { state: from, publishedAt: before.publishedAt?.toISOString() ?? null }, new: { state: to, publishedAt: publishedAt.toISOString() },
  })
  return viewOf({ ...before, state: to, publishedAt })
}

/** @throws problem `kernel.illegal_transition` when it was withdrawn before */
export async function withdrawAnnouncement(tx: Tx, deps: Deps, staffId: string, id: string, reason: string): Promise<StaffAnnouncement> {
  const before = await rowOf(tx, id)
  const { from, to } = await transition(tx, deps.clock, announcementLifecycle, announcements, { id, action: 'withdraw', actor: 'staff', actorId: staffId, data: { reason } })
  await cancelDeadlines(tx, ENTITY, id)
  await audit(tx, deps.clock, { actorId: staffId, action: 'announcements.withdrawn', entity: ENTITY, entityId: id, old: { state: from }, new: { state: to }, reason })
  tellEverybody(tx, deps)
  return viewOf({ ...before, state: to })
}

/** The moment of a scheduled one. It has been readable since then; this takes note of it and wakes who is looking. */
export async function appear(tx: Tx, deps: Deps, id: string): Promise<void> {
  const { state, publishedAt } = await rowOf(tx, id)
  if (!canStep(announcementLifecycle, state, APPEAR) || !publishedAt || publishedAt > deps.clock.now()) return
  await transition(tx, deps.clock, announcementLifecycle, announcements, { id, action: APPEAR, actor: 'timer' })
  tellEverybody(tx, deps)
}

const tellEverybody = (tx: Tx, deps: Deps): void => afterCommit(tx, () => deps.live.notifyAll({ type: 'announcements.changed' }))

async function rowOf(tx: Tx, id: string): Promise<AnnouncementRow> {
  const [row] = await tx.select().from(announcements).where(eq(announcements.id, id)).for('update')
  if (!row) throw problem('kernel.not_found')
  return row
}

async function unpublished(tx: Tx, deps: Deps, id: string): Promise<AnnouncementRow> {
  const row = await rowOf(tx, id)
  if (row.state === 'withdrawn') throw problem('kernel.illegal_transition')
  if (row.publishedAt && row.publishedAt <= deps.clock.now()) throw problem('announcements.published')
  return row
}

function contentOf(input: AnnouncementInput): AnnouncementInput {
  if (input.kind !== 'rules') return { ...input, effectiveAt: null }
  if (!input.effectiveAt) throw problem('announcements.day_missing', {}, { field: 'body.effectiveAt' })
  return input
}

/** The day that is named is the first that begins late enough. */
function checkNotice({ effectiveAt }: Pick<AnnouncementRow, 'effectiveAt'>, publishedAt: Date, field: string): void {
  const earliest = after(publishedAt, RULES_NOTICE)
  if (!effectiveAt || effectiveAt >= earliest) return
  throw problem('announcements.rules_too_soon', { days: RULES_NOTICE.days, date: dayInChina(new Date(after(earliest, { days: 1 }).getTime() - 1)) }, { field })
}

function viewOf(row: AnnouncementRow): StaffAnnouncement {
  const { id, kind, effectiveAt, state, publishedAt, createdAt } = row
  return { id, kind, title: { zh: row.titleZh, en: row.titleEn }, body: { zh: row.bodyZh, en: row.bodyEn }, effectiveAt, state, publishedAt, createdAt }
}

function audited({ kind, titleZh, titleEn, bodyZh, bodyEn, effectiveAt }: AnnouncementRow): Record<string, unknown> {
  return { kind, titleZh, titleEn, bodyZh, bodyEn, effectiveAt: effectiveAt?.toISOString() ?? null }
}
