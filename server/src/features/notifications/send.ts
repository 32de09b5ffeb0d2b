/**
 * The task that sends notices by SMS and e-mail. Each channel of a notice is a row of its own, claimed before and marked
 * after: what is cut off in between is sent once more, so a vendor sees it at least once. It then carries the same id
 * (see the ports): a mail keeps its Message-ID, by which mail programs drop the second; the dev mailbox keeps one; the
 * SMS vendor knows no key that would stop a repetition and only shows our id beside both.
 *
 * A failing sender is tried for some six hours with growing pauses. Then it is given up, seen in the back office.
 */
import { eq, sql } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import { noticeText } from '@miaodan/shared/notifications/texts'
import type { NoticeChannel } from '@miaodan/shared/notifications/groups'
import type { Deps } from '../../deps.ts'
import { NotDeliverable } from '../../kernel/not-deliverable.ts'
import { isStillTrue } from '../../kernel/still-true.ts'
import { contactsOf, localeOfPerson } from '../accounts/index.ts'
import { letterOf } from './letter.ts'
import { renderNotice } from './render.ts'
import { channelsFor, choiceOf } from './settings.ts'
import { notices, noticeSendings, type NoticeRow } from './tables.ts'

const BATCH = 40
/** As many as an SMTP sender keeps connections. Within its lane each is sent after the other. */
const LANES = 4
/** Longer than any sender may take for one. Counted anew for each when its turn comes. */
const LEASE_SECONDS = 120
const MAX_ATTEMPTS = 14
const FIRST_PAUSE_SECONDS = 15
const LONGEST_PAUSE_SECONDS = 3_600

type Claimed = { id: string, notice_id: string, channel: NoticeChannel, attempts: number }
type Dropped = NonNullable<typeof noticeSendings.$inferSelect['dropped']>

export async function sendNotices(deps: Deps): Promise<number> {
  const claimed = await deps.db.execute<Claimed>(sql`
    update notice_sendings set claimed_until = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1
    where id in (
      select id from notice_sendings
      where next_attempt_at <= now() and (not_before is null or not_before <= ${deps.clock.now().toISOString()}) and (claimed_until is null or claimed_until < now())
      order by next_attempt_at limit ${BATCH} for update skip locked)
    returning id, notice_id, channel, attempts`)
  const waiting = [...claimed]
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await sendClaimed(deps, next)
  }))
  return claimed.length
}

async function sendClaimed(deps: Deps, sending: Claimed): Promise<void> {
  // Not ours any more when its turn came after the lease: somebody else has it now.
  const mine = await deps.db.execute(sql`update notice_sendings set claimed_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where id = ${sending.id} and attempts = ${sending.attempts} and claimed_until > now() returning 1`)
  if (mine.length === 0) return
  try {
    const dropped = await sendOne(deps, sending)
    await deps.db.update(noticeSendings).set({ ...(dropped ? { dropped } : { sentAt: deps.clock.now() }), nextAttemptAt: null, claimedUntil: null }).where(eq(noticeSendings.id, sending.id))
  } catch (error) {
    const dead = error instanceof NotDeliverable || sending.attempts >= MAX_ATTEMPTS
    const reason = withoutContacts(String(error)).slice(0, 2000)
    deps.log.warn({ reason, noticeId: sending.notice_id, channel: sending.channel, attempts: sending.attempts, dead }, 'notice not sent')
    const pause = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (sending.attempts - 1))
    await deps.db.execute(sql`update notice_sendings set claimed_until = null, last_error = ${reason},
      next_attempt_at = ${dead ? null : sql`now() + make_interval(secs => ${pause})`}, dead_at = ${dead ? sql`now()` : null} where id = ${sending.id}`)
  }
}

/** What a mail server says of a recipient often names the address, which is nobody else's business. */
const withoutContacts = (text: string): string => text.replaceAll(/[^\s<>()@]+@[^\s<>()@]+/g, '…@…').replaceAll(/\+?\d{8,}/g, '…')

/** Sends it, or answers why that is not to be done any more. */
async function sendOne(deps: Deps, { id, notice_id: noticeId, channel }: Claimed): Promise<Dropped | undefined> {
  const [notice] = await deps.db.select().from(notices).where(eq(notices.id, noticeId))
  if (!notice) throw new NotDeliverable(`there is no notice ${noticeId}`)
  const { group, trueFor } = noticeText(notice.type)
  if (trueFor && after(notice.createdAt, trueFor) <= deps.clock.now()) return 'overtaken'
  const [contacts, choice, locale] = await Promise.all([contactsOf(deps.db, deps, [notice.userId]), choiceOf(deps.db, notice.userId, group), localeOfPerson(deps.db, notice.userId)])
  const { phone, email } = contacts.get(notice.userId) ?? { phone: null, email: null }
  const to = channel === 'sms' ? phone : email
  if (to === null) return 'no_contact'
  if (!channelsFor(group, choice, { email: email !== null, sms: phone !== null }).includes(channel)) return 'switched_off'
  if (!await isStillTrue(deps, notice.type, notice.userId, notice.params)) return 'overtaken'
  if (channel === 'email') await deps.mail.send({ id, to, ...letterOf(deps, notice, locale) })
  else await deps.sms.send({ id, to, ...messageOf(deps, notice, locale) })
}

function messageOf(deps: Deps, notice: NoticeRow, locale: Parameters<typeof renderNotice>[1]) {
  const { title, body } = renderNotice(notice, locale)
  return { text: `【秒单】${title}。${body} ${deps.config.publicUrl}${notice.link ?? ''}`, template: { name: 'notice' as const, values: { title, body } } }
}
