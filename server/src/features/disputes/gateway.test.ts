/** Refunds of disputes leave through the gateway, in parts and repeatedly, and its bill and our books say the same. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { agreedOrder, done, milestoneOf, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { verifyBooks } from '../ledger/index.ts'

let t: TestApp
let finance: TestPerson
beforeAll(async () => {
  t = await createTestApp({ gateway: true })
  finance = await signUp(t, { staffRoles: ['finance'] })
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

type Refund = { state: string, amount: { amount: string }, reason: string }
const refundsOf = async (order: TestOrder): Promise<Refund[]> => (await done(order.buyer, 'GET', `/orders/${order.id}`)).papers.payments.flatMap((payment: { refunds: Refund[] }) => payment.refunds)

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 400; look++) {
    await t.worker.drain()
    if (await condition()) return
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('it did not happen')
}

/** Two milestones paid in one payment at the gateway. */
async function paidAtGateway(): Promise<TestOrder> {
  const order = await agreedOrder(t, { milestones: [milestoneOf(), milestoneOf({ title: '第二期' })] })
  const payment = await done(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'alipay', milestoneIds: order.milestoneIds, amount: wire(200_000) })
  await done(order.buyer, 'POST', `/payments/${payment.id}/open`)
  const [row] = await t.deps.sql`select trade_no from payments where id = ${payment.id}`
  await t.gateway.pay(row?.['trade_no'])
  await until(async () => (await done(order.buyer, 'GET', `/orders/${order.id}`)).state === 'in_progress')
  return order
}

async function refund(order: TestOrder, index: number, amount: number): Promise<void> {
  const { items: [request] } = await done(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, { cause: 'other', message: '退', uploads: [], milestones: [{ id: order.milestoneIds[index], amount: wire(amount) }] })
  await done(order.provider, 'POST', `/refund-requests/${request.id}/agree`, { version: 1 })
}

it('two partial refunds of one payment reach the payer’s channel, and the bill of the day agrees', async () => {
  const order = await paidAtGateway()
  await refund(order, 0, 30_001)
  await refund(order, 1, 9_999)
  await until(async () => (await refundsOf(order)).filter(item => item.state === 'succeeded').length === 2)
  expect((await refundsOf(order)).map(item => [item.amount.amount, item.reason]).toSorted()).toEqual([['30001', 'agreed'], ['9999', 'agreed']])
  const day = new Date(t.deps.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const { bill, books, differences } = await done(finance, 'GET', `/payments/reconciliation?day=${day}`)
  expect(differences).toEqual([])
  expect(bill).toEqual(books)
  expect(bill.refund).toEqual({ count: 2, amount: wire(40_000) })
})
