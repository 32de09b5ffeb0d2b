/** How the increase of an agreed change order is paid: into the escrows it raises, and only then the change holds. */
import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { ProblemError } from '@miaodan/shared/kernel/problem'
import { changeOrderLifecycle } from '@miaodan/shared/orders/lifecycle'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { cancelDeadlines } from '../../kernel/deadlines.ts'
import { transition } from '../../kernel/transition.ts'
import { fundEscrow, payFromBalance } from '../ledger/index.ts'
import type { Payable, PaymentRow, Settlement } from '../payments/index.ts'
import { applyChange } from './change-apply.ts'
import { changeFacts, keepOpenChange, lockChange, outcomeNow, storedTerms } from './changing.ts'
import type { Deal } from './deal.ts'
import { changeOrders } from './tables.ts'

const partsSchema = z.object({ changeId: z.string() })

/** The change order this payment is for, if it is for one. */
export const changePaidBy = (payment: Pick<PaymentRow, 'parts'>): string | null => partsSchema.safeParse(payment.parts).data?.changeId ?? null

export async function billOfChange(executor: Executor, deal: Deal, changeId: string): ReturnType<Payable['bill']> {
  const [change] = await executor.select().from(changeOrders).where(and(eq(changeOrders.id, changeId), eq(changeOrders.orderId, deal.order.id)))
  if (!change) throw problem('kernel.not_found')
  if (change.state !== 'awaiting_payment' || !change.payBy) throw problem('payments.not_payable')
  const { effect } = await outcomeNow(executor, deal, storedTerms(change))
  return { amount: effect.pay, title: deal.order.title, expiresAt: change.payBy, parts: { changeId } }
}

/** The order's row is locked. Money that comes when the change can no longer be made goes back by itself. */
export async function settleChange(tx: Tx, deps: Deps, payment: PaymentRow, deal: Deal, changeId: string): Promise<Settlement> {
  const { order } = deal
  const change = await lockChange(tx, changeId)
  if (change.state === 'applied') return { accepted: false, reason: 'double_payment' }
  const outcome = change.state === 'awaiting_payment' ? await outcomeNow(tx, deal, storedTerms(change)).catch(refused) : null
  if (outcome?.effect.pay.amount !== payment.amount) return { accepted: false, reason: 'too_late' }
  const shares = await applyChange(tx, deps, deal, outcome, payment.id)
  await transition(tx, deps.clock, changeOrderLifecycle, changeOrders, {
    id: changeId, action: 'pay', actor: 'gateway', key: order.id, set: { endedAt: deps.clock.now() }, data: { ...changeFacts(order, change, outcome, 'buyer'), paymentId: payment.id },
  })
  await cancelDeadlines(tx, changeOrderLifecycle.name, changeId)
  await keepOpenChange(tx, order.id)
  const facts = { at: deps.clock.now(), orderId: order.id, paymentId: payment.id, payerId: payment.payerId, shares }
  return { accepted: true, entry: payment.channel === 'balance' ? payFromBalance(facts) : fundEscrow({ ...facts, channel: payment.channel }) }
}

function refused(error: unknown): null {
  if (error instanceof ProblemError) return null
  throw error
}
