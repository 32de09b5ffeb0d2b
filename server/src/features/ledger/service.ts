/** The two movements whose fee depends on what else was released on the order. */
import { sql } from 'drizzle-orm'
import type { Currency } from '@miaodan/shared/kernel/money'
import type { Tx } from '../../kernel/db.ts'
import type { Posted } from './entry.ts'
import { feeOnRefund, feeOnRelease, type FeeTerms } from './fee.ts'
import { refundClearingEntry, releaseEntry } from './flows.ts'
import { post } from './post.ts'

type Movement = { at: Date, currency?: Currency, memo?: string, orderId: string, milestoneId: string, providerId: string, amount: bigint, terms: FeeTerms }

/** Releases `amount` of a milestone's escrow: the net into the provider's clearing, the fee to the platform. Once a milestone. */
export async function releaseMilestone(tx: Tx, release: Movement): Promise<Posted & { fee: bigint, net: bigint }> {
  const before = await releasedBefore(tx, release.orderId, `milestone.released:${release.milestoneId}`)
  const fee = feeOnRelease(release.terms, before, release.amount)
  return { ...await post(tx, releaseEntry({ ...release, fee })), fee, net: release.amount - fee }
}

/**
 * Takes `amount` of a milestone back that is released and still in clearing. The provider gives his net share, the
 * platform its share of the fee, at the order's own terms. Once a refund and milestone.
 */
export async function refundReleased(tx: Tx, refund: Movement & { refundId: string, payerId: string }): Promise<Posted & { fee: bigint, net: bigint }> {
  const before = await releasedBefore(tx, refund.orderId, `clearing.refunded:${refund.refundId}:${refund.milestoneId}`)
  const fee = feeOnRefund(refund.terms, before, refund.amount)
  return { ...await post(tx, refundClearingEntry({ ...refund, fee })), fee, net: refund.amount - fee }
}

/**
 * What is released on an order, less what was taken back of it. The order's chain is locked first, so that two
 * releases at once do not both believe to be the first. An event that is in the books already is told what was
 * released before it, so that its replay has the same content.
 */
async function releasedBefore(tx: Tx, orderId: string, key: string): Promise<bigint> {
  const chain = `order:${orderId}`
  await tx.execute(sql`select ledger_lock_chain(${chain})`)
  const [row] = await tx.execute<{ released: string }>(sql`
    select coalesce(sum(case kind when 'milestone.released' then amount else -amount end), 0) as released
    from ledger_entries join ledger_postings on entry_id = ledger_entries.id
    where chain = ${chain} and kind in ('milestone.released', 'clearing.refunded')
      and sequence < coalesce((select sequence from ledger_entries where key = ${key}), 9223372036854775807)`)
  return BigInt(row?.released ?? 0)
}
