/** People for everybody's tests, made through the product's own services. */
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { StaffRole } from '@miaodan/shared/kernel/access'
import { grantStaffRoles, registerPerson, SESSION_COOKIE, startSession, type NewPerson } from '../src/features/accounts/index.ts'
import { inTransaction } from '../src/kernel/tx.ts'
import type { TestApp } from './app.ts'

export type SignUpOptions = Partial<NewPerson> & { staffRoles?: readonly StaffRole[] }

export type TestPerson = {
  userId: string
  username: string
  /** `md_session=…`, for the header of a request or a socket. */
  cookie: string
  /** A request in this person's name; answers are in English unless the headers say otherwise. */
  inject(options: InjectOptions): Promise<LightMyRequestResponse>
}

let made = 0

/** Makes a person and signs them in. Without a phone or e-mail they get both; without a password they have none. */
export async function signUp(t: Pick<TestApp, 'app' | 'deps'>, { staffRoles = [], ...given }: SignUpOptions = {}): Promise<TestPerson> {
  const number = ++made
  const username = given.username ?? `person${letters(number)}`
  const person: NewPerson = { displayName: username, phone: `199${String(number).padStart(8, '0')}`, email: `${username}@example.com`.toLowerCase(), ...given, username }
  const { userId, cookie } = await inTransaction(t.deps.db, async tx => {
    const { userId } = await registerPerson(tx, t.deps, person)
    if (staffRoles.length > 0) await grantStaffRoles(tx, t.deps, userId, staffRoles)
    const { cookie } = await startSession(tx, t.deps, userId, 'registration', { userAgent: 'test', address: '127.0.0.1' })
    return { userId, cookie: `${SESSION_COOKIE}=${cookie}` }
  })
  return { userId, username, cookie, inject: options => t.app.inject({ ...options, headers: { 'accept-language': 'en', ...options.headers, cookie } }) }
}

/** 1 → "a", 27 → "aa": digits in usernames look like letters, so that made-up names could clash. */
function letters(number: number): string {
  return number <= 0 ? '' : letters(Math.floor((number - 1) / 13)) + 'abcdefghjkpqx'[(number - 1) % 13]
}
