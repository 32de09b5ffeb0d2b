/**
 * Messages that must reach a person by SMS or e-mail whatever else they have switched off: codes and security notices.
 * They are written, sealed, in the transaction they belong to, sent by a task, and removed once sent.
 */
import { asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Channel, Contact } from '@miaodan/shared/accounts/identifiers'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Locale } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { letterHtml, letterText, type Letter } from '../../kernel/letter.ts'
import { NotDeliverable } from '../../kernel/not-deliverable.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { inTransaction } from '../../kernel/tx.ts'
import type { Mail } from '../../ports/mail/port.ts'
import type { SmsTemplate } from '../../ports/sms/port.ts'
import { contactsOf } from './contacts.ts'
import { outgoingMessages } from './tables.ts'

export const SEND_MESSAGES = 'accounts.messages'
const BATCH = 20
const LEASE_SECONDS = 60
const MAX_ATTEMPTS = 8
/** What could not be sent by then is of no use any more. */
const KEPT_FOR = { hours: 24 }

/** `text` is all of an SMS and the beginning of an e-mail's text; `letter` is the e-mail's page. `path`: in the web app. */
export type MessageText = {
  locale: Locale
  subject: string
  text: string
  sms: SmsTemplate
  letter: Pick<Letter, 'title' | 'body' | 'figure' | 'why'> & { button: { text: string, path: string } | null }
}
type Content = MessageText & { to: string }

const context = (id: string): string => `message:${id}`

export async function sendTo(tx: Tx, deps: Deps, contact: Contact, message: MessageText, lifetime: { minutes: number } | { hours: number } = KEPT_FOR): Promise<void> {
  const id = newId()
  const content: Content = { to: contact.value, ...message }
  const now = deps.clock.now()
  await tx.insert(outgoingMessages).values({ id, channel: contact.channel, contentSealed: deps.fields.seal(JSON.stringify(content), context(id)), createdAt: now, expiresAt: after(now, lifetime) })
  wakeTask(tx, SEND_MESSAGES)
}

/** To every channel the person has: for what they must learn even if one channel is in other hands. */
export async function sendToAllChannels(tx: Tx, deps: Deps, userId: string, message: MessageText): Promise<void> {
  const contacts = (await contactsOf(tx, deps, [userId])).get(userId)
  for (const channel of ['phone', 'email'] as const satisfies Channel[]) {
    const value = contacts?.[channel]
    if (value) await sendTo(tx, deps, { channel, value }, message)
  }
}

/** The task: hands over a few messages that wait. */
export async function sendMessages(deps: Deps): Promise<number> {
  const claimed = await claim(deps)
  for (const row of claimed) {
    try {
      if (row.expiresAt > deps.clock.now() && row.attempts <= MAX_ATTEMPTS) await handOver(deps, row.channel, row.id, JSON.parse(deps.fields.open(row.contentSealed, context(row.id))) as Content)
      await deps.db.delete(outgoingMessages).where(eq(outgoingMessages.id, row.id))
    } catch (error) {
      const forGood = error instanceof NotDeliverable
      deps.log[forGood ? 'warn' : 'error']({ err: error, messageId: row.id, channel: row.channel, attempts: row.attempts, forGood }, 'message could not be sent')
      if (forGood) {
        await deps.db.delete(outgoingMessages).where(eq(outgoingMessages.id, row.id))
        continue
      }
      await deps.db.update(outgoingMessages).set({ claimedUntil: sql`now() + make_interval(secs => ${2 ** row.attempts})` }).where(eq(outgoingMessages.id, row.id))
    }
  }
  return claimed.length
}

function claim(deps: Deps) {
  return inTransaction(deps.db, async tx => {
    const waiting = tx.select({ id: outgoingMessages.id }).from(outgoingMessages)
      .where(or(isNull(outgoingMessages.claimedUntil), lte(outgoingMessages.claimedUntil, sql`now()`))).orderBy(asc(outgoingMessages.createdAt)).limit(BATCH).for('update', { skipLocked: true })
    return tx.update(outgoingMessages).set({ claimedUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})`, attempts: sql`${outgoingMessages.attempts} + 1` })
      .where(inArray(outgoingMessages.id, waiting)).returning()
  })
}

async function handOver(deps: Deps, channel: Channel, id: string, { to, ...message }: Content): Promise<void> {
  if (channel === 'phone') await deps.sms.send({ id, to, text: `【秒单】${message.text}`, template: message.sms })
  else await deps.mail.send({ id, to, ...mailOf(deps, message) })
}

/** The text tells a code once, in its first sentence: phones read it from there. */
export function mailOf({ config: { publicUrl } }: Pick<Deps, 'config'>, { locale, subject, text, letter: { button, ...page } }: MessageText): Pick<Mail, 'subject' | 'text' | 'html'> {
  const letter: Letter = {
    ...page, locale, button: button && { text: button.text, url: `${publicUrl}${button.path}` },
    links: [{ text: locale === 'en' ? 'Help centre' : '帮助中心', url: `${publicUrl}/help` }],
  }
  return { subject, text: letterText({ ...letter, body: text, figure: null }), html: letterHtml(letter) }
}
