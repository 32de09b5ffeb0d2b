/** Above which amount a payout waits for finance. Each setting is a row; the newest counts for what is asked for after it. */
import { desc } from 'drizzle-orm'
import { fen } from '@miaodan/shared/kernel/money'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { payoutLimits } from './tables.ts'

async function newest(db: Executor): Promise<typeof payoutLimits.$inferSelect> {
  const [row] = await db.select().from(payoutLimits).orderBy(desc(payoutLimits.setAt), desc(payoutLimits.id)).limit(1)
  if (!row) throw new Error('there is no payout limit')
  return row
}

export async function needsApproval(db: Executor, amount: bigint): Promise<boolean> {
  const { approvalAbove } = await newest(db)
  return approvalAbove !== null && amount > approvalAbove
}

const view = ({ approvalAbove, setAt }: typeof payoutLimits.$inferSelect) => ({ approvalAbove: approvalAbove === null ? null : fen(approvalAbove), setAt })

export const payoutLimit = async (db: Executor) => view(await newest(db))

export async function setPayoutLimit(tx: Tx, deps: Deps, staffId: string, approvalAbove: bigint | null) {
  const before = await newest(tx)
  const row = { id: newId(), approvalAbove, setAt: deps.clock.now() }
  await tx.insert(payoutLimits).values(row)
  await audit(tx, deps.clock, {
    actorId: staffId, action: 'payouts.limit_set', entity: 'payout_limit', entityId: row.id, old: { approvalAbove: before.approvalAbove?.toString() ?? null }, new: { approvalAbove: approvalAbove?.toString() ?? null },
  })
  return view(row)
}
