/** The two movements whose fee depends on what was released before. */
import { sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { Currency } from '@miaodan/shared/kernel/money'
import { accountOf } from '@miaodan/shared/ledger/model'
import type { Tx } from '../../kernel/db.ts'
import type { Posted } from './entry.ts'
import { feeOnRefund, feeOnRelease, type FeeTerms, type Released } from './fee.ts'
import { freezeClearing, refundClearingEntry, releaseEntry } from './flows.ts'
import { post } from './post.ts'

type Movement = { at: Date, currency?: Currency, memo?: string, orderId: string, milestoneId: string, providerId: string, amount: bigint }

/** `fee` and `net` add up to the amount moved. */
export type Shared = Posted & { fee: bigint, net: bigint }

/** Releases `amount` of a milestone's escrow: the net into the provider's clearing, the fee to the platform. Once a milestone. */
export async function releaseMilestone(tx: Tx, release: Movement & { terms: FeeTerms }): Promise<Shared> {
  const { order } = await releasedBefore(tx, release, `milestone.released:${release.milestoneId}`)
  const fee = feeOnRelease(release.terms, order, release.amount)
  return { ...await post(tx, releaseEntry({ ...release, fee })), fee, net: release.amount - fee }
}

/**
 * Takes `amount` of a milestone back that is released and still in clearing: the provider gives his net share, the
 * platform its share of the fee that was taken. Once a refund and milestone. `frozenBy`: the refund request that holds
 * the money. `coupon` of it goes back to who bore the coupon. Throws `ledger.insufficient_balance` when less than that is left there.
 */
export async function refundReleased(tx: Tx, refund: Movement & { refundId: string, payerId: string, coupon?: bigint, frozenBy?: string }): Promise<Shared> {
  const { milestone, refunded } = await releasedBefore(tx, refund, `clearing.refunded:${refund.refundId}:${refund.milestoneId}`)
  if (refunded + refund.amount > milestone.amount) throw problem('ledger.insufficient_balance')
  const fee = feeOnRefund(milestone, refunded, refund.amount)
  return { ...await post(tx, refundClearingEntry({ ...refund, fee })), fee, net: refund.amount - fee }
}

/** Holds back what a refund of `amount` would take from the provider. Nothing is posted when the fee is all of it. Once a request. */
export async function freezeReleased(tx: Tx, freeze: Movement & { requestId: string }): Promise<{ fee: bigint, net: bigint }> {
  const { milestone, refunded } = await releasedBefore(tx, freeze, `clearing.frozen:${freeze.requestId}`)
  if (refunded + freeze.amount > milestone.amount) throw problem('ledger.insufficient_balance')
  const fee = feeOnRefund(milestone, refunded, freeze.amount)
  const net = freeze.amount - fee
  if (net > 0n) await post(tx, freezeClearing({ ...freeze, amount: net }))
  return { fee, net }
}

type Before = { order: Released, milestone: Released, refunded: bigint }
type BeforeRow = { released: string, held: string, milestone_released: string, milestone_fee: string, milestone_refunded: string }

/**
 * What is released on the order and on the milestone. The order's chain is locked first, so that two releases at once
 * do not both believe to be the first. An event that is in the books already is told what was there before it, so that
 * its replay has the same content.
 */
async function releasedBefore(tx: Tx, { orderId, milestoneId }: Movement, key: string): Promise<Before> {
  const chain = `order:${orderId}`
  await tx.execute(sql`select ledger_lock_chain(${chain})`)
  const [row] = await tx.execute<BeforeRow>(sql`
    select
      coalesce(sum(case when released then amount else -amount end), 0) as released,
      coalesce(sum(case when source = ${accountOf.fee} then -amount else amount end) filter (where ${accountOf.fee} in (source, destination)), 0) as held,
      coalesce(sum(amount) filter (where ours and released), 0) as milestone_released,
      coalesce(sum(amount) filter (where ours and released and destination = ${accountOf.fee}), 0) as milestone_fee,
      coalesce(sum(amount) filter (where ours and not released), 0) as milestone_refunded
    from (
      select kind = 'milestone.released' as released, milestone_id = ${milestoneId} as ours, source, destination, amount
      from ledger_entries join ledger_postings on entry_id = ledger_entries.id
      where chain = ${chain} and kind in ('milestone.released', 'clearing.refunded')
        and sequence < coalesce((select sequence from ledger_entries where key = ${key}), 9223372036854775807)
    ) as movement`)
  if (!row) throw new Error('a sum answered no row')
  return {
    order: { amount: BigInt(row.released), fee: BigInt(row.held) },
    milestone: { amount: BigInt(row.milestone_released), fee: BigInt(row.milestone_fee) },
    refunded: BigInt(row.milestone_refunded),
  }
}
