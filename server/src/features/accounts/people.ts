/** People: making them, and showing them to others. */
import { eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { StaffRole } from '@miaodan/shared/kernel/access'
import { normalizeEmail, normalizePhone, usernameKey, type Contact } from '@miaodan/shared/accounts/identifiers'
import type { Avatar, PersonCard, PersonKind, Role } from '@miaodan/shared/accounts/model'
import { TERMS, type TermsDocument } from '@miaodan/shared/accounts/terms'
import type { Deps } from '../../deps.ts'
import { constraintOf, type Executor, type Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { idIn, statement } from '../../kernel/statement.ts'
import { filePath } from '../../kernel/uploads.ts'
import { saveContact } from './contacts.ts'
import { hashPassword } from './passwords.ts'
import { isOnline } from './presence.ts'
import { forgetSessionsOf } from './session-cache.ts'
import { consents, providerProfiles, users } from './tables.ts'

export type UserRow = typeof users.$inferSelect

export type NewPerson = {
  username: string
  displayName: string
  kind?: PersonKind
  roles?: readonly Role[]
  phone?: string
  email?: string
  /** Without one the person signs in by code. */
  password?: string
  passwordHash?: string
  city?: string | null
  locale?: 'zh-CN' | 'en'
  /** When they joined; now unless given (the demo's people joined earlier). */
  createdAt?: Date
}

/**
 * Makes a person, with consent to the current terms. The rules of what may be typed are the contract's; this holds what
 * must be unique.
 * @throws problem `accounts.username_taken` | `accounts.contact_taken` | `accounts.contact_format`
 */
export async function registerPerson(tx: Tx, deps: Deps, person: NewPerson): Promise<{ userId: string }> {
  const userId = newId()
  const at = person.createdAt ?? deps.clock.now()
  const roles = [...person.roles ?? ['buyer' as const]]
  const passwordHash = person.passwordHash ?? (person.password === undefined ? null : await hashPassword(person.password))
  try {
    await tx.insert(users).values({
      id: userId, username: person.username, usernameKey: usernameKey(person.username), displayName: person.displayName, kind: person.kind ?? 'person',
      roles, passwordHash, city: person.city ?? null, locale: person.locale ?? 'zh-CN', createdAt: at,
    })
  } catch (error) {
    if (constraintOf(error) === 'users_username_key_unique') throw problem('accounts.username_taken', {}, { field: 'body.username' })
    throw error
  }
  for (const contact of contactsGiven(person)) await saveContact(tx, deps, userId, contact)
  await tx.insert(consents).values(Object.entries(TERMS).map(([document, version]) => ({ userId, document: document as TermsDocument, version, at: deps.clock.now() })))
  if (roles.includes('provider')) await tx.insert(providerProfiles).values({ userId, createdAt: at, updatedAt: at })
  await emit(tx, deps.clock, 'accounts.registered', { userId, roles }, userId)
  return { userId }
}

function contactsGiven({ phone, email }: NewPerson): Contact[] {
  const contacts: Contact[] = []
  for (const [channel, text, normalized] of [['phone', phone, phone && normalizePhone(phone)], ['email', email, email && normalizeEmail(email)]] as const) {
    if (text === undefined) continue
    if (!normalized) throw problem('accounts.contact_format')
    contacts.push({ channel, value: normalized })
  }
  return contacts
}

/** For the operator and the demo's loader; in the back office it goes through an audited action. */
export async function grantStaffRoles(tx: Tx, deps: Deps, userId: string, staffRoles: readonly StaffRole[]): Promise<void> {
  await tx.update(users).set({ staffRoles: [...staffRoles] }).where(eq(users.id, userId))
  forgetSessionsOf(tx, deps, userId)
}

export function avatarOf(user: Pick<UserRow, 'avatarUploadId' | 'kind' | 'displayName'>): Avatar {
  if (user.avatarUploadId) return { kind: 'upload', url: `${filePath(user.avatarUploadId)}/thumbnail` }
  return { kind: user.kind === 'person' ? 'face' : 'mark', seed: user.displayName }
}

export function cardOf(user: UserRow, now: Date): PersonCard {
  const { id, username, displayName, kind, city, verified } = user
  return { id, username, displayName, kind, city, verified, avatar: avatarOf(user), online: isOnline(user, now) }
}

const peopleOf = statement(db => db.select().from(users).where(idIn(users.id, 'ids')))

/** Cards by id. Ids of nobody are not in the map. */
export async function peopleByIds(db: Executor, deps: Deps, ids: readonly string[]): Promise<Map<string, PersonCard>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await peopleOf(db, { ids: wanted })
  return new Map(rows.map(row => [row.id, cardOf(row, deps.clock.now())]))
}

/** @throws problem `accounts.person_not_found` */
export async function personById(db: Executor, deps: Deps, id: string): Promise<PersonCard> {
  const card = (await peopleByIds(db, deps, [id])).get(id)
  if (!card) throw problem('accounts.person_not_found')
  return card
}

/** When somebody made their account. */
export async function joinedAt(db: Executor, userId: string): Promise<Date> {
  const [row] = await db.select({ at: users.createdAt }).from(users).where(eq(users.id, userId))
  if (!row) throw problem('accounts.person_not_found')
  return row.at
}
