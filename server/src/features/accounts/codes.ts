/**
 * One-time codes. Whoever asks gets the same answer whether or not an account has the contact; what is sent differs.
 * A wrong try is counted in a transaction of its own, so that a refused request cannot take it back.
 */
import { randomInt } from 'node:crypto'
import { and, count, desc, eq, gt, isNull, lt, min, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { maskContact, type Contact } from '@miaodan/shared/accounts/identifiers'
import { after, durationMs, type Duration } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { scheduleDeadline, type DeadlineHandler } from '../../kernel/deadlines.ts'
import type { Locale } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { contactIndex, ownerOf } from './contacts.ts'
import { accountExistsText, CODE_MINUTES, codeText } from './message-texts.ts'
import { sendTo } from './messages.ts'
import { signInCodes } from './tables.ts'

export type CodePurpose = typeof signInCodes.$inferSelect['purpose']

const RESEND_AFTER = { seconds: 60 }
const MAX_WRONG_TRIES = 5
const LIMITS: readonly { by: 'contact' | 'address', within: Duration, most: number }[] = [
  { by: 'contact', within: { hours: 1 }, most: 5 },
  { by: 'contact', within: { days: 1 }, most: 10 },
  { by: 'address', within: { hours: 1 }, most: 30 },
]
const FORGOTTEN_AFTER = { days: 2 }

export type CodeRequest = { purpose: CodePurpose, contact: Contact, address: string, locale: Locale }

/** @throws problem `accounts.code_too_soon` | `accounts.code_limit` */
export async function requestCode(tx: Tx, deps: Deps, { purpose, contact, address, locale }: CodeRequest) {
  const now = deps.clock.now()
  const index = contactIndex(deps, contact)
  const addressIndex = deps.fields.blindIndex(address, 'address')
  // Requests for one contact wait for each other, or two at once would both see that none was sent lately.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${index}, 0))`)
  await refuseTooMany(tx, now, index, addressIndex)
  const owner = await ownerOf(tx, deps, contact)
  const id = newId()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await tx.insert(signInCodes).values({ id, purpose, contactIndex: index, addressIndex, codeHash: deps.fields.blindIndex(code, codeContext(id)), sentAt: now, expiresAt: after(now, { minutes: CODE_MINUTES }) })
  await scheduleDeadline(tx, { entity: 'sign_in_code', entityId: id, action: 'forget', dueAt: after(now, FORGOTTEN_AFTER) })
  const wantsOwner = purpose === 'sign_in' || purpose === 'recover'
  if (purpose === 'register' && owner) await sendTo(tx, deps, contact, accountExistsText[locale])
  else if (!wantsOwner || owner) await sendTo(tx, deps, contact, codeText(code, purpose, locale), { minutes: CODE_MINUTES })
  return { channel: contact.channel, sentTo: maskContact(contact), resendAt: after(now, RESEND_AFTER), expiresAt: after(now, { minutes: CODE_MINUTES }) }
}

async function refuseTooMany(tx: Tx, now: Date, contact: string, address: string): Promise<void> {
  const [last] = await tx.select({ sentAt: signInCodes.sentAt }).from(signInCodes).where(eq(signInCodes.contactIndex, contact)).orderBy(desc(signInCodes.sentAt)).limit(1)
  const waitMs = last ? last.sentAt.getTime() + durationMs(RESEND_AFTER) - now.getTime() : 0
  if (waitMs > 0) throw problem('accounts.code_too_soon', { seconds: Math.ceil(waitMs / 1000) })
  for (const { by, within, most } of LIMITS) {
    const [sent] = await tx.select({ times: count(), first: min(signInCodes.sentAt) }).from(signInCodes)
      .where(and(by === 'contact' ? eq(signInCodes.contactIndex, contact) : eq(signInCodes.addressIndex, address), gt(signInCodes.sentAt, new Date(now.getTime() - durationMs(within)))))
    if (!sent?.first || sent.times < most) continue
    throw problem('accounts.code_limit', { minutes: Math.ceil((sent.first.getTime() + durationMs(within) - now.getTime()) / 60_000) })
  }
}

const codeContext = (id: string): string => `code:${id}`

/**
 * Checks a code without using it up, and answers with its id for `useCode`. A wrong one counts against the newest code
 * sent, which is void after five.
 * @throws problem `accounts.code_wrong`
 */
export async function checkCode(deps: Deps, purpose: CodePurpose, contact: Contact, code: string): Promise<string> {
  const id = await inTransaction(deps.db, async tx => {
    const [row] = await tx.select().from(signInCodes).where(and(eq(signInCodes.contactIndex, contactIndex(deps, contact)), eq(signInCodes.purpose, purpose)))
      .orderBy(desc(signInCodes.sentAt)).limit(1).for('update')
    if (!row || row.usedAt || row.expiresAt <= deps.clock.now() || row.attempts >= MAX_WRONG_TRIES) return null
    if (deps.fields.matches(code, codeContext(row.id), row.codeHash)) return row.id
    await tx.update(signInCodes).set({ attempts: row.attempts + 1 }).where(eq(signInCodes.id, row.id))
    return null
  })
  if (id === null) throw problem('accounts.code_wrong', {}, { field: 'body.code' })
  return id
}

/** Uses up a code that was checked; of several at the same moment one succeeds. */
export async function useCode(tx: Tx, deps: Deps, id: string): Promise<void> {
  const used = await tx.update(signInCodes).set({ usedAt: deps.clock.now() })
    .where(and(eq(signInCodes.id, id), isNull(signInCodes.usedAt), lt(signInCodes.attempts, MAX_WRONG_TRIES))).returning({ id: signInCodes.id })
  if (used.length === 0) throw problem('accounts.code_wrong', {}, { field: 'body.code' })
}

export const forgetCode: DeadlineHandler<Deps> = async (tx, deadline) => {
  await tx.delete(signInCodes).where(eq(signInCodes.id, deadline.entityId))
}
