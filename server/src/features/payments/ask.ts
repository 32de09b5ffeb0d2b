/**
 * Payments that stay silent are asked about: a callback may be late, lost, or never sent. At the end of its time a
 * payment is closed at the gateway, so that nobody can pay it afterwards.
 */
import { eq, sql } from 'drizzle-orm'
import { durationMs } from '@miaodan/shared/kernel/time'
import { paymentLifecycle } from '@miaodan/shared/payments/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { wakeTask } from '../../kernel/tasks.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { GatewayRefused } from '../../ports/payments/errors.ts'
import type { PaymentStatus } from '../../ports/payments/port.ts'
import type { PaymentRow } from './payables.ts'
import { holdPayment, settle } from './settle.ts'
import { payments } from './tables.ts'

export const ASK = 'payments.ask'

const BATCH = 10
const LEASE_SECONDS = 60
const FIRST_INTERVAL_MS = durationMs({ seconds: 20 })
const LONGEST_INTERVAL_MS = durationMs({ minutes: 10 })

/** Asks about the payments whose time to be asked has come. */
export async function askAboutSilent(deps: Deps): Promise<number> {
  const claimed = await deps.db.execute<{ id: string }>(sql`
    update payments set claimed_until = now() + make_interval(secs => ${LEASE_SECONDS}), queries = queries + 1
    where id in (
      select id from payments where query_at <= ${deps.clock.now().toISOString()} and (claimed_until is null or claimed_until < now())
      order by query_at limit ${BATCH} for update skip locked)
    returning id`)
  for (const { id } of claimed) {
    try {
      await askAbout(deps, id)
    } catch (error) {
      deps.log.warn({ err: error, paymentId: id }, 'the gateway could not be asked about a payment')
      await askLater(deps, id)
    }
  }
  return claimed.length
}

/** Asks the gateway how this payment stands and acts on the answer; closes it when its time is over. */
export async function askAbout(deps: Deps, id: string): Promise<void> {
  const [row] = await deps.db.select().from(payments).where(eq(payments.id, id))
  if (!row || row.gateway !== deps.gateway.name || row.state === 'created') return
  const over = row.expiresAt <= deps.clock.now()
  const status = over ? await closeOrQuery(deps, row) : await deps.gateway.queryPayment({ outTradeNo: row.id })
  if (status?.state === 'succeeded' && status.paidAt) {
    const receipt = { tradeNo: status.tradeNo, amount: status.amount.amount, at: status.paidAt }
    await inTransaction(deps.db, async tx => {
      const held = await holdPayment(tx, id, receipt.tradeNo)
      if (held) await settle(tx, deps, held, receipt)
      await tx.update(payments).set({ queryAt: null, claimedUntil: null }).where(eq(payments.id, id))
    })
  } else if (over || status?.state === 'closed' || status?.state === 'failed') {
    await inTransaction(deps.db, tx => end(tx, deps, id, status))
  } else {
    await askLater(deps, id)
  }
}

/** A payment whose cashier was closed can no longer be paid. When the payer was faster, the money has come after all. */
async function closeOrQuery(deps: Deps, row: PaymentRow): Promise<PaymentStatus | null> {
  try {
    return await deps.gateway.closePayment({ outTradeNo: row.id })
  } catch (error) {
    if (error instanceof GatewayRefused && error.code === 'already_paid') return deps.gateway.queryPayment({ outTradeNo: row.id })
    throw error
  }
}

async function end(tx: Tx, deps: Deps, id: string, status: PaymentStatus | null): Promise<void> {
  const [row] = await tx.update(payments).set({ queryAt: null, claimedUntil: null }).where(eq(payments.id, id)).returning()
  const action = status?.state === 'failed' ? 'fail' : 'expire'
  if (!row || !canStep(paymentLifecycle, row.state, action)) return
  await transition(tx, deps.clock, paymentLifecycle, payments, {
    id, action, actor: action === 'fail' ? 'gateway' : 'timer', key: row.subjectId, set: { failure: status?.reason ?? null },
    data: { purpose: row.purpose, subjectId: row.subjectId, payerId: row.payerId },
  })
}

/** Twice as long each time, but at the end of the payment's time at the latest. */
async function askLater(deps: Deps, id: string): Promise<void> {
  const [row] = await deps.db.select().from(payments).where(eq(payments.id, id))
  if (!row || row.queryAt === null) return
  const now = deps.clock.now().getTime()
  const next = now + Math.min(LONGEST_INTERVAL_MS, FIRST_INTERVAL_MS * 2 ** Math.min(row.queries, 10))
  const end = row.expiresAt.getTime()
  await deps.db.update(payments).set({ queryAt: new Date(end > now ? Math.min(next, end) : next), claimedUntil: null }).where(eq(payments.id, id))
}

/** The deadline of a payment: one that never reached the gateway simply ends, one that did is closed there first. */
export async function expirePayment(tx: Tx, deps: Deps, id: string): Promise<void> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, id)).for('update')
  if (row?.state === 'created') {
    await transition(tx, deps.clock, paymentLifecycle, payments, { id, action: 'expire', actor: 'timer', key: row.subjectId, data: { purpose: row.purpose, subjectId: row.subjectId, payerId: row.payerId } })
  } else if (row?.state === 'pending') {
    await tx.update(payments).set({ queryAt: deps.clock.now() }).where(eq(payments.id, id))
    wakeTask(tx, ASK)
  }
}
