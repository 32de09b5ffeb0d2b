/** Phone numbers and e-mail addresses: sealed in the table, found by their blind index. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { maskContact, type Channel, type Contact } from '@miaodan/shared/accounts/identifiers'
import type { Deps } from '../../deps.ts'
import { constraintOf, type Executor, type Tx } from '../../kernel/db.ts'
import { userContacts } from './tables.ts'

const sealingContext = (userId: string, channel: Channel): string => `contact:${channel}:${userId}`
export const contactIndex = (deps: Deps, contact: Contact): string => deps.fields.blindIndex(contact.value, `contact:${contact.channel}`)

/** @throws problem `accounts.contact_taken` when it belongs to somebody else. */
export async function saveContact(tx: Tx, deps: Deps, userId: string, contact: Contact): Promise<void> {
  const value = {
    valueSealed: deps.fields.seal(contact.value, sealingContext(userId, contact.channel)),
    valueIndex: contactIndex(deps, contact),
    confirmedAt: deps.clock.now(),
  }
  try {
    await tx.insert(userContacts).values({ userId, channel: contact.channel, ...value })
      .onConflictDoUpdate({ target: [userContacts.userId, userContacts.channel], set: value })
  } catch (error) {
    if (constraintOf(error) === 'user_contacts_index_unique') throw problem('accounts.contact_taken')
    throw error
  }
}

export async function ownerOf(db: Executor, deps: Deps, contact: Contact): Promise<string | null> {
  const [row] = await db.select({ userId: userContacts.userId }).from(userContacts)
    .where(and(eq(userContacts.channel, contact.channel), eq(userContacts.valueIndex, contactIndex(deps, contact))))
  return row?.userId ?? null
}

export type Contacts = { phone: string | null, email: string | null }

/** Decrypted: only for sending to, never to be shown or logged. People without any are in the map too. */
export async function contactsOf(db: Executor, deps: Deps, userIds: readonly string[]): Promise<Map<string, Contacts>> {
  const found = new Map<string, Contacts>(userIds.map(id => [id, { phone: null, email: null }]))
  if (userIds.length === 0) return found
  const rows = await db.select().from(userContacts).where(inArray(userContacts.userId, [...userIds]))
  for (const row of rows) {
    const contacts = found.get(row.userId)
    if (contacts) contacts[row.channel] = deps.fields.open(row.valueSealed, sealingContext(row.userId, row.channel))
  }
  return found
}

/** Which kinds of contact people have, without opening any. Who has none is not in the map. */
export async function contactChannelsOf(db: Executor, userIds: readonly string[]): Promise<Map<string, Channel[]>> {
  const rows = await db.select({ userId: userContacts.userId, channel: userContacts.channel }).from(userContacts).where(inArray(userContacts.userId, [...userIds]))
  const found = new Map<string, Channel[]>()
  for (const { userId, channel } of rows) found.set(userId, [...found.get(userId) ?? [], channel])
  return found
}

/** @throws an Error when a key is missing, wrong, or stands in another place than when the values were indexed */
export async function unsealContacts(deps: Deps): Promise<number> {
  const rows = await deps.db.selectDistinctOn([sql`split_part(${userContacts.valueSealed}, '.', 1)`]).from(userContacts)
  for (const { userId, channel, valueSealed, valueIndex } of rows) {
    const value = deps.fields.open(valueSealed, sealingContext(userId, channel))
    if (!deps.fields.matches(value, `contact:${channel}`, valueIndex)) throw new Error('the last of FIELD_KEYS is not the one the blind index was made with')
  }
  return rows.length
}

export async function maskedContactsOf(db: Executor, deps: Deps, userId: string): Promise<Contacts> {
  const contacts = (await contactsOf(db, deps, [userId])).get(userId)
  const mask = (channel: Channel): string | null => {
    const value = contacts?.[channel]
    return value ? maskContact({ channel, value }) : null
  }
  return { phone: mask('phone'), email: mask('email') }
}
