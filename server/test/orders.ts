/** Orders for everybody's tests, made by the steps people take. Money comes from a balance, so that no gateway is needed. */
import { receiveSuspense, creditSuspense, post } from '../src/features/ledger/index.ts'
import { newId } from '../src/kernel/ids.ts'
import { inTransaction } from '../src/kernel/tx.ts'
import type { TestApp } from './app.ts'
import { signUp, type TestPerson } from './people.ts'

export type WireMilestone = { title: string, price: { amount: string, currency: 'CNY' }, days: number, checklist: string[] }
export type TestOrder = { id: string, milestoneIds: string[], buyer: TestPerson, provider: TestPerson }

export const wire = (amount: bigint | number) => ({ amount: String(amount), currency: 'CNY' as const })
export const milestoneOf = (overrides: Partial<WireMilestone> = {}): WireMilestone => ({ title: '设计定稿', price: wire(100_000), days: 5, checklist: ['源文件', '效果图两张'], ...overrides })
export const termsOf = (overrides: { message?: string, revisions?: number | null, milestones?: WireMilestone[] } = {}) => ({ message: '按您的需求报价', revisions: 2, milestones: [milestoneOf()], ...overrides })

/** A call with a fresh Idempotency-Key. */
export const send = (person: TestPerson, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  person.inject({ method, url: `/api/v1${url}`, headers: { 'idempotency-key': newId() }, ...(payload && { payload }) })

/** The same, for what must succeed. */
export async function done(person: TestPerson, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const response = await send(person, method, url, payload)
  if (response.statusCode >= 300) throw new Error(`${method} ${url} answered ${response.statusCode}: ${response.body}`)
  return response.json()
}

export async function giveBalance(t: TestApp, userId: string, amount: bigint): Promise<void> {
  const facts = { at: t.deps.clock.now(), paymentId: newId(), payerId: userId, channel: 'alipay', receipt: newId(), amount }
  await inTransaction(t.deps.db, async tx => {
    await post(tx, receiveSuspense(facts))
    await post(tx, creditSuspense(facts))
  })
}

export async function twoPeople(t: TestApp): Promise<{ buyer: TestPerson, provider: TestPerson }> {
  return { buyer: await signUp(t), provider: await signUp(t, { roles: ['buyer', 'provider'] }) }
}

/** An order agreed by quote, waiting for payment. */
export async function agreedOrder(t: TestApp, terms: Parameters<typeof termsOf>[0] = {}, people?: { buyer: TestPerson, provider: TestPerson }): Promise<TestOrder> {
  const { buyer, provider } = people ?? await twoPeople(t)
  const quote = await done(provider, 'POST', '/quotes', { buyerId: buyer.userId, title: '茶叶礼盒设计', terms: termsOf(terms) })
  const { orderId } = await done(buyer, 'POST', `/quotes/${quote.id}/accept`, { version: 1 })
  return { id: orderId, milestoneIds: (await done(buyer, 'GET', `/orders/${orderId}`)).milestones.map((milestone: { id: string }) => milestone.id), buyer, provider }
}

/** Pays all that is unpaid, or the first `count` milestones of it. */
export async function pay(t: TestApp, order: Pick<TestOrder, 'id' | 'buyer'>, count?: number): Promise<void> {
  const { bill, milestones } = await done(order.buyer, 'GET', `/orders/${order.id}`)
  const ids: string[] = count === undefined ? bill.milestoneIds : bill.milestoneIds.slice(0, count)
  const amount = (milestones as { id: string, price: { amount: string }, coupon: { amount: string } }[]).filter(milestone => ids.includes(milestone.id)).reduce((sum, milestone) => sum + BigInt(milestone.price.amount) - BigInt(milestone.coupon.amount), 0n)
  await giveBalance(t, order.buyer.userId, amount)
  await done(order.buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'balance', milestoneIds: ids, amount: wire(amount) })
}

/** An order under way, all milestones paid. */
export async function runningOrder(t: TestApp, terms: Parameters<typeof termsOf>[0] = {}, people?: { buyer: TestPerson, provider: TestPerson }): Promise<TestOrder> {
  const order = await agreedOrder(t, terms, people)
  await pay(t, order)
  return order
}

export const deliver = (order: TestOrder, index = 0) => done(order.provider, 'POST', `/milestones/${order.milestoneIds[index]}/deliver`, { message: '请看', uploads: [], proofs: [] })
