/**
 * "Is it you?", asked again before money leaves or an account to be paid to changes. The answer is checked in a request
 * of its own, so that wrong tries stay counted; what it was asked for then uses the confirmation up in its transaction.
 */
import { and, eq, gt, isNull } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import type { accounts } from '@miaodan/shared/accounts/contract'
import type { Channel, Contact } from '@miaodan/shared/accounts/identifiers'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { scheduleDeadline, type DeadlineHandler } from '../../kernel/deadlines.ts'
import type { Locale, Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { checkCode, requestCode, useCode } from './codes.ts'
import { contactsOf } from './contacts.ts'
import { checkPassword } from './passwords.ts'
import { identityConfirmations, users } from './tables.ts'
import { countAttempt, forgiveAttempt } from './throttle.ts'

const VALID_FOR = { minutes: 5 }
const FORGOTTEN_AFTER = { days: 1 }

/** @throws problem `accounts.contact_missing` */
async function ownContact(db: Executor, deps: Deps, userId: string, channel: Channel): Promise<Contact> {
  const value = (await contactsOf(db, deps, [userId])).get(userId)?.[channel]
  if (!value) throw problem('accounts.contact_missing', {}, { field: 'body.channel' })
  return { channel, value }
}

export async function requestIdentityCode(tx: Tx, deps: Deps, userId: string, request: { channel: Channel, address: string, locale: Locale }) {
  const contact = await ownContact(tx, deps, userId, request.channel)
  return requestCode(tx, deps, { purpose: 'confirm_identity', contact, address: request.address, locale: request.locale })
}

/** @throws problem `accounts.code_wrong` | `accounts.wrong_password` | `accounts.sign_in_locked` | `accounts.contact_missing` */
export async function confirmIdentity(deps: Deps, viewer: Viewer, proof: z.output<typeof accounts.confirmIdentity.body>, address: string): Promise<{ id: string, expiresAt: Date }> {
  const codeId = 'code' in proof ? await checkCode(deps, 'confirm_identity', await ownContact(deps.db, deps, viewer.userId, proof.channel), proof.code) : null
  if ('password' in proof) await provePassword(deps, viewer.userId, proof.password, address)
  const now = deps.clock.now()
  const confirmation = { id: newId(), expiresAt: after(now, VALID_FOR) }
  await inTransaction(deps.db, async tx => {
    if (codeId) await useCode(tx, deps, codeId)
    await tx.insert(identityConfirmations).values({ ...confirmation, userId: viewer.userId, sessionId: viewer.sessionId, createdAt: now })
    await scheduleDeadline(tx, { entity: 'identity_confirmation', entityId: confirmation.id, action: 'forget', dueAt: after(now, FORGOTTEN_AFTER) })
  })
  return confirmation
}

async function provePassword(deps: Deps, userId: string, password: string, address: string): Promise<void> {
  const [user] = await deps.db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId))
  const attempt = { account: userId, address }
  await countAttempt(deps, attempt)
  if (!await checkPassword(user?.passwordHash, password)) throw problem('accounts.wrong_password', {}, { field: 'body.password' })
  await forgiveAttempt(deps, attempt)
}

/**
 * Uses up a confirmation the person made in this session. Of several uses at the same moment one succeeds.
 * @throws problem `accounts.identity_unconfirmed`
 */
export async function useIdentityConfirmation(tx: Tx, deps: Deps, viewer: Viewer, id: string): Promise<void> {
  const now = deps.clock.now()
  const used = await tx.update(identityConfirmations).set({ usedAt: now }).where(and(
    eq(identityConfirmations.id, id), eq(identityConfirmations.userId, viewer.userId), eq(identityConfirmations.sessionId, viewer.sessionId),
    isNull(identityConfirmations.usedAt), gt(identityConfirmations.expiresAt, now))).returning({ id: identityConfirmations.id })
  if (used.length === 0) throw problem('accounts.identity_unconfirmed')
}

export const forgetConfirmation: DeadlineHandler<Deps> = async (tx, deadline) => {
  await tx.delete(identityConfirmations).where(eq(identityConfirmations.id, deadline.entityId))
}
