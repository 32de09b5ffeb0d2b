import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Clock } from './clock.ts'
import type { Tx } from './db.ts'
import { idempotencyKeys } from './tables.ts'

export type Answer = { status: number, body: string | null }

/**
 * Runs `work` once for a key, in the transaction of the work itself: a second call with the same key waits for the
 * first on the primary key, then gets the first's answer. A failure leaves no trace, so the key may be tried again.
 * @throws problem `kernel.idempotency_key_reused` when the key came before with another request.
 */
export async function once(tx: Tx, clock: Clock, request: { owner: string, key: string, contract: string, content: string }, work: () => Promise<Answer>): Promise<Answer> {
  const requestHash = createHash('sha256').update(request.contract).update('\n').update(request.content).digest('hex')
  const mine = and(eq(idempotencyKeys.owner, request.owner), eq(idempotencyKeys.key, request.key))
  const claimed = await tx.insert(idempotencyKeys)
    .values({ owner: request.owner, key: request.key, contract: request.contract, requestHash, createdAt: clock.now() })
    .onConflictDoNothing().returning({ key: idempotencyKeys.key })
  if (claimed.length === 0) {
    const [earlier] = await tx.select().from(idempotencyKeys).where(mine)
    if (!earlier || earlier.requestHash !== requestHash || earlier.status === null) throw problem('kernel.idempotency_key_reused')
    return { status: earlier.status, body: earlier.answer }
  }
  const answer = await work()
  await tx.update(idempotencyKeys).set({ status: answer.status, answer: answer.body }).where(mine)
  return answer
}
