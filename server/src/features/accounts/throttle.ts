/**
 * Slows down guessing of passwords. An attempt is counted before the password is looked at and forgiven when it was
 * right, so that many attempts at the same moment cannot slip through together.
 */
import { eq, inArray, lt, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { after, durationMs, type Duration } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { signInFailures } from './tables.ts'

/** `free` failures cost nothing; each further one doubles the wait, from `first` seconds up to `longest`. */
type Rule = { free: number, firstSeconds: number, longestSeconds: number }
const RULES = {
  account: { free: 4, firstSeconds: 30, longestSeconds: 900 },
  /** Many people may share an address: an office, a mobile network. */
  address: { free: 30, firstSeconds: 60, longestSeconds: 3600 },
} as const satisfies Record<string, Rule>
const FORGOTTEN_AFTER: Duration = { days: 1 }
const SWEPT_AT_ONCE = 20

export type Attempt = { account: string, address: string }

/** @throws problem `accounts.sign_in_locked` with the seconds to wait, when there were too many failures. */
export async function countAttempt(deps: Deps, attempt: Attempt): Promise<void> {
  const waitSeconds = await inTransaction(deps.db, async tx => {
    const now = deps.clock.now()
    let wait = 0
    // Always in the same order, so that two attempts cannot block each other.
    for (const kind of ['account', 'address'] as const) {
      const key = keyOf(deps, kind, attempt)
      await tx.insert(signInFailures).values({ key, failures: 0, lastFailedAt: now }).onConflictDoNothing()
      const [row] = await tx.select().from(signInFailures).where(eq(signInFailures.key, key)).for('update')
      const lockedMs = (row?.lockedUntil?.getTime() ?? 0) - now.getTime()
      if (lockedMs > 0) {
        wait = Math.max(wait, Math.ceil(lockedMs / 1000))
        continue
      }
      const forgotten = !row || after(row.lastFailedAt, FORGOTTEN_AFTER) <= now
      const failures = (forgotten ? 0 : row.failures) + 1
      await tx.update(signInFailures).set({ failures, lastFailedAt: now, lockedUntil: lockOf(RULES[kind], failures, now) }).where(eq(signInFailures.key, key))
    }
    await sweep(tx, now)
    return wait
  })
  if (waitSeconds > 0) throw problem('accounts.sign_in_locked', { seconds: waitSeconds })
}

/** The attempt was right: the account's failures are forgotten, the address gets its one back. */
export async function forgiveAttempt(deps: Deps, attempt: Attempt): Promise<void> {
  await deps.db.delete(signInFailures).where(eq(signInFailures.key, keyOf(deps, 'account', attempt)))
  await deps.db.update(signInFailures).set({ failures: sql`greatest(0, ${signInFailures.failures} - 1)`, lockedUntil: null }).where(eq(signInFailures.key, keyOf(deps, 'address', attempt)))
}

const keyOf = (deps: Deps, kind: keyof typeof RULES, attempt: Attempt): string => deps.fields.blindIndex(attempt[kind], `sign-in ${kind}`)

function lockOf(rule: Rule, failures: number, now: Date): Date | null {
  const over = failures - rule.free
  return over <= 0 ? null : after(now, { seconds: Math.min(rule.longestSeconds, rule.firstSeconds * 2 ** (over - 1)) })
}

/** A few old rows go with every attempt, so that the table does not grow with the attackers. */
async function sweep(tx: Tx, now: Date): Promise<void> {
  const old = tx.select({ key: signInFailures.key }).from(signInFailures).where(lt(signInFailures.lastFailedAt, new Date(now.getTime() - durationMs(FORGOTTEN_AFTER))))
    .limit(SWEPT_AT_ONCE).for('update', { skipLocked: true })
  await tx.delete(signInFailures).where(inArray(signInFailures.key, old))
}
