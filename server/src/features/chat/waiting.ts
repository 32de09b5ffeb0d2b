/**
 * Messages that nobody reads: told outside the product, many as one, while the person is away. Nothing is written when a
 * message is sent, as there is no hotter write; instead all processes together look every half minute through the newest
 * messages, which the index by blocks of time finds at once.
 */
import { and, eq, gt, sql } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { localeOfPerson, peopleByIds } from '../accounts/index.ts'
import { participants, unreadSweep } from './tables.ts'

export const TELL_WAITING = 'chat.waiting'

const LOOK_EVERY = { seconds: 30 }
/** From the first unread message on. What comes meanwhile is told with it. */
const GATHERED_FOR = { minutes: 5 }
/** Who was told and has not looked is told of further messages so much later. */
const PATIENCE = { hours: 6 }
/** Who is here all the time sees by the app that something is unread; after so long it is not told outside any more. */
const GIVEN_UP_AFTER = { days: 1 }
const AT_ONCE = 5_000
const NAMED = 3

type Unread = { user_id: string, conversation_id: string, sender_id: string, count: number, seq: number, since: string, told: boolean }

/** The task. Answers how many people were told. */
export async function tellWaiting(deps: Deps): Promise<number> {
  return inTransaction(deps.db, async tx => {
    const now = deps.clock.now()
    const [sweep] = await tx.execute<{ settled_until: string }>(sql`select settled_until from unread_sweep where looked_at <= ${earlier(now, LOOK_EVERY).toISOString()} for update skip locked`)
    if (!sweep) return 0
    const from = new Date(Math.max(new Date(sweep.settled_until).getTime(), earlier(now, GIVEN_UP_AFTER).getTime()))
    const rows = await unreadSince(tx, new Date(sweep.settled_until))
    const due = peopleDue(rows, now)
    const cards = await peopleByIds(tx, deps, rows.flatMap(row => [row.user_id, row.sender_id]))
    const away = [...due].filter(userId => cards.get(userId)?.online === false)
    for (const userId of away) await tell(tx, deps, userId, rows.filter(row => row.user_id === userId), senderId => cards.get(senderId)?.displayName ?? '')
    const open = rows.filter(row => !away.includes(row.user_id)).map(row => new Date(row.since).getTime())
    // All before this is read or told. A moment earlier than the oldest that is neither, as several may have come in it.
    const settledUntil = new Date(Math.max(from.getTime(), Math.min(earlier(now, GATHERED_FOR).getTime(), ...open.map(since => since - 1))))
    // There may be more than was looked at: then from the same time on, and at once where that can bring something new.
    const whole = rows.length < AT_ONCE
    await tx.update(unreadSweep).set({ lookedAt: whole || away.length === 0 ? now : earlier(now, LOOK_EVERY), ...whole && { settledUntil } })
    return away.length
  })
}

/**
 * By person and conversation, the longest waiting first: what neither was read nor told. The newest messages are found
 * first and by themselves: asked otherwise, Postgres goes through the conversations of everybody.
 */
async function unreadSince(tx: Tx, since: Date): Promise<Unread[]> {
  return tx.execute<Unread>(sql`
    with recent as materialized (
      select conversation_id, seq, sender_id, created_at from messages
      where created_at > ${since.toISOString()} and sender_id is not null and removed_at is null and (kind in ('text', 'image', 'file') or card ->> 'event' = 'shared'))
    select p.user_id, m.conversation_id, m.sender_id, count(*)::int as count, max(m.seq) as seq, min(m.created_at) as since, p.told_seq > p.read_seq as told
    from recent m join conversation_participants p on p.conversation_id = m.conversation_id and p.user_id <> m.sender_id
    where m.seq > greatest(p.read_seq, p.told_seq) and not p.muted and p.blocked_at is null
    group by p.user_id, m.conversation_id, m.sender_id, p.told_seq, p.read_seq order by since limit ${AT_ONCE}`)
}

/** Those for whom something has waited long enough. They are then told of all that waits for them. */
function peopleDue(rows: readonly Unread[], now: Date): Set<string> {
  return new Set(rows.filter(({ since, told }) => new Date(since) <= earlier(now, told ? PATIENCE : GATHERED_FOR)).map(row => row.user_id))
}

async function tell(tx: Tx, deps: Deps, userId: string, rows: readonly Unread[], nameOf: (id: string) => string): Promise<void> {
  for (const { conversation_id: id, seq } of rows) await tx.update(participants).set({ toldSeq: seq }).where(and(eq(participants.conversationId, id), eq(participants.userId, userId)))
  const english = await localeOfPerson(tx, userId) === 'en'
  const names = [...new Set(rows.map(row => nameOf(row.sender_id)))]
  const named = names.slice(0, NAMED).join(english ? ', ' : '、')
  const more = names.length - NAMED
  const senders = more <= 0 ? named : english ? `${named} and ${more} more` : `${named}等 ${names.length} 人`
  const [only, ...others] = rows
  await emit(tx, deps.clock, 'messages.waiting', {
    userId, senders, count: rows.reduce((sum, row) => sum + row.count, 0), ...others.length === 0 && { conversationId: only?.conversation_id },
  }, userId)
}

/** Whether somebody who was to be told still has not read it, and is not here. */
export async function stillWaiting(deps: Deps, userId: string): Promise<boolean> {
  const [waiting] = await deps.db.select({ one: sql`1` }).from(participants)
    .where(and(eq(participants.userId, userId), gt(participants.toldSeq, participants.readSeq), eq(participants.muted, false))).limit(1)
  return waiting !== undefined && (await peopleByIds(deps.db, deps, [userId])).get(userId)?.online === false
}

const earlier = (now: Date, duration: Parameters<typeof after>[1]): Date => new Date(2 * now.getTime() - after(now, duration).getTime())
