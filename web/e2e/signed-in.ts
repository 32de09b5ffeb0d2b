/** People who are there and signed in already, for tests that are not about signing in. */
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { readConfig } from '../../server/src/config.ts'
import { openDeps, type Deps } from '../../server/src/deps.ts'
import { createSecrets } from '../../server/src/embedded/secrets.ts'
import type { StaffRole } from '@miaodan/shared/kernel/access'
import { grantStaffRoles, registerPerson, startSession, type NewPerson } from '../../server/src/features/accounts/index.ts'
import { conversationOf } from '../../server/src/features/chat/index.ts'
import type { Tx } from '../../server/src/kernel/db.ts'
import { inTransaction } from '../../server/src/kernel/tx.ts'
import type { System } from './harness.ts'

export type SignedIn = {
  /** For `startSystem`: the system signs with the same keys as we do here. */
  environment: Record<string, string>
  signUp(system: System, person: Partial<NewPerson> & { staffRoles?: readonly StaffRole[] }): Promise<{ userId: string, cookie: string }>
  /** Brings about what a journey begins with, by the server's own functions. */
  inside<T>(system: System, work: (tx: Tx, deps: Deps) => Promise<T>): Promise<T>
  /** The conversation of two people. */
  talk(system: System, oneId: string, otherId: string): Promise<string>
  close(): Promise<void>
}

export async function signedIn(): Promise<SignedIn> {
  const environment = { ...createSecrets(), SESSION_SECRET: randomBytes(32).toString('hex') }
  const opened = new Map<System, Promise<Deps>>()
  const depsOf = (system: System): Promise<Deps> => {
    const deps = opened.get(system) ?? openDeps(readConfig({ ...environment, DATABASE_URL: system.databaseUrl, DATA_DIR: tmpdir(), DEMO: '1', LOG_LEVEL: 'fatal', DATABASE_POOL: '2' }))
    opened.set(system, deps)
    return deps
  }
  let made = 0
  return {
    environment,
    async signUp(system, { staffRoles = [], ...given }) {
      const deps = await depsOf(system)
      const username = given.username ?? `visitor${'bcdfghjkmn'[++made % 10]}`
      return inTransaction(deps.db, async tx => {
        const { userId } = await registerPerson(tx, deps, { displayName: username, ...given, username })
        if (staffRoles.length > 0) await grantStaffRoles(tx, deps, userId, staffRoles)
        const { cookie } = await startSession(tx, deps, userId, 'registration', { userAgent: 'test', address: '127.0.0.1' })
        return { userId, cookie }
      })
    },
    async inside(system, work) {
      const deps = await depsOf(system)
      return inTransaction(deps.db, tx => work(tx, deps))
    },
    async talk(system, oneId, otherId) {
      const deps = await depsOf(system)
      return inTransaction(deps.db, tx => conversationOf(tx, deps, oneId, otherId))
    },
    async close() {
      for (const deps of opened.values()) await (await deps).close()
    },
  }
}
