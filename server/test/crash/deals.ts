/** The load: whole deals over HTTP, each taking one of the ways a deal can go. */
import { setTimeout as delay } from 'node:timers/promises'
import { PAYOUT_MINIMUM } from '@miaodan/shared/payments/wallet-model'
import type { SandboxFault } from '../../src/ports/payments/sandbox-controls.ts'
import { selectionOf } from '../catalog.ts'
import { milestoneOf, termsOf, wire } from '../orders.ts'
import type { TestPerson } from '../people.ts'
import { PASSWORD, type Seller, type World } from './world.ts'

/** Each as often as it stands here. */
const FAULTS: readonly SandboxFault[] = ['normal', 'normal', 'normal', 'doubled', 'doubled', 'reordered', 'late', 'lost', 'wrong_amount', 'bad_signature']
const DIRECT_PRICE = 120_000
/** Larger ones wait for staff to approve them. */
const LARGEST_PAYOUT = 1_000_000n
const LOOKS = 40
const LOOK_EVERY_MS = 100
/** After so many looks a payer who came back from the cashier asks for the payment to be checked. */
const CHECK_AFTER_LOOKS = 4
const GATEWAY_TRIES = 200
/** What may be answered to somebody for whom time, or the other side, was faster. */
const TOO_LATE = new Set([
  'kernel.illegal_transition', 'payments.not_payable', 'payments.closed', 'payments.gateway_refused', 'accounts.identity_unconfirmed', 'payments.balance_too_low',
  'orders.refund_open', 'disputes.nothing_to_refund', 'disputes.order_not_running', 'disputes.decided_before', 'disputes.too_much',
])

const ENDED = new Set(['expired', 'cancelled'])

type Milestone = { id: string, state: string, price: { amount: string } }
type Order = { id: string, state: string, milestones: Milestone[], bill: { milestoneIds: string[], amount: { amount: string } } | null }
type Payment = { id: string, state: string, cashierUrl: string | null }
type Pair = { buyer: TestPerson, seller: Seller }

/** Thrown when time was faster; the deal is over for this client, and must be in order all the same. */
class Ended extends Error {}

/** Deals one after the other until the load is over. */
export async function trade(world: World): Promise<void> {
  while (!world.over) {
    const pair = { buyer: world.random.pick(world.buyers), seller: world.random.pick(world.sellers) }
    await deal(world, pair).catch(error => {
      if (!(error instanceof Ended)) throw error
    })
  }
}

async function deal(world: World, pair: Pair): Promise<void> {
  const { random } = world
  const direct = random.chance(0.5)
  const order = direct ? await orderDirectly(world, pair) : await agreeOnQuote(world, pair)
  if (random.chance(0.05)) return step(world, pair.buyer, `/orders/${order.id}/withdraw`, ['order', order.id, 'withdraw'])
  if (random.chance(0.05)) return
  if (!await pay(world, pair, order)) return
  if (direct) {
    // Time may have closed the order while it was being paid: then the money goes back.
    if (ENDED.has((await read(world, pair.buyer, order.id)).state)) return
    note(world, 'order', order.id, 'pay')
    if (random.chance(0.15)) return step(world, pair.seller.person, `/orders/${order.id}/decline`, ['order', order.id, 'decline'], { reason: '排期已满' })
    if (random.chance(0.05)) return
    await step(world, pair.seller.person, `/orders/${order.id}/accept`, ['order', order.id, 'accept'])
  }
  for (const milestone of order.milestones) {
    if (random.chance(0.05)) return
    const { bill } = await read(world, pair.buyer, order.id)
    if (bill?.milestoneIds.includes(milestone.id) && !await pay(world, pair, await read(world, pair.buyer, order.id))) return
    await step(world, pair.seller.person, `/milestones/${milestone.id}/deliver`, ['milestone', milestone.id, 'deliver'], { message: '请看', uploads: [], proofs: [] })
    if (random.chance(0.2)) {
      await askBack(world, pair, order, milestone)
      continue
    }
    // Silence accepts too, in the end.
    if (random.chance(0.15)) return
    await step(world, pair.buyer, `/milestones/${milestone.id}/accept`, ['milestone', milestone.id, 'accept'], { version: 1, amount: milestone.price })
  }
}

/** The buyer wants all of a delivered milestone back, or a part. The seller agrees, or leaves it to the three days. */
async function askBack(world: World, { buyer, seller }: Pair, order: Order, milestone: Milestone): Promise<void> {
  const { random } = world
  const price = BigInt(milestone.price.amount)
  const amount = random.chance(0.5) ? price : 1n + BigInt(random.below(Number(price)))
  const body = { cause: 'quality', message: '与约定不符', uploads: [], milestones: [{ id: milestone.id, amount: wire(amount) }] }
  const { items: [request] } = await must<{ items: { id: string }[] }>(world, buyer, `/orders/${order.id}/refund-requests`, body)
  if (!request) throw new Error('a refund request was made and not answered')
  world.told.requests.add(request.id)
  if (random.chance(0.6)) await step(world, seller.person, `/refund-requests/${request.id}/agree`, ['refund_request', request.id, 'agree'], { version: 1 })
}

