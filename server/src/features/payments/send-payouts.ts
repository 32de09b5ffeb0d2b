/** The task that carries payouts to the gateway. A repeat with the same number is the same transfer to the gateway. */
import { eq, sql } from 'drizzle-orm'
import { payoutLifecycle } from '@miaodan/shared/payments/lifecycle'
import type { Deps } from '../../deps.ts'
import { canStep, transition } from '../../kernel/transition.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { GatewayRefused } from '../../ports/payments/errors.ts'
import type { TransferStatus } from '../../ports/payments/port.ts'
import { sealingContext } from './payout-accounts.ts'
import { claimPayouts, endPayout, type PayoutRow } from './payouts.ts'
import { payoutAccounts, payouts } from './tables.ts'

const BATCH = 10
const LEASE_SECONDS = 60
const MAX_BACKOFF_SECONDS = 3_600
/** How long to wait for the notification before asking again. */
const ASK_AFTER_SECONDS = 30

export async function sendPayouts(deps: Deps): Promise<number> {
  const claimed = await claimPayouts(deps, BATCH, LEASE_SECONDS)
  for (const payout of claimed) await sendPayout(deps, payout)
  return claimed.length
}

async function sendPayout(deps: Deps, payout: PayoutRow): Promise<void> {
  try {
    const [account] = await deps.db.select().from(payoutAccounts).where(eq(payoutAccounts.id, payout.accountId))
    if (!account) throw new Error(`payout account ${payout.accountId} is gone`)
    const status = await deps.gateway.transfer({
      outBizNo: payout.id, amount: { amount: payout.amount, currency: 'CNY' }, channel: account.channel,
      payee: { maskedName: `*${[...account.holderName].slice(1).join('')}`, account: deps.fields.open(account.accountCipher, sealingContext(account.id)) },
      remark: '秒单提现', notifyUrl: `${deps.config.callbackUrl}/api/v1/callbacks/${deps.gateway.name}`,
    })
    await record(deps, payout, status)
  } catch (error) {
    if (error instanceof GatewayRefused) {
      await inTransaction(deps.db, tx => endPayout(tx, deps, payout, { paid: false, reason: error.code }))
      return
    }
    const seconds = Math.min(MAX_BACKOFF_SECONDS, 2 ** payout.attempts)
    deps.log.warn({ err: error, payoutId: payout.id, attempts: payout.attempts, nextInSeconds: seconds }, 'payout not sent yet')
    await deps.db.execute(sql`update payouts set claimed_until = null, next_attempt_at = now() + make_interval(secs => ${seconds}) where id = ${payout.id}`)
  }
}

async function record(deps: Deps, payout: PayoutRow, status: TransferStatus): Promise<void> {
  await inTransaction(deps.db, async tx => {
    const [row] = await tx.select().from(payouts).where(eq(payouts.id, payout.id)).for('update')
    if (row && canStep(payoutLifecycle, row.state, 'send')) {
      await transition(tx, deps.clock, payoutLifecycle, payouts, { id: row.id, action: 'send', actor: 'system', set: { transferNo: status.transferNo }, data: { userId: row.userId } })
    }
    if (status.state === 'paid') await endPayout(tx, deps, payout, { paid: true, at: status.settledAt ?? deps.clock.now() })
    else if (status.state === 'failed') await endPayout(tx, deps, payout, { paid: false, reason: status.reason ?? 'rejected' })
    else await tx.execute(sql`update payouts set claimed_until = null, next_attempt_at = now() + make_interval(secs => ${ASK_AFTER_SECONDS}) where id = ${payout.id}`)
  })
}
