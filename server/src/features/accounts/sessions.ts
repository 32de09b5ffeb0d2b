/**
 * Sessions: a random token in an http-only cookie, its SHA-256 in the table. The cookie also carries an HMAC of the
 * token, so that an invented one is refused without asking the database.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { and, eq, isNull, lte, ne } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { tellSessionEnded, tellSessionsEnded } from '../../kernel/live.ts'
import { newId } from '../../kernel/ids.ts'
import { maskAddress } from './addresses.ts'
import { forgetSessionsOf, sessionCache, type CachedSession } from './session-cache.ts'
import { sessions, users } from './tables.ts'

export const SESSION_COOKIE = 'md_session'
const TOKEN_BYTES = 32
const MAC_BYTES = 16
/** A session ends after this long without a visit. */
const LIFETIME = { days: 30 }
/** How often a visit is written down and the session's end moved on. */
const TOUCH_EVERY = { minutes: 10 }
const USER_AGENT_LENGTH = 300

export type SignInMethod = typeof sessions.$inferSelect['method']
export type Origin = { userAgent: string | undefined, address: string }

export const originOf = (request: FastifyRequest): Origin => ({ userAgent: request.headers['user-agent'], address: request.ip })

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
const macOf = (deps: Deps, token: string): Buffer => createHmac('sha256', deps.config.sessionSecret).update('session\0').update(token).digest().subarray(0, MAC_BYTES)

/** The token of a cookie that we made; null for any other. */
function tokenFrom(deps: Deps, cookie: string | undefined): string | null {
  const [token, mac] = cookie?.split('.') ?? []
  if (!token || !mac) return null
  const given = Buffer.from(mac, 'base64url')
  return given.length === MAC_BYTES && timingSafeEqual(given, macOf(deps, token)) ? token : null
}

/** Starts a session and answers with the cookie's value. The person's sessions that have run out go on this occasion. */
export async function startSession(tx: Tx, deps: Deps, userId: string, method: SignInMethod, origin: Origin): Promise<{ sessionId: string, cookie: string }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const now = deps.clock.now()
  const sessionId = newId()
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), lte(sessions.expiresAt, now)))
  await tx.insert(sessions).values({
    id: sessionId, userId, tokenHash: hashOf(token), method, userAgent: origin.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null, addressMasked: maskAddress(origin.address),
    createdAt: now, lastSeenAt: now, expiresAt: after(now, LIFETIME),
  })
  return { sessionId, cookie: `${token}.${macOf(deps, token).toString('base64url')}` }
}

/** `Set-Cookie` for a session that was started, or for none. */
export function cookieHeader(deps: Deps, cookie: string | null): string {
  const parts = [`${SESSION_COOKIE}=${cookie ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${cookie === null ? 0 : LIFETIME.days * 24 * 3600}`]
  if (deps.config.publicUrl.startsWith('https:')) parts.push('Secure')
  return parts.join('; ')
}

/** Who a request is made by. Called for every request that carries a cookie. */
export async function authenticate(request: FastifyRequest, deps: Deps): Promise<Viewer | null> {
  const token = tokenFrom(deps, request.cookies[SESSION_COOKIE])
  if (token === null) return null
  const tokenHash = hashOf(token)
  const session = sessionCache(deps).get(tokenHash) ?? await read(deps, tokenHash)
  const now = deps.clock.now()
  if (!session || session.expiresAt <= now) return null
  if (session.lastSeenAt <= after(now, { minutes: -TOUCH_EVERY.minutes })) await touch(deps, session, now)
  return session.viewer
}

async function read(deps: Deps, tokenHash: string): Promise<CachedSession | null> {
  const cache = sessionCache(deps)
  const { drops } = cache
  const [row] = await deps.db.select({ id: sessions.id, userId: sessions.userId, lastSeenAt: sessions.lastSeenAt, expiresAt: sessions.expiresAt, roles: users.roles, staffRoles: users.staffRoles })
    .from(sessions).innerJoin(users, eq(users.id, sessions.userId)).where(and(eq(sessions.tokenHash, tokenHash), isNull(users.suspendedAt)))
  if (!row) return null
  const { lastSeenAt, expiresAt } = row
  const session = { viewer: { userId: row.userId, sessionId: row.id, roles: row.roles, staffRoles: row.staffRoles }, lastSeenAt, expiresAt, readAt: performance.now() }
  cache.set(tokenHash, session, drops)
  return session
}

async function touch(deps: Deps, session: CachedSession, now: Date): Promise<void> {
  session.lastSeenAt = now
  session.expiresAt = after(now, LIFETIME)
  await deps.db.update(sessions).set({ lastSeenAt: now, expiresAt: session.expiresAt }).where(eq(sessions.id, session.viewer.sessionId))
}

export async function endSession(tx: Tx, deps: Deps, userId: string, sessionId: string): Promise<boolean> {
  const ended = await tx.delete(sessions).where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId))).returning({ id: sessions.id })
  forgetSessionsOf(tx, deps, userId, () => tellSessionEnded(deps.live, userId, sessionId))
  return ended.length > 0
}

/** Ends all sessions of a person, but for the one named, and closes what they hold open. Answers how many. */
export async function endSessionsOf(tx: Tx, deps: Deps, userId: string, except?: string): Promise<number> {
  const ended = await tx.delete(sessions).where(and(eq(sessions.userId, userId), except === undefined ? undefined : ne(sessions.id, except))).returning({ id: sessions.id })
  forgetSessionsOf(tx, deps, userId, () => tellSessionsEnded(deps.live, userId, except))
  return ended.length
}
