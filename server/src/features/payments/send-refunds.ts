/** The task that carries refunds to the gateway: repeated with back-off until an answer comes, and safe to repeat. */
import { eq, sql } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { GatewayRefused } from '../../ports/payments/errors.ts'
import type { RefundStatus } from '../../ports/payments/port.ts'
import { endRefund, type RefundRow } from './refunds.ts'
import { refunds } from './tables.ts'

const BATCH = 10
const LEASE_SECONDS = 60
const MAX_BACKOFF_SECONDS = 3_600
/** How long to wait for the notification before asking. */
const ASK_AFTER_SECONDS = 30

export async function sendRefunds(deps: Deps): Promise<number> {
  const claimed = await deps.db.execute<{ id: string }>(sql`
    update refunds set claimed_until = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1
    where id in (
      select id from refunds where state in ('requested', 'processing') and next_attempt_at <= now() and (claimed_until is null or claimed_until < now())
      order by next_attempt_at limit ${BATCH} for update skip locked)
    returning id`)
  for (const { id } of claimed) await sendRefund(deps, id)
  return claimed.length
}

async function sendRefund(deps: Deps, id: string): Promise<void> {
  const [row] = await deps.db.select().from(refunds).where(eq(refunds.id, id))
  if (!row?.tradeNo) throw new Error(`refund ${id} has no receipt to return`)
  try {
    const status = await deps.gateway.refund({
      outRequestNo: row.id, tradeNo: row.tradeNo, amount: { amount: row.amount, currency: 'CNY' }, reason: row.reason,
      notifyUrl: `${deps.config.callbackUrl}/api/v1/callbacks/${deps.gateway.name}`,
    })
    await record(deps, row, status)
  } catch (error) {
    if (error instanceof GatewayRefused) {
      // Refused for good: the payer gets the money in their balance, and is told.
      deps.log.error({ err: error, refundId: id }, 'the gateway refused a refund; it is credited to the balance')
      await inTransaction(deps.db, tx => endRefund(tx, deps, row, 'credited'))
    } else {
      const seconds = Math.min(MAX_BACKOFF_SECONDS, 2 ** row.attempts)
      deps.log.warn({ err: error, refundId: id, attempts: row.attempts, nextInSeconds: seconds }, 'refund not sent yet')
      await deps.db.execute(sql`update refunds set claimed_until = null, last_error = ${String(error).slice(0, 2000)}, next_attempt_at = now() + make_interval(secs => ${seconds}) where id = ${id}`)
    }
  }
}

async function record(deps: Deps, row: RefundRow, status: RefundStatus): Promise<void> {
  if (status.state === 'processing') {
    await deps.db.execute(sql`update refunds set state = 'processing', claimed_until = null, next_attempt_at = now() + make_interval(secs => ${ASK_AFTER_SECONDS}) where id = ${row.id} and state in ('requested', 'processing')`)
    return
  }
  await inTransaction(deps.db, tx => endRefund(tx, deps, row, status.state === 'succeeded' ? 'succeeded' : 'credited'))
}
