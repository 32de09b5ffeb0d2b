/** What people change about themselves. */
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import type { accounts } from '@miaodan/shared/accounts/contract'
import { maskContact, usernameKey, USERNAME, isReservedUsername } from '@miaodan/shared/accounts/identifiers'
import { contactOf } from '@miaodan/shared/accounts/model'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { claimUploads } from '../../kernel/uploads.ts'
import { checkCode, useCode } from './codes.ts'
import { contactsOf, maskedContactsOf, saveContact } from './contacts.ts'
import { contactChangedText } from './message-texts.ts'
import { sendToAllChannels } from './messages.ts'
import { assertHardToGuess, checkPassword, hashPassword } from './passwords.ts'
import { cardOf, type UserRow } from './people.ts'
import { forgetSessionsOf } from './session-cache.ts'
import { setPassword } from './sign-in.ts'
import { countAttempt, forgiveAttempt } from './throttle.ts'
import { consents, demoAccounts, providerProfiles, sessions, users } from './tables.ts'

type Body<K extends 'updateMe' | 'changePassword' | 'saveContact' | 'becomeProvider'> = z.output<typeof accounts[K]['body']>

async function rowOf(db: Executor, userId: string): Promise<UserRow> {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw problem('accounts.person_not_found')
  return user
}

export async function me(db: Executor, deps: Deps, userId: string) {
  const user = await rowOf(db, userId)
  const agreed = await db.select({ document: consents.document, version: consents.version, at: consents.at }).from(consents).where(eq(consents.userId, userId)).orderBy(asc(consents.at))
  const { roles, locale, createdAt } = user
  return { ...cardOf(user, deps.clock.now()), roles, locale, createdAt, hasPassword: user.passwordHash !== null, contacts: await maskedContactsOf(db, deps, userId), consents: agreed }
}

export async function updateMe(tx: Tx, deps: Deps, userId: string, { avatarUploadId, ...changes }: Body<'updateMe'>) {
  const user = await rowOf(tx, userId)
  if (avatarUploadId) {
    const [picture] = await claimUploads(tx, userId, [avatarUploadId], { kind: 'accounts.avatar', id: userId, visibility: 'public' })
    if (!picture?.thumbnailKey) throw problem('accounts.not_a_picture', {}, { field: 'body.avatarUploadId' })
  }
  // A confirmed company stays a company: its badge says so.
  if (changes.kind && changes.kind !== user.kind && user.verified) throw problem('accounts.kind_confirmed', {}, { field: 'body.kind' })
  const set = { ...changes, ...(avatarUploadId === undefined ? {} : { avatarUploadId }) }
  if (Object.keys(set).length > 0) await tx.update(users).set(set).where(eq(users.id, userId))
  if (user.roles.includes('provider')) await emit(tx, deps.clock, 'provider.updated', { userId }, userId)
  return me(tx, deps, userId)
}

export async function changePassword(deps: Deps, viewer: Viewer, body: Body<'changePassword'>, address: string): Promise<void> {
  const user = await rowOf(deps.db, viewer.userId)
  if (user.passwordHash) {
    const attempt = { account: user.id, address }
    await countAttempt(deps, attempt)
    if (!await checkPassword(user.passwordHash, body.current ?? '')) throw problem('accounts.wrong_password', {}, { field: 'body.current' })
    await forgiveAttempt(deps, attempt)
  }
  const contacts = (await contactsOf(deps.db, deps, [user.id])).get(user.id)
  assertHardToGuess(body.password, [user.username, contacts?.phone, contacts?.email])
  const passwordHash = await hashPassword(body.password)
  await inTransaction(deps.db, tx => setPassword(tx, deps, user, passwordHash, viewer.sessionId))
}

/** Adds the phone or e-mail, or replaces it. The old one hears of it too, for it may be the owner's last word. */
export async function changeContact(deps: Deps, viewer: Viewer, body: Body<'saveContact'>, address: string) {
  const contact = contactOf(body.contact)
  const user = await rowOf(deps.db, viewer.userId)
  if (user.passwordHash) {
    const attempt = { account: user.id, address }
    await countAttempt(deps, attempt)
    if (!await checkPassword(user.passwordHash, body.password ?? '')) throw problem('accounts.wrong_password', {}, { field: 'body.password' })
    await forgiveAttempt(deps, attempt)
  }
  const codeId = await checkCode(deps, 'change_contact', contact, body.code)
  return inTransaction(deps.db, async tx => {
    await useCode(tx, deps, codeId)
    const text = contactChangedText(maskContact(contact))[user.locale]
    await sendToAllChannels(tx, deps, user.id, text)
    await saveContact(tx, deps, user.id, contact)
    await emit(tx, deps.clock, 'accounts.contact_changed', { userId: user.id, channel: contact.channel }, user.id)
    return { contacts: await maskedContactsOf(tx, deps, user.id) }
  })
}

export async function becomeProvider(tx: Tx, deps: Deps, userId: string, { kind }: Body<'becomeProvider'>): Promise<void> {
  const now = deps.clock.now()
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
  if (!user || user.roles.includes('provider')) throw problem('accounts.already_provider')
  await tx.update(users).set({ roles: [...user.roles, 'provider'], kind }).where(eq(users.id, userId))
  await tx.insert(providerProfiles).values({ userId, createdAt: now, updatedAt: now }).onConflictDoNothing()
  await emit(tx, deps.clock, 'provider.updated', { userId }, userId)
  forgetSessionsOf(tx, deps, userId)
}

export async function ownSessions(db: Executor, deps: Deps, viewer: Viewer) {
  const rows = await db.select().from(sessions).where(and(eq(sessions.userId, viewer.userId), gt(sessions.expiresAt, deps.clock.now()))).orderBy(desc(sessions.lastSeenAt))
  return rows.map(({ id, method, userAgent, addressMasked, createdAt, lastSeenAt }) => ({ id, method, userAgent, address: addressMasked, createdAt, lastSeenAt, current: id === viewer.sessionId }))
}

export async function usernameAvailable(db: Executor, username: string): Promise<boolean> {
  if (!USERNAME.test(username) || isReservedUsername(username)) return false
  const [taken] = await db.select({ one: sql`1` }).from(users).where(eq(users.usernameKey, usernameKey(username)))
  return taken === undefined
}

/** Lets visitors of the demo sign in as this person. Called by the demo's loader. */
export async function offerDemoAccount(tx: Tx, userId: string, password: string, position: number): Promise<void> {
  await tx.insert(demoAccounts).values({ userId, password, position })
}

export async function listDemoAccounts(db: Executor, deps: Deps) {
  const rows = await db.select({ user: users, password: demoAccounts.password }).from(demoAccounts).innerJoin(users, eq(users.id, demoAccounts.userId)).orderBy(asc(demoAccounts.position))
  return rows.map(({ user, password }) => ({ ...cardOf(user, deps.clock.now()), roles: user.roles, staffRoles: user.staffRoles, password }))
}