async function orderDirectly(world: World, { buyer, seller }: Pair): Promise<Order> {
  const { id } = await must<{ id: string }>(world, buyer, '/orders', { serviceId: seller.serviceId, selection: selectionOf(), price: wire(DIRECT_PRICE) })
  world.told.orders.add(id)
  return read(world, buyer, id)
}

async function agreeOnQuote(world: World, { buyer, seller }: Pair): Promise<Order> {
  const milestones = Array.from({ length: 1 + world.random.below(3) }, () => milestoneOf({ price: wire(1_000 + world.random.below(99_000)) }))
  const quote = await must<{ id: string }>(world, seller.person, '/quotes', { buyerId: buyer.userId, title: '茶叶礼盒设计', terms: termsOf({ milestones }) })
  world.told.quotes.add(quote.id)
  const { orderId } = await must<{ orderId: string }>(world, buyer, `/quotes/${quote.id}/accept`, { version: 1 })
  note(world, 'quote', quote.id, 'accept')
  world.told.orders.add(orderId)
  return read(world, buyer, orderId)
}

/** Pays what is due, or the first milestone of it. Answers whether the order was seen to be paid. */
async function pay(world: World, { buyer }: Pair, order: Order): Promise<boolean> {
  const { random } = world
  if (!order.bill) throw new Ended()
  const ids = random.chance(0.3) ? order.bill.milestoneIds.slice(0, 1) : order.bill.milestoneIds
  const amount = order.milestones.filter(milestone => ids.includes(milestone.id)).reduce((sum, milestone) => sum + BigInt(milestone.price.amount), 0n)
  const payment = await must<Payment>(world, buyer, '/payments', { purpose: 'order', subjectId: order.id, channel: random.pick(['alipay', 'wechat']), milestoneIds: ids, amount: wire(amount) })
  world.told.payments.add(payment.id)
  if (random.chance(0.05)) return false
  const { cashierUrl } = await must<Payment>(world, buyer, `/payments/${payment.id}/open`)
  if (!cashierUrl) throw new Ended()
  const tradeNo = new URL(cashierUrl).pathname.split('/').at(-1) as string
  await atGateway(() => world.gateway.pay(tradeNo, { fault: random.pick(FAULTS) }))
  if (random.chance(0.1)) await atGateway(() => world.gateway.payAgain(tradeNo))
  return seenPaid(world, buyer, payment.id)
}

async function seenPaid(world: World, buyer: TestPerson, paymentId: string): Promise<boolean> {
  const impatient = world.random.chance(0.7)
  for (let look = 1; look <= LOOKS; look++) {
    const asks = impatient && look % CHECK_AFTER_LOOKS === 0
    const { body } = await world.client.call(buyer, asks ? 'POST' : 'GET', `/payments/${paymentId}${asks ? '/check' : ''}`)
    const { state } = body as Payment
    if (state === 'succeeded') {
      note(world, 'payment', paymentId, 'succeed')
      return true
    }
    if (state !== 'created' && state !== 'pending' && state !== undefined) return false
    await delay(LOOK_EVERY_MS)
  }
  return false
}

/** Takes money out, again and again. */
export async function takeOut(world: World): Promise<void> {
  while (!world.over) {
    await takeOutOnce(world, world.random.pick(world.sellers))
    await delay(LOOK_EVERY_MS * 5)
  }
}

/** All that is available, or a part of it. */
export async function takeOutOnce(world: World, { person, payoutAccountId }: Seller): Promise<void> {
  const { available } = (await world.client.call(person, 'GET', '/wallet')).body as { available: { amount: string } }
  const amount = BigInt(available.amount) / BigInt(1 + world.random.below(3))
  if (amount >= PAYOUT_MINIMUM) await payOut(world, person, payoutAccountId, amount < LARGEST_PAYOUT ? amount : LARGEST_PAYOUT)
}

async function payOut(world: World, person: TestPerson, accountId: string, amount: bigint): Promise<void> {
  try {
    const { id } = await must<{ id: string }>(world, person, '/me/identity-confirmations', { password: PASSWORD })
    world.told.payouts.add((await must<{ id: string }>(world, person, '/wallet/payouts', { accountId, amount: wire(amount), confirmationId: id })).id)
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  }
}

const read = async (world: World, person: TestPerson, id: string) => (await world.client.call(person, 'GET', `/orders/${id}`)).body as Order

async function must<T>(world: World, person: TestPerson, path: string, body?: object): Promise<T> {
  const answer = await world.client.call(person, 'POST', path, body)
  if (answer.status < 300) return answer.body
  const { code } = answer.body as { code: string }
  // A seller too many of whose deals were left lying takes no more of them.
  if (TOO_LATE.has(code) || code === 'orders.provider_full' || answer.status === 429) throw new Ended()
  throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
}

async function step(world: World, person: TestPerson, path: string, [entity, id, action]: [string, string, string], body?: object): Promise<void> {
  await must(world, person, path, body)
  note(world, entity, id, action)
}

function note(world: World, entity: string, id: string, action: string): void {
  world.told.steps.push({ entity, id, action })
}

/** The payer's hand. It tries again while the gateway is down; a second try of what was done changes nothing but the number of receipts. */
async function atGateway(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await act()
      return
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('The sandbox answered')) throw new Ended()
      if (attempt === GATEWAY_TRIES) throw error
      await delay(LOOK_EVERY_MS)
    }
  }
}
