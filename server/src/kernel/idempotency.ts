import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Clock } from './clock.ts'
import type { Tx } from './db.ts'
import { statement, value } from './statement.ts'
import { leave } from './tx.ts'
import { idempotencyKeys } from './tables.ts'

const claimKey = statement(db => db.insert(idempotencyKeys)
  .values({ owner: value('owner'), key: value('key'), contract: value('contract'), requestHash: value('requestHash'), createdAt: value('createdAt') })
  .onConflictDoNothing().returning({ key: idempotencyKeys.key }))

const keepAnswer = statement(db => db.update(idempotencyKeys).set({ status: sql`${value('status')}::integer`, answer: sql`${value('answer')}::text` })
  .where(and(eq(idempotencyKeys.owner, value('owner')), eq(idempotencyKeys.key, value('key')))))

export type Answer = { status: number, body: string | null }

/**
 * Runs `work` once for a key, in the transaction of the work itself: a second call with the same key waits for the
 * first on the primary key, then gets the first's answer. A failure leaves no trace, so the key may be tried again.
 * @throws problem `kernel.idempotency_key_reused` when the key came before with another request.
 */
export async function once(tx: Tx, clock: Clock, request: { owner: string, key: string, contract: string, content: string }, work: () => Promise<Answer>): Promise<Answer> {
  const requestHash = createHash('sha256').update(request.contract).update('\n').update(request.content).digest('hex')
  const { owner, key, contract } = request
  const claimed = await claimKey(tx, { owner, key, contract, requestHash, createdAt: clock.now() })
  if (claimed.length === 0) {
    const [earlier] = await tx.select().from(idempotencyKeys).where(and(eq(idempotencyKeys.owner, owner), eq(idempotencyKeys.key, key)))
    if (!earlier || earlier.requestHash !== requestHash || earlier.status === null) throw problem('kernel.idempotency_key_reused')
    return { status: earlier.status, body: earlier.answer }
  }
  const answer = await work()
  leave(tx, keepAnswer(tx, { owner, key, status: answer.status, answer: answer.body }))
  return answer
}
