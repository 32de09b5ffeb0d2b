/** Reported messages and reviews: kept as they were, decided once for all who reported the same. */
import { and, asc, count, desc, eq, gt, isNull, lt, min, ne, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { reportLifecycle } from '@miaodan/shared/admin/lifecycle'
import type { reports as contracts } from '@miaodan/shared/admin/reports'
import { problem } from '@miaodan/shared/errors'
import { idSchema } from '@miaodan/shared/kernel/ids'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import type { QueueState } from '../../kernel/queues.ts'
import { transition } from '../../kernel/transition.ts'
import { peopleByIds } from '../accounts/index.ts'
import { removeMessage, reportableMessage } from '../chat/index.ts'
import { removeReview, reportableReview } from '../reviews/index.ts'
import { reports, type ReportRow } from './tables.ts'

const OPEN = eq(reports.state, 'open')

export async function waitingReports(db: Executor): Promise<QueueState> {
  const [total] = await db.select({ waiting: count(), oldestAt: min(reports.createdAt) }).from(reports).where(OPEN)
  return total ?? { waiting: 0, oldestAt: null }
}

export async function reportContent(tx: Tx, deps: Deps, reporterId: string, { reason, note, ...what }: z.output<typeof contracts.create.body>): Promise<void> {
  const subject = what.kind === 'message'
    ? { kind: what.kind, subjectId: what.conversationId, seq: what.seq, ...await reportableMessage(tx, reporterId, what.conversationId, what.seq) }
    : { kind: what.kind, subjectId: what.reviewId, seq: null, ...await reportableReview(tx, what.reviewId) }
  if (subject.authorId === reporterId) throw problem('admin.report_own')
  if (subject.content === '') throw problem('admin.report_nothing')
  await tx.insert(reports).values({ id: newId(), ...subject, reporterId, reason, note, state: reportLifecycle.initial, createdAt: deps.clock.now() }).onConflictDoNothing()
}

const same = (row: ReportRow) => and(eq(reports.kind, row.kind), eq(reports.subjectId, row.subjectId), row.seq === null ? isNull(reports.seq) : eq(reports.seq, row.seq))

export async function listReports(db: Executor, deps: Deps, query: z.output<typeof contracts.list.query>) {
  const open = query.state === 'open'
  const beyond = idSchema.safeParse(query.cursor).success ? (open ? gt : lt)(reports.id, query.cursor as string) : undefined
  const alike = sql<number>`(select count(*)::int from reports other where other.kind = reports.kind and other.subject_id = reports.subject_id and other.seq is not distinct from reports.seq)`
  const rows = await db.select({ row: reports, alike }).from(reports).where(and(open ? OPEN : ne(reports.state, 'open'), beyond)).orderBy(open ? asc(reports.id) : desc(reports.id)).limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const people = await peopleByIds(db, deps, page.flatMap(({ row }) => [row.authorId, row.reporterId, ...(row.decidedBy ? [row.decidedBy] : [])]))
  const items = page.flatMap(({ row: { authorId, reporterId, decidedBy, ...row }, alike }) => {
    const [author, reporter] = [people.get(authorId), people.get(reporterId)]
    return author && reporter ? [{ ...row, author, reporter, alike, decidedBy: decidedBy ? people.get(decidedBy) ?? null : null }] : []
  })
  return { items, next: rows.length > query.limit ? page.at(-1)?.row.id ?? null : null, waiting: (await waitingReports(db)).waiting }
}

type Decision = { staffId: string, id: string, action: 'remove' | 'dismiss', note: string }

/** Everything reported of the same content is decided together; its rows are locked in one order. */
export async function decideReport(tx: Tx, deps: Deps, { staffId, id, action, note }: Decision): Promise<void> {
  const [found] = await tx.select().from(reports).where(eq(reports.id, id))
  if (!found) throw problem('kernel.not_found')
  const all = await tx.select().from(reports).where(and(same(found), OPEN)).orderBy(asc(reports.id)).for('update')
  if (all.length === 0) throw problem('kernel.illegal_transition')
  if (found.authorId === staffId || all.some(row => row.reporterId === staffId)) throw problem('admin.report_involved')
  for (const row of all) {
    await transition(tx, deps.clock, reportLifecycle, reports, {
      id: row.id, action, actor: 'staff', actorId: staffId, set: { decidedBy: staffId, decidedAt: deps.clock.now(), decisionNote: note }, data: { kind: row.kind, reason: note, ...(row === all[0] && { userId: row.authorId }) },
    })
  }
  if (action === 'remove') await (found.seq === null ? removeReview(tx, deps, staffId, found.subjectId, note) : removeMessage(tx, deps, found.subjectId, found.seq))
  await audit(tx, deps.clock, {
    actorId: staffId, action: action === 'remove' ? 'reports.content_removed' : 'reports.dismissed', entity: 'report', entityId: id, reason: note,
    old: { content: found.content, kind: found.kind }, new: { content: action === 'remove' ? null : found.content, reports: all.length },
  })
}
