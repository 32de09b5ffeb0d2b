/** The task that sends notices by SMS and e-mail: each once a channel, repeated with back-off while the sender fails. */
import { eq, sql } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import { NotDeliverable } from '../../kernel/not-deliverable.ts'
import { contactsOf, localeOfPerson } from '../accounts/index.ts'
import { renderNotice } from './render.ts'
import { notices, noticeSendings } from './tables.ts'

const BATCH = 20
const LEASE_SECONDS = 60
const MAX_ATTEMPTS = 8
const MAX_BACKOFF_SECONDS = 3_600

export async function sendNotices(deps: Deps): Promise<number> {
  const claimed = await deps.db.execute<{ id: string, notice_id: string, channel: 'sms' | 'email', attempts: number }>(sql`
    update notice_sendings set claimed_until = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1
    where id in (
      select id from notice_sendings where next_attempt_at <= now() and (claimed_until is null or claimed_until < now())
      order by next_attempt_at limit ${BATCH} for update skip locked)
    returning id, notice_id, channel, attempts`)
  for (const sending of claimed) {
    try {
      await sendOne(deps, sending.id, sending.notice_id, sending.channel)
      await deps.db.update(noticeSendings).set({ sentAt: deps.clock.now(), nextAttemptAt: null, claimedUntil: null }).where(eq(noticeSendings.id, sending.id))
    } catch (error) {
      const dead = error instanceof NotDeliverable || sending.attempts >= MAX_ATTEMPTS
      deps.log.warn({ err: error, noticeId: sending.notice_id, channel: sending.channel, attempts: sending.attempts, dead }, 'notice not sent')
      const next = dead ? null : sql`now() + make_interval(secs => ${Math.min(MAX_BACKOFF_SECONDS, 2 ** sending.attempts)})`
      await deps.db.execute(sql`update notice_sendings set claimed_until = null, last_error = ${String(error).slice(0, 2000)}, next_attempt_at = ${next} where id = ${sending.id}`)
    }
  }
  return claimed.length
}

/** Whoever has no phone (or no e-mail) is simply not reached that way. */
async function sendOne(deps: Deps, id: string, noticeId: string, channel: 'sms' | 'email'): Promise<void> {
  const [notice] = await deps.db.select().from(notices).where(eq(notices.id, noticeId))
  if (!notice) return
  const contacts = (await contactsOf(deps.db, deps, [notice.userId])).get(notice.userId)
  const { title, body } = renderNotice(notice, await localeOfPerson(deps.db, notice.userId))
  const link = notice.link ? `${deps.config.publicUrl}${notice.link}` : deps.config.publicUrl
  if (channel === 'sms' && contacts?.phone) await deps.sms.send({ id, to: contacts.phone, text: `【秒单】${title}。${body} ${link}`, template: { name: 'notice', values: { title, body } } })
  if (channel === 'email' && contacts?.email) await deps.mail.send({ id, to: contacts.email, subject: title, text: `${body}\n\n${link}\n` })
}
