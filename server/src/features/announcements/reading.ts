/**
 * What was announced, as people see it. Public is what has reached its moment and was not withdrawn: nobody has to have
 * done anything at that moment. How much somebody has not read follows from one moment of theirs, so that publishing to
 * a million people writes nothing for any of them.
 */
import { and, desc, eq, lte, ne, sql, type SQL } from 'drizzle-orm'
import type * as z from 'zod'
import type { announcements as contracts } from '@miaodan/shared/announcements/contract'
import type { AnnouncementHead } from '@miaodan/shared/announcements/model'
import { LINE_FOR, LINE_KINDS } from '@miaodan/shared/announcements/rules'
import { problem } from '@miaodan/shared/errors'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import { cursorAt, earlierThan } from '../../kernel/cursor.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { joinedAt } from '../accounts/index.ts'
import { announcementReaders, announcements, type AnnouncementRow } from './tables.ts'

/** More than that need not be counted. */
const MAX_UNREAD = 100

const { id, kind, titleZh, titleEn, effectiveAt } = announcements
/** Whatever is public has been published at some moment. */
const publishedAt = sql<Date>`${announcements.publishedAt}`.mapWith(announcements.publishedAt)
const heads = { id, kind, titleZh, titleEn, publishedAt, effectiveAt }

const isPublic = (now: Date): SQL | undefined => and(lte(announcements.publishedAt, now), ne(announcements.state, 'withdrawn'))

export async function announcementPage(db: Executor, deps: Deps, userId: string | undefined, { cursor, limit }: z.output<typeof contracts.list.query>) {
  const [since, rows] = await Promise.all([
    readUntil(db, userId),
    db.select(heads).from(announcements).where(and(isPublic(deps.clock.now()), earlierThan(cursor, announcements.publishedAt, announcements.id))).orderBy(desc(announcements.publishedAt), desc(announcements.id)).limit(limit + 1),
  ])
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(row => headView(row, since)), next: rows.length > limit && last ? cursorAt(last.publishedAt, last.id) : null }
}

/** @throws problem `kernel.not_found` also for what is not public yet, or no longer */
export async function announcement(db: Executor, deps: Deps, userId: string | undefined, id: string) {
  const [since, row] = await Promise.all([readUntil(db, userId), publicRow(db, deps, id)])
  return { ...headView(row, since), body: { zh: row.bodyZh, en: row.bodyEn } }
}

export async function newsFor(db: Executor, deps: Deps, userId: string | undefined) {
  const now = deps.clock.now()
  const [since, rows] = await Promise.all([
    readUntil(db, userId),
    db.select(heads).from(announcements).where(isPublic(now)).orderBy(desc(announcements.publishedAt), desc(announcements.id)).limit(MAX_UNREAD),
  ])
  const views = rows.map(row => headView(row, since))
  const lineSince = after(now, { days: -LINE_FOR.days })
  const line = views.find(({ kind, publishedAt }) => LINE_KINDS.includes(kind) && publishedAt > lineSince)
  return {
    unread: views.filter(({ read }) => !read).length,
    latest: views[0] ?? null,
    line: line && (since === null || !line.read) ? line : null,
  }
}

/** Reading an older one later takes nothing back. */
export async function markRead(tx: Tx, deps: Deps, userId: string, id: string): Promise<void> {
  const { publishedAt: readUntil } = await publicRow(tx, deps, id)
  await tx.insert(announcementReaders).values({ userId, readUntil }).onConflictDoUpdate({ target: announcementReaders.userId, set: { readUntil: sql`greatest(${announcementReaders.readUntil}, excluded.read_until)` } })
  afterCommit(tx, () => deps.live.notify([userId], { type: 'announcements.changed' }))
}

async function publicRow(db: Executor, deps: Deps, id: string): Promise<AnnouncementRow & { publishedAt: Date }> {
  const [row] = await db.select().from(announcements).where(and(eq(announcements.id, id), isPublic(deps.clock.now())))
  if (!row?.publishedAt) throw problem('kernel.not_found')
  return { ...row, publishedAt: row.publishedAt }
}

/** Null for who is not signed in. What was announced before somebody joined is not new to them. */
async function readUntil(db: Executor, userId: string | undefined): Promise<Date | null> {
  if (userId === undefined) return null
  const [reader] = await db.select().from(announcementReaders).where(eq(announcementReaders.userId, userId))
  return reader?.readUntil ?? joinedAt(db, userId)
}

type Head = Pick<AnnouncementRow, 'id' | 'kind' | 'titleZh' | 'titleEn' | 'effectiveAt'> & { publishedAt: Date }

function headView({ id, kind, titleZh, titleEn, publishedAt, effectiveAt }: Head, since: Date | null): AnnouncementHead {
  return { id, kind, title: { zh: titleZh, en: titleEn }, publishedAt, effectiveAt, read: since === null || publishedAt <= since }
}
