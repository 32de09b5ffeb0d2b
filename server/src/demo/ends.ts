/** Holds what has come about against what the stories say must have. */
import { sql } from 'drizzle-orm'
import { orders as contracts } from '@miaodan/shared/orders/contract'
import type { OrderView } from '@miaodan/shared/orders/views'
import { payments } from '@miaodan/shared/payments/contract'
import { wallet } from '@miaodan/shared/payments/wallet-contract'
import { requirements as requirementContracts } from '@miaodan/shared/requirements/contract'
import { verifyBooks } from '../features/ledger/index.ts'
import { orders } from './content/orders/index.ts'
import { requirements } from './content/requirements/index.ts'
import type { OrderStory } from './content/types.ts'
import { known, type Stage } from './stage.ts'

/** @throws an Error that names every difference */
export async function checkEnds(stage: Stage): Promise<void> {
  const faults: string[] = []
  for (const story of orders) faults.push(...await orderFaults(stage, story))
  for (const { id, buyerId, state } of requirements) {
    const found = await known(stage.people, buyerId).call(requirementContracts.get, { params: { id: known(stage.requirements, id) } })
    if (found.state !== state) faults.push(`${id} is ${found.state}, not ${state}`)
  }
  const books = await verifyBooks(stage.deps.db)
  faults.push(...books.faults.map(fault => `the books: ${fault.check} of ${fault.subject}, ${fault.detail}`))
  faults.push(...await billFaults(stage))
  if (faults.length > 0) throw new Error(`The demo did not come out as told:\n${faults.join('\n')}`)
}

/** Seen by the provider: what is released is already gone for the buyer, and still on its way for the provider. */
async function orderFaults(stage: Stage, { id, providerId, ends, events }: OrderStory): Promise<string[]> {
  const order = await known(stage.people, providerId).call(contracts.get, { params: { id: known(stage.orders, id) } })
  const faults: string[] = []
  if (order.state !== ends.order) faults.push(`${id} is ${order.state}, not ${ends.order}`)
  const milestones = order.milestones.map(milestone => milestone.state)
  if (milestones.join() !== ends.milestones.join()) faults.push(`the milestones of ${id} are ${milestones.join()}, not ${ends.milestones.join()}`)
  if (ends.money && !moneyIs(order, ends.money)) faults.push(`no money of ${id} is ${ends.money}: ${order.milestones.map(milestone => milestone.where?.state ?? 'nowhere').join()}`)
  const taken = events.flatMap(event => (event.type === 'payout' ? [event.amountFen] : []))
  if (taken.length > 0) {
    const { items } = await known(stage.people, providerId).call(wallet.listPayouts, { query: { limit: 50 } })
    for (const amount of taken) if (!items.some(payout => payout.state === 'paid' && payout.amount.amount === amount)) faults.push(`${amount} fen of ${id} were not paid out`)
  }
  return faults
}

/** What was paid out had become available first. */
function moneyIs({ milestones }: OrderView, money: NonNullable<OrderStory['ends']['money']>): boolean {
  const state = money === 'paid_out' ? 'available' : money
  return milestones.some(milestone => milestone.where?.state === state)
}

/** The gateway's bill of every day on which money moved, against our books, as the finance desk compares them. */
async function billFaults(stage: Stage): Promise<string[]> {
  const days = await stage.deps.db.execute<{ day: string }>(sql`
    select distinct (at at time zone 'Asia/Shanghai')::date::text as day from (
      select received_at as at from payment_receipts union all select settled_at from refunds union all select ended_at from payouts
    ) as moved where at is not null order by day`)
  const faults: string[] = []
  for (const [index, { day }] of days.entries()) {
    // One person alone may not ask that often.
    const reader = known(stage.people, index % 2 === 0 ? 'finance' : 'owner')
    const { differences } = await reader.call(payments.reconcile, { query: { day } })
    faults.push(...differences.map(difference => `the bill of ${day}: ${difference.kind} ${difference.outNo} ${difference.reason}`))
  }
  return faults
}
