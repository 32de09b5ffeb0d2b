/** An instant requirement was taken: its escrow becomes that of an order, which is under way at once. */
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { moveEscrow, post } from '../ledger/index.ts'
import { createOrder, type NewMilestone } from './create.ts'
import { changeDeal } from './deal.ts'
import { fundMilestones, moveOn, startOrder } from './funding.ts'
import type { OrderRow } from './tables.ts'

export type InstantTaking = {
  requirementId: string
  buyerId: string
  providerId: string
  categoryId: string | null
  title: string
  /** What funded the requirement; a refund goes back the way it came. */
  paymentId: string
  /** Their prices add up to what the requirement's escrow holds. */
  milestones: readonly NewMilestone[]
}

/** Makes the order in the transaction in which the requirement is taken. */
export async function createInstantOrder(tx: Tx, deps: Deps, taking: InstantTaking): Promise<OrderRow> {
  const order = await createOrder(tx, deps, { ...taking, origin: 'instant' })
  await changeDeal(tx, order.id, async ({ milestones }) => {
    await post(tx, moveEscrow({ at: deps.clock.now(), requirementId: taking.requirementId, orderId: order.id, shares: milestones.map(milestone => ({ milestoneId: milestone.id, amount: milestone.price })) }))
    await startOrder(tx, deps, order, 'system')
    await fundMilestones(tx, deps, order, milestones, { paymentId: taking.paymentId, actor: 'system' })
    await moveOn(tx, deps, order.id)
  })
  return order
}
