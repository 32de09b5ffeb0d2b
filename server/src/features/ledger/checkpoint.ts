/** Keeps the sums of platform accounts short: what a balance reads is the last checkpoint and the postings after it. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import type { Db } from '../../kernel/db.ts'

const EVERY_MS = 60_000

/**
 * One step: brings the checkpoints up to the mark of the step before, if no transaction from before it is still
 * running, and sets the next mark. Answers whether a checkpoint moved. Safe to call from several processes at once.
 */
export async function takeCheckpoint(db: Db, at: Date): Promise<boolean> {
  const [row] = await db.execute<{ moved: boolean }>(sql`select ledger_checkpoint(${at.toISOString()}) as moved`)
  return row?.moved ?? false
}

/** Takes checkpoints until the function it answers with is called. */
export async function startCheckpoints(deps: Deps): Promise<() => Promise<void>> {
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = takeCheckpoint(deps.db, deps.clock.now()).catch((error: unknown) => deps.log.error({ err: error }, 'ledger checkpoint failed'))
  }, EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
