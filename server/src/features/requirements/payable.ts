/** Funding an instant requirement: it opens in the very transaction in which its money is recorded. */
import { and, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import { dayInChina } from '@miaodan/shared/requirements/completeness'
import { fundRequirement } from '../ledger/index.ts'
import type { Payable } from '../payments/index.ts'
import { openRequirement } from './life.ts'
import { lockRequirement } from './policy.ts'
import { requirements, type RequirementRow } from './tables.ts'

const PAY_WITHIN = { minutes: 30 }

const isPayable = (row: RequirementRow): row is RequirementRow & { price: bigint } => row.way === 'instant' && row.state === 'in_review' && row.review === 'clear' && row.paymentId === null && row.price !== null

export const requirementPayable: Payable<RequirementRow> = {
  async bill(db, deps, id, payerId) {
    const [row] = await db.select().from(requirements).where(and(eq(requirements.id, id), eq(requirements.buyerId, payerId)))
    if (!row) throw problem('kernel.not_found')
    const now = deps.clock.now()
    if (!isPayable(row) || (row.deadline !== null && row.deadline <= dayInChina(now))) throw problem('payments.not_payable')
    return { amount: fen(row.price), title: row.title, expiresAt: after(now, PAY_WITHIN), parts: {} }
  },
  lock: lockRequirement,
  async settle(tx, deps, payment, row) {
    // The price may have changed between the bill and the money, when it was taken back and posted anew.
    if (!isPayable(row) || row.price !== payment.amount) return { accepted: false, reason: row.paymentId === null ? 'too_late' : 'double_payment' }
    await openRequirement(tx, deps, row, { actor: 'gateway', set: { paymentId: payment.id, fundedAt: deps.clock.now() } })
    return {
      accepted: true,
      entry: fundRequirement({ at: deps.clock.now(), requirementId: row.id, paymentId: payment.id, payerId: payment.payerId, channel: payment.channel, amount: payment.amount }),
    }
  },
}
