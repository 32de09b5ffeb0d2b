/** Registering, signing in and recovering: what ends with a new session. */
import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import type { accounts } from '@miaodan/shared/accounts/contract'
import { readContact, usernameKey } from '@miaodan/shared/accounts/identifiers'
import { contactOf } from '@miaodan/shared/accounts/model'
import { TERMS } from '@miaodan/shared/accounts/terms'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { checkCode, useCode } from './codes.ts'
import { contactsOf, ownerOf } from './contacts.ts'
import { passwordChangedText } from './message-texts.ts'
import { sendToAllChannels } from './messages.ts'
import { assertHardToGuess, checkPassword, hashPassword } from './passwords.ts'
import { registerPerson, type UserRow } from './people.ts'
import { endSession, endSessionsOf, startSession, type Origin, type SignInMethod } from './sessions.ts'
import { countAttempt, forgiveAttempt } from './throttle.ts'
import { users } from './tables.ts'

type Body<K extends 'register' | 'signIn' | 'signInByCode' | 'recover'> = z.output<typeof accounts[K]['body']>
export type SignedIn = { userId: string, cookie: string }

export async function register(deps: Deps, body: Body<'register'>, origin: Origin): Promise<SignedIn> {
  const contact = contactOf(body.contact)
  if (body.accepted.terms !== TERMS.terms || body.accepted.privacy !== TERMS.privacy) throw problem('accounts.terms_outdated', {}, { field: 'body.accepted' })
  assertHardToGuess(body.password, [body.username, contact.value])
  const codeId = await checkCode(deps, 'register', contact, body.code)
  const passwordHash = await hashPassword(body.password)
  return inTransaction(deps.db, async tx => {
    await useCode(tx, deps, codeId)
    const { username, displayName, kind, roles, locale } = body
    const { userId } = await registerPerson(tx, deps, { username, displayName, kind, roles, locale, passwordHash, [contact.channel]: contact.value })
    const { cookie } = await startSession(tx, deps, userId, 'registration', origin)
    return { userId, cookie }
  })
}

/** One answer for an unknown account and a wrong password, in the same time. */
export async function signIn(deps: Deps, body: Body<'signIn'>, origin: Origin, before: Viewer | null): Promise<SignedIn> {
  const user = await findByName(deps.db, deps, body.account)
  const attempt = { account: user?.id ?? body.account.trim().toLowerCase(), address: origin.address }
  await countAttempt(deps, attempt)
  if (!await checkPassword(user?.passwordHash, body.password) || !user) throw problem('accounts.sign_in_failed')
  await forgiveAttempt(deps, attempt)
  return inTransaction(deps.db, tx => enter(tx, deps, user, 'password', origin, before))
}

export async function signInByCode(deps: Deps, body: Body<'signInByCode'>, origin: Origin, before: Viewer | null): Promise<SignedIn> {
  const contact = contactOf(body.contact)
  const codeId = await checkCode(deps, 'sign_in', contact, body.code)
  return inTransaction(deps.db, async tx => {
    await useCode(tx, deps, codeId)
    const userId = await ownerOf(tx, deps, contact)
    const [user] = userId ? await tx.select().from(users).where(eq(users.id, userId)) : []
    if (!user) throw problem('accounts.code_wrong', {}, { field: 'body.code' })
    return enter(tx, deps, user, 'code', origin, before)
  })
}

/** A new password by a code sent to either contact. Everything that was signed in before is signed out. */
export async function recover(deps: Deps, body: Body<'recover'>, origin: Origin): Promise<SignedIn> {
  const contact = contactOf(body.contact)
  const codeId = await checkCode(deps, 'recover', contact, body.code)
  const passwordHash = await hashPassword(body.password)
  return inTransaction(deps.db, async tx => {
    const userId = await ownerOf(tx, deps, contact)
    const [user] = userId ? await tx.select().from(users).where(eq(users.id, userId)).for('update') : []
    if (!user) throw problem('accounts.code_wrong', {}, { field: 'body.code' })
    const contacts = (await contactsOf(tx, deps, [user.id])).get(user.id)
    assertHardToGuess(body.password, [user.username, contacts?.phone, contacts?.email])
    await useCode(tx, deps, codeId)
    await setPassword(tx, deps, user, passwordHash)
    return enter(tx, deps, user, 'recovery', origin, null)
  })
}

/** Ends the person's other sessions and tells them on every channel. */
export async function setPassword(tx: Tx, deps: Deps, user: Pick<UserRow, 'id' | 'locale'>, passwordHash: string, keptSession?: string): Promise<void> {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id))
  await endSessionsOf(tx, deps, user.id, keptSession)
  await sendToAllChannels(tx, deps, user.id, passwordChangedText[user.locale])
  await emit(tx, deps.clock, 'accounts.password_changed', { userId: user.id }, user.id)
}

/** A session is never carried over from before: whoever knew that token does not have this one. */
async function enter(tx: Tx, deps: Deps, user: UserRow, method: SignInMethod, origin: Origin, before: Viewer | null): Promise<SignedIn> {
  if (user.suspendedAt) throw problem('accounts.suspended', { reason: user.suspensionReason ?? '' })
  if (before) await endSession(tx, deps, before.userId, before.sessionId)
  const { cookie } = await startSession(tx, deps, user.id, method, origin)
  await emit(tx, deps.clock, 'accounts.signed_in', { userId: user.id, method }, user.id)
  return { userId: user.id, cookie }
}

async function findByName(db: Executor, deps: Deps, text: string): Promise<UserRow | null> {
  const contact = readContact(text)
  if (contact) {
    const userId = await ownerOf(db, deps, contact)
    const [user] = userId ? await db.select().from(users).where(eq(users.id, userId)) : []
    return user ?? null
  }
  const username = text.trim().toLowerCase()
  const [user] = await db.select().from(users).where(eq(users.usernameKey, usernameKey(username)))
  // A name that only looks like it is not it.
  return user?.username.toLowerCase() === username ? user : null
}
