/** How an order is paid: what is due, and what happens in the transaction in which the money is recorded. */
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { together } from '../../kernel/statement.ts'
import { fundEscrow, payFromBalance } from '../ledger/index.ts'
import type { Payable, PaymentRow, Settlement } from '../payments/index.ts'
import { billOfChange, changePaidBy, settleChange } from './change-payable.ts'
import { keepNext, lockDeal, readDeal, type Deal } from './deal.ts'
import { fundMilestones, moveOn, payOrder, startOrder } from './funding.ts'
import { sumOf, toPay } from './money.ts'
import type { MilestoneRow } from './tables.ts'

const partsSchema = z.object({ milestoneIds: z.array(z.string()).min(1) })

export const orderPayable: Payable<Deal> = {
  async bill(executor, deps, orderId, payerId, wanted) {
    const deal = await readDeal(executor, orderId)
    if (deal?.order.buyerId !== payerId) throw problem('kernel.not_found')
    if (wanted.changeId) return billOfChange(executor, deal, wanted.changeId)
    const due = dueNow(deal, wanted.milestoneIds)
    const { order } = deal
    return {
      amount: fen(sumOf(due, toPay)), coupon: fen(sumOf(due, milestone => milestone.coupon)), title: order.title,
      expiresAt: order.state === 'pending_payment' && order.payBy ? order.payBy : after(deps.clock.now(), order.rules.payWithin),
      parts: { milestoneIds: due.map(milestone => milestone.id) },
    }
  },
  lock: lockDeal,
  async settle(tx, deps, payment, deal) {
    const changeId = changePaidBy(payment)
    if (changeId === null) return settleMilestones(tx, deps, payment, deal)
    const settlement = await settleChange(tx, deps, payment, deal, changeId)
    await keepNext(tx, deal.order.id)
    return settlement
  },
}

/** All that is unpaid, or the part of it that was named: from the first on, without gaps. */
function dueNow({ order, milestones }: Deal, wanted: readonly string[] | undefined): MilestoneRow[] {
  if (order.state !== 'pending_payment' && order.state !== 'in_progress') throw problem('payments.not_payable')
  const unpaid = milestones.filter(milestone => milestone.state === 'planned')
  if (unpaid.length === 0) throw problem('payments.not_payable')
  if (!wanted) return unpaid
  const due = unpaid.slice(0, new Set(wanted).size)
  if (due.some(milestone => !wanted.includes(milestone.id))) throw problem('orders.milestones_in_order', { position: unpaid[0]?.position ?? 1 }, { field: 'body.milestoneIds' })
  return due
}

function settleMilestones(tx: Tx, deps: Deps, payment: PaymentRow, deal: Deal): Settlement {
  const { order, milestones } = deal
  if (order.state === 'expired' || order.state === 'cancelled') return { accepted: false, reason: 'too_late' }
  const { milestoneIds } = partsSchema.parse(payment.parts)
  const paid = milestones.filter(milestone => milestoneIds.includes(milestone.id))
  const open = order.state === 'pending_payment' || order.state === 'in_progress'
  if (!open || paid.some(milestone => milestone.state !== 'planned')) return { accepted: false, reason: 'double_payment' }
  // A change of price was agreed or another coupon chosen while the payer was at the cashier: this is not what is due any more.
  if (sumOf(paid, toPay) !== payment.amount) return { accepted: false, reason: 'too_late' }
  const facts = { at: deps.clock.now(), orderId: order.id, paymentId: payment.id, payerId: payment.payerId, shares: paid.map(milestone => ({ milestoneId: milestone.id, amount: milestone.price, coupon: milestone.coupon })) }
  return { accepted: true, moved: move(tx, deps, payment, deal, paid), entry: payment.channel === 'balance' ? payFromBalance(facts) : fundEscrow({ ...facts, channel: payment.channel }) }
}

async function move(tx: Tx, deps: Deps, payment: PaymentRow, deal: Deal, paid: readonly MilestoneRow[]): Promise<void> {
  const { order } = deal
  const isFirst = order.state === 'pending_payment'
  const waitsForProvider = isFirst && order.origin === 'direct'
  await together([
    isFirst && (waitsForProvider ? payOrder(tx, deps, deal) : startOrder(tx, deps, order, 'gateway')),
    fundMilestones(tx, deps, order, paid, { paymentId: payment.id, actor: 'gateway' }),
  ])
  if (waitsForProvider) return
  await moveOn(tx, deps, order.id)
  await keepNext(tx, order.id)
}
