import { setTimeout as sleep } from 'node:timers/promises'
import { sqlState, type Db, type Tx } from './db.ts'

/** A deadlock or serialization failure is nobody's fault: the loser simply tries again. */
const RETRYABLE = new Set(['40001', '40P01'])
const MAX_ATTEMPTS = 4

const callbacks = new WeakMap<Tx, Array<() => void>>()

/** Runs `work` in one transaction. Callbacks given to `afterCommit` run once it is committed, and never otherwise. */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const waiting: Array<() => void> = []
    try {
      const result = await db.transaction(async tx => {
        callbacks.set(tx, waiting)
        return work(tx)
      })
      for (const callback of waiting) callback()
      return result
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? '')) throw error
      await sleep(Math.random() * 20 * attempt)
    }
  }
}

/** For what must not happen unless the transaction holds: waking the relay, telling a socket. */
export function afterCommit(tx: Tx, callback: () => void): void {
  const waiting = callbacks.get(tx)
  if (!waiting) throw new Error('afterCommit needs a transaction opened by inTransaction')
  waiting.push(callback)
}
