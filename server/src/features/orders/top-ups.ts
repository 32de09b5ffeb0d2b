/**
 * A milestone's escrow is filled by the payment that funded it and by one more for each agreed increase. What goes back
 * goes to where it came from, the last increase first. The order's row is locked.
 */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../kernel/db.ts'
import { topUps, type MilestoneRow } from './tables.ts'

type Piece = { paymentId: string, amount: bigint }

export async function addTopUps(tx: Tx, paymentId: string, at: Date, shares: readonly { milestoneId: string, amount: bigint }[]): Promise<void> {
  if (shares.length > 0) await tx.insert(topUps).values(shares.map(share => ({ ...share, paymentId, at })))
}

/** Says which payments `amount` of a milestone goes back to, and counts it as gone back. */
export async function takeFromPayments(tx: Tx, milestone: Pick<MilestoneRow, 'id' | 'paymentId'>, amount: bigint): Promise<Piece[]> {
  const pieces: Piece[] = []
  let left = amount
  const further = await tx.select().from(topUps).where(eq(topUps.milestoneId, milestone.id)).orderBy(desc(topUps.at), desc(topUps.paymentId)).for('update')
  for (const { paymentId, amount: brought, refunded } of further) {
    const piece = brought - refunded < left ? brought - refunded : left
    if (piece === 0n) continue
    await tx.update(topUps).set({ refunded: sql`${topUps.refunded} + ${piece}` }).where(and(eq(topUps.milestoneId, milestone.id), eq(topUps.paymentId, paymentId)))
    pieces.push({ paymentId, amount: piece })
    left -= piece
  }
  return left === 0n ? pieces : [...pieces, { paymentId: paymentOf(milestone), amount: left }]
}

/** The payment that funded it first. */
export function paymentOf({ id, paymentId }: Pick<MilestoneRow, 'id' | 'paymentId'>): string {
  if (!paymentId) throw new Error(`milestone ${id} is funded by no payment`)
  return paymentId
}
