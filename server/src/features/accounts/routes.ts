import { eq } from 'drizzle-orm'
import { accounts } from '@miaodan/shared/accounts/contract'
import { handle } from '../../kernel/feature.ts'
import { avatarOf } from './people.ts'
import { cookieHeader, endSession } from './sessions.ts'
import { users } from './tables.ts'

export const routes = [
  handle(accounts.session, async ({ db, viewer }) => {
    const [user] = viewer ? await db.select().from(users).where(eq(users.id, viewer.userId)) : []
    if (!user) return { user: null }
    const { id, username, displayName, kind, roles, staffRoles, locale } = user
    return { user: { id, username, displayName, kind, roles, staffRoles, locale, avatar: avatarOf(user) } }
  }),
  handle(accounts.signOut, async ({ tx, deps, viewer, setHeader }) => {
    if (viewer) await endSession(tx, deps, viewer.userId, viewer.sessionId)
    setHeader('set-cookie', cookieHeader(deps, null))
  }),
]
