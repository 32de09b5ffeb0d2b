import { setTimeout as sleep } from 'node:timers/promises'
import { sqlState, type Db, type Tx } from './db.ts'
import { together } from './statement.ts'

/** A deadlock or serialization failure is nobody's fault: the loser simply tries again. */
const RETRYABLE = new Set(['40001', '40P01'])
const MAX_ATTEMPTS = 4
/** What Postgres says to each statement after the one that failed. */
const ALREADY_FAILED = '25P02'

/** `sent`: statements nobody waits for. `callbacks`: for after the commit. */
type Pending = { sent: Promise<unknown>[], callbacks: Array<() => void> }
const pending = new WeakMap<Tx, Pending>()

/** Runs `work` in one transaction. Callbacks given to `afterCommit` run once it is committed, and never otherwise. */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const mine: Pending = { sent: [], callbacks: [] }
    try {
      const result = await db.transaction(async tx => {
        pending.set(tx, mine)
        return work(tx)
      })
      // When one of them failed, the commit that was sent after it has undone everything.
      await together(mine.sent)
      for (const callback of mine.callbacks) callback()
      return result
    } catch (error) {
      const cause = sqlState(error) === ALREADY_FAILED ? await together(mine.sent).then(() => error, failed => failed) : error
      if (attempt >= MAX_ATTEMPTS || !RETRYABLE.has(sqlState(cause) ?? '')) throw cause
      await sleep(Math.random() * 20 * attempt)
    }
  }
}

/** For what must not happen unless the transaction holds: waking the relay, telling a socket. */
export function afterCommit(tx: Tx, callback: () => void): void {
  pendingOf(tx).callbacks.push(callback)
}

/**
 * Leaves a statement to itself that was sent and whose answer nobody needs: it travels with the next one, or with the
 * commit. Only for one that either does its work or fails in the database, which then undoes the whole transaction.
 */
export function leave(tx: Tx, sent: Promise<unknown>): void {
  sent.catch(() => undefined)
  pendingOf(tx).sent.push(sent)
}

function pendingOf(tx: Tx): Pending {
  const found = pending.get(tx)
  if (!found) throw new Error('this needs a transaction opened by inTransaction')
  return found
}
