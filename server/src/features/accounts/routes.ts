import { eq } from 'drizzle-orm'
import { accounts } from '@miaodan/shared/accounts/contract'
import { contactOf } from '@miaodan/shared/accounts/model'
import { problem } from '@miaodan/shared/errors'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { handle } from '../../kernel/feature.ts'
import { addCase, arrangeCases, casesOf, removeCase, updateCase } from './cases.ts'
import { checkCode, requestCode } from './codes.ts'
import { confirmIdentity, requestIdentityCode } from './identity.ts'
import { becomeProvider, changeContact, changePassword, listDemoAccounts, me, ownSessions, updateMe, usernameAvailable } from './me.ts'
import { avatarOf } from './people.ts'
import { providerPage, updateProvider } from './providers.ts'
import { cookieHeader, endSession, endSessionsOf, originOf } from './sessions.ts'
import { recover, register, signIn, signInByCode, type SignedIn } from './sign-in.ts'
import { users } from './tables.ts'
import { approveVerification, latestVerification, rejectVerification, requestVerification, revealVerification, verificationQueue } from './verification.ts'

async function sessionUser(db: Executor, userId: string) {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) return null
  const { id, username, displayName, kind, roles, staffRoles, locale } = user
  return { id, username, displayName, kind, roles, staffRoles, locale, avatar: avatarOf(user) }
}

/** Answers with who has just signed in, and gives the browser the new cookie. */
async function welcome(deps: Deps, setHeader: (name: string, value: string) => void, { userId, cookie }: SignedIn) {
  setHeader('set-cookie', cookieHeader(deps, cookie))
  const user = await sessionUser(deps.db, userId)
  if (!user) throw problem('accounts.person_not_found')
  return { user }
}

/** Wrong tries must stay counted although the request fails, so these open their own transactions. */
const OWN_TRANSACTIONS = { transaction: false }

const entering = [
  handle(accounts.session, async ({ db, viewer }) => ({ user: viewer ? await sessionUser(db, viewer.userId) : null })),
  handle(accounts.requestCode, async ({ tx, deps, body, request, locale }) => requestCode(tx, deps, { purpose: body.purpose, contact: contactOf(body.contact), address: request.ip, locale })),
  handle(accounts.checkCode, async ({ deps, body }) => { await checkCode(deps, 'register', contactOf(body.contact), body.code) }, OWN_TRANSACTIONS),
  handle(accounts.usernameAvailable, async ({ db, params }) => ({ available: await usernameAvailable(db, params.username) })),
  handle(accounts.register, async ({ deps, body, request, setHeader }) => welcome(deps, setHeader, await register(deps, body, originOf(request))), OWN_TRANSACTIONS),
  handle(accounts.signIn, async ({ deps, body, request, viewer, setHeader }) => welcome(deps, setHeader, await signIn(deps, body, originOf(request), viewer)), OWN_TRANSACTIONS),
  handle(accounts.signInByCode, async ({ deps, body, request, viewer, setHeader }) => welcome(deps, setHeader, await signInByCode(deps, body, originOf(request), viewer)), OWN_TRANSACTIONS),
  handle(accounts.recover, async ({ deps, body, request, setHeader }) => welcome(deps, setHeader, await recover(deps, body, originOf(request))), OWN_TRANSACTIONS),
  handle(accounts.signOut, async ({ tx, deps, viewer, setHeader }) => {
    if (viewer) await endSession(tx, deps, viewer.userId, viewer.sessionId)
    setHeader('set-cookie', cookieHeader(deps, null))
  }),
]

const self = [
  handle(accounts.me, async ({ db, deps, viewer }) => me(db, deps, viewer.userId)),
  handle(accounts.updateMe, async ({ tx, deps, viewer, body }) => updateMe(tx, deps, viewer.userId, body)),
  handle(accounts.changePassword, async ({ deps, viewer, body, request }) => changePassword(deps, viewer, body, request.ip), OWN_TRANSACTIONS),
  handle(accounts.saveContact, async ({ deps, viewer, body, request }) => changeContact(deps, viewer, body, request.ip), OWN_TRANSACTIONS),
  handle(accounts.sessions, async ({ db, deps, viewer }) => ({ items: await ownSessions(db, deps, viewer) })),
  handle(accounts.endSession, async ({ tx, deps, viewer, params }) => {
    if (!await endSession(tx, deps, viewer.userId, params.id)) throw problem('kernel.not_found')
  }),
  handle(accounts.endOtherSessions, async ({ tx, deps, viewer }) => ({ ended: await endSessionsOf(tx, deps, viewer.userId, viewer.sessionId) })),
  handle(accounts.requestIdentityCode, async ({ tx, deps, viewer, body, request, locale }) => requestIdentityCode(tx, deps, viewer.userId, { channel: body.channel, address: request.ip, locale })),
  handle(accounts.confirmIdentity, async ({ deps, viewer, body, request }) => confirmIdentity(deps, viewer, body, request.ip), OWN_TRANSACTIONS),
  handle(accounts.becomeProvider, async ({ tx, deps, viewer, body }) => {
    await becomeProvider(tx, deps, viewer.userId, body)
    return providerPage(tx, deps, viewer.userId)
  }),
  handle(accounts.verification, async ({ db, deps, viewer }) => ({ verification: await latestVerification(db, deps, viewer.userId) })),
  handle(accounts.requestVerification, async ({ tx, deps, viewer, body }) => requestVerification(tx, deps, viewer.userId, body)),
]

const providing = [
  handle(accounts.getProvider, async ({ db, deps, params }) => providerPage(db, deps, params.id)),
  handle(accounts.updateProvider, async ({ tx, deps, viewer, body }) => {
    await updateProvider(tx, deps, viewer.userId, body)
    return providerPage(tx, deps, viewer.userId)
  }),
  handle(accounts.addCase, async ({ tx, deps, viewer, body }) => {
    await addCase(tx, deps, viewer.userId, body)
    return { cases: await casesOf(tx, viewer.userId) }
  }),
  handle(accounts.updateCase, async ({ tx, deps, viewer, params, body }) => {
    await updateCase(tx, deps, viewer.userId, params.id, body)
    return { cases: await casesOf(tx, viewer.userId) }
  }),
  handle(accounts.removeCase, async ({ tx, deps, viewer, params }) => removeCase(tx, deps, viewer.userId, params.id)),
  handle(accounts.arrangeCases, async ({ tx, deps, viewer, body }) => {
    await arrangeCases(tx, deps, viewer.userId, body.ids)
    return { cases: await casesOf(tx, viewer.userId) }
  }),
]

const reviewing = [
  handle(accounts.verificationQueue, async ({ db, deps, query }) => verificationQueue(db, deps, query)),
  handle(accounts.revealVerification, async ({ tx, deps, viewer, params }) => revealVerification(tx, deps, viewer.userId, params.id)),
  handle(accounts.approveVerification, async ({ tx, deps, viewer, params }) => approveVerification(tx, deps, viewer.userId, params.id)),
  handle(accounts.rejectVerification, async ({ tx, deps, viewer, params, body }) => rejectVerification(tx, deps, viewer.userId, params.id, body.reason)),
]

const demo = [handle(accounts.demoAccounts, async ({ db, deps }) => ({ items: await listDemoAccounts(db, deps) }))]

export const routes = [...entering, ...self, ...providing, ...reviewing, ...demo]
