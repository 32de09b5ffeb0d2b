/** Payments against a real sandbox gateway: every way a callback goes wrong, and what must then be in the books. */
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { defineFeature, type Viewer } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction } from '../../kernel/tx.ts'
import type { SandboxFault } from '../../ports/payments/sandbox-controls.ts'
import { balanceOf, fundRequirement, post, refundRequirement } from '../ledger/index.ts'
import { paymentsFeature, registerPayable, requestRefund } from './index.ts'
import { requestPayout } from './payouts.ts'
import { payments, payoutAccounts, payouts, refunds } from './tables.ts'

const payer: Viewer = { userId: newId(), sessionId: newId(), roles: ['buyer'], staffRoles: [] }
const people = defineFeature({ name: 'people', authenticate: async request => (request.cookies['name'] === 'payer' ? payer : { ...payer, userId: '01900000-0000-7000-8000-000000000000' }) })

/** Things to pay for: open until they are paid once. */
const things = new Map<string, { amount: bigint, state: 'open' | 'paid' | 'gone' }>()
registerPayable('requirement', {
  bill: async (_executor, deps, id) => {
    const thing = things.get(id)
    if (thing?.state !== 'open') throw problem('payments.not_payable')
    return { amount: fen(thing.amount), title: '测试需求', expiresAt: new Date(deps.clock.now().getTime() + 30 * 60_000), parts: {} }
  },
  lock: async () => undefined,
  settle: async (_tx, deps, payment) => {
    const thing = things.get(payment.subjectId)
    if (thing?.state !== 'open') return { accepted: false, reason: thing?.state === 'paid' ? 'double_payment' : 'too_late' }
    thing.state = 'paid'
    return { accepted: true, entry: fundRequirement({ at: deps.clock.now(), requirementId: payment.subjectId, paymentId: payment.id, payerId: payment.payerId, channel: payment.channel, amount: payment.amount }) }
  },
})

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ features: [people, paymentsFeature], gateway: true })
})
afterAll(() => t.close())

const call = (method: 'GET' | 'POST', url: string, payload?: object, name = 'payer') =>
  t.app.inject({ method, url: `/api/v1${url}`, cookies: { name }, headers: { 'idempotency-key': newId(), 'accept-language': 'en' }, ...(payload && { payload }) })

async function opened(amount = 680_000n) {
  const subjectId = newId()
  things.set(subjectId, { amount, state: 'open' })
  const created = (await call('POST', '/payments', { purpose: 'requirement', subjectId, channel: 'alipay', amount: { amount: amount.toString(), currency: 'CNY' } })).json()
  const payment = (await call('POST', `/payments/${created.id}/open`)).json()
  expect(payment).toMatchObject({ state: 'pending', cashierUrl: expect.stringContaining(t.gateway.url) })
  return { id: payment.id as string, subjectId, amount, tradeNo: await tradeOf(payment.id) }
}

const tradeOf = async (id: string) => (await t.deps.db.select().from(payments).where(eq(payments.id, id)))[0]?.tradeNo as string
const stateOf = async (id: string) => (await t.deps.db.select().from(payments).where(eq(payments.id, id)))[0]?.state
const held = (subjectId: string) => balanceOf(t.deps.db, accountOf.requirementEscrow(subjectId))
const refundsOf = (paymentId: string) => t.deps.db.select().from(refunds).where(eq(refunds.paymentId, paymentId))
const atGateway = () => balanceOf(t.deps.db, accountOf.gateway('alipay'))

/** Waits for what the gateway does by itself, a network away; each look lets the worker do its part. */
async function until(condition: () => Promise<boolean>) {
  for (let look = 0; look < 400; look++) {
    await t.deps.db.execute(sql`update refunds set next_attempt_at = now() where next_attempt_at is not null`)
    await t.deps.db.execute(sql`update payouts set next_attempt_at = now() where next_attempt_at is not null`)
    await t.worker.drain()
    if (await condition()) return
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('it did not happen')
}

describe('a payment', () => {
  it.each<SandboxFault>(['normal', 'doubled', 'reordered'])('whose callback is %s is held in escrow once', async fault => {
    const payment = await opened()
    await t.gateway.pay(payment.tradeNo, { fault })
    await until(async () => await stateOf(payment.id) === 'succeeded')
    await t.worker.drain()
    expect(await held(payment.subjectId)).toBe(payment.amount)
    expect(await refundsOf(payment.id)).toHaveLength(0)
  })

  it.each<SandboxFault>(['wrong_amount', 'bad_signature', 'lost'])('whose callback is %s is found by asking the gateway', async fault => {
    const payment = await opened()
    await t.gateway.pay(payment.tradeNo, { fault })
    await t.deps.db.execute(sql`update payments set query_at = ${t.deps.clock.now().toISOString()} where id = ${payment.id}`)
    await until(async () => await stateOf(payment.id) === 'succeeded')
    expect(await held(payment.subjectId)).toBe(payment.amount)
  })

  it('is settled once when the callback, the poll and the payer\'s return come together', async () => {
    const payment = await opened()
    await t.gateway.pay(payment.tradeNo, { fault: 'doubled' })
    await Promise.all(Array.from({ length: 6 }, () => call('POST', `/payments/${payment.id}/check`)))
    await until(async () => await stateOf(payment.id) === 'succeeded')
    expect(await held(payment.subjectId)).toBe(payment.amount)
  })

  it('made twice by the payer is refunded by itself, the second one', async () => {
    const before = await atGateway()
    const payment = await opened()
    await t.gateway.pay(payment.tradeNo)
    await until(async () => await stateOf(payment.id) === 'succeeded')
    await t.gateway.payAgain(payment.tradeNo)
    await until(async () => (await refundsOf(payment.id)).some(refund => refund.state === 'succeeded'))
    expect(await refundsOf(payment.id)).toMatchObject([{ reason: 'double_payment', amount: payment.amount, state: 'succeeded' }])
    expect(await held(payment.subjectId)).toBe(payment.amount)
    expect(await atGateway()).toBe(before - payment.amount)
  })

  it('made twice, of which only the second is heard of, is asked about and the first refunded', async () => {
    const before = await atGateway()
    const payment = await opened()
    await t.gateway.pay(payment.tradeNo, { fault: 'lost' })
    await t.gateway.payAgain(payment.tradeNo)
    await until(async () => (await refundsOf(payment.id)).some(refund => refund.state === 'succeeded'))
    expect(await refundsOf(payment.id)).toMatchObject([{ reason: 'double_payment', tradeNo: payment.tradeNo, state: 'succeeded' }])
    expect(await held(payment.subjectId)).toBe(payment.amount)
    expect(await atGateway()).toBe(before - payment.amount)
  })

  it('for a thing that is gone by then is refunded by itself', async () => {
    const payment = await opened()
    const thing = things.get(payment.subjectId)
    if (thing) thing.state = 'gone'
    await t.gateway.pay(payment.tradeNo)
    await until(async () => (await refundsOf(payment.id)).some(refund => refund.state === 'succeeded'))
    expect(await held(payment.subjectId)).toBe(0n)
  })

  it('that the gateway will not take back ends in the payer\'s balance, and can be spent from there', async () => {
    const payment = await opened(50_000n)
    const thing = things.get(payment.subjectId)
    if (thing) thing.state = 'gone'
    await t.gateway.settleBy('fail')
    await t.gateway.pay(payment.tradeNo)
    await until(async () => (await refundsOf(payment.id)).some(refund => refund.state === 'credited'))
    await t.gateway.settleBy('auto')
    expect(await balanceOf(t.deps.db, accountOf.available(payer.userId))).toBe(50_000n)
    const subjectId = newId()
    things.set(subjectId, { amount: 30_000n, state: 'open' })
    const body = { purpose: 'requirement', subjectId, channel: 'balance', amount: { amount: '30000', currency: 'CNY' } }
    expect((await call('POST', '/payments', body)).json()).toMatchObject({ state: 'succeeded' })
    expect(await held(subjectId)).toBe(30_000n)
    const dearer = newId()
    things.set(dearer, { amount: 20_001n, state: 'open' })
    expect((await call('POST', '/payments', { ...body, subjectId: dearer, amount: { amount: '20001', currency: 'CNY' } })).json()).toMatchObject({ code: 'payments.balance_too_low', status: 409 })
    expect(await held(dearer)).toBe(0n)
  })

  it('that is never made is closed at the gateway when its time is over', async () => {
    const payment = await opened()
    await t.advance(31 * 60_000)
    await until(async () => await stateOf(payment.id) === 'expired')
    await t.gateway.pay(payment.tradeNo).catch(() => {})
    expect((await t.deps.gateway.queryPayment({ outTradeNo: payment.id }))?.state).toBe('closed')
    expect(await held(payment.subjectId)).toBe(0n)
    expect((await call('POST', `/payments/${payment.id}/open`)).json().code).toBe('payments.closed')
  })

  it('of somebody else is not there, and a price the payer was not shown is refused', async () => {
    const payment = await opened()
    expect((await call('GET', `/payments/${payment.id}`, undefined, 'stranger')).statusCode).toBe(404)
    const subjectId = newId()
    things.set(subjectId, { amount: 10_000n, state: 'open' })
    const wrong = (amount: unknown, currency = 'CNY') => call('POST', '/payments', { purpose: 'requirement', subjectId, channel: 'alipay', amount: { amount, currency } })
    expect((await wrong('9999')).json().code).toBe('payments.amount_changed')
    for (const amount of ['0', '-1', '1.5', '99999999999999999999', 100]) expect((await wrong(amount)).json()).toMatchObject({ status: 422 })
    expect((await wrong('10000', 'USD')).json()).toMatchObject({ status: 422, errors: [{ field: 'body.amount.currency' }] })
  })

  it('is refunded in part and then in full, and never beyond', async () => {
    const payment = await opened(10_000n)
    await t.gateway.pay(payment.tradeNo)
    await until(async () => await stateOf(payment.id) === 'succeeded')
    const refund = (amount: bigint) => inTransaction(t.deps.db, async tx => {
      const refundId = newId()
      await post(tx, refundRequirement({ at: t.deps.clock.now(), refundId, requirementId: payment.subjectId, payerId: payer.userId, paymentId: payment.id, amount }))
      await requestRefund(tx, t.deps, { id: refundId, payment, amount, source: 'escrow', reason: 'agreed' })
    })
    await refund(4_000n)
    await until(async () => await stateOf(payment.id) === 'refunded')
    await refund(6_000n)
    await until(async () => (await refundsOf(payment.id)).every(row => row.state === 'succeeded'))
    await expect(refund(1n)).rejects.toThrow()
    expect(await held(payment.subjectId)).toBe(0n)
  })
})

describe('a payout', () => {
  const give = async (amount: bigint) => {
    const payment = await opened(amount)
    const thing = things.get(payment.subjectId)
    if (thing) thing.state = 'gone'
    await t.gateway.settleBy('fail')
    await t.gateway.pay(payment.tradeNo)
    await until(async () => (await refundsOf(payment.id)).some(refund => refund.state === 'credited'))
    await t.gateway.settleBy('auto')
  }
  const account = async () => {
    const id = newId()
    await t.deps.db.insert(payoutAccounts).values({ id, userId: payer.userId, channel: 'alipay', holderName: '周敏', accountCipher: t.deps.fields.seal('6222020000006021', `payout-account:${id}`), accountIndex: id, accountTail: '6021', createdAt: t.deps.clock.now() })
    return id
  }
  const payoutState = async (id: string) => (await t.deps.db.select().from(payouts).where(eq(payouts.id, id)))[0]?.state
  const balance = () => balanceOf(t.deps.db, accountOf.available(payer.userId))

  it('leaves the balance at once and is paid, or comes back with its reason', async () => {
    await give(70_000n)
    const start = await balance()
    const accountId = await account()
    const ask = (amount: bigint) => inTransaction(t.deps.db, tx => requestPayout(tx, t.deps, payer.userId, { accountId, amount }))
    const first = await ask(30_000n)
    expect(await balance()).toBe(start - 30_000n)
    await until(async () => await payoutState(first.id) === 'paid')
    await t.gateway.settleBy('fail')
    const second = await ask(20_000n)
    await until(async () => await payoutState(second.id) === 'failed')
    await t.gateway.settleBy('auto')
    expect(await balance()).toBe(start - 30_000n)
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => ask(start - 30_000n)))
    expect(tries.filter(result => result.status === 'fulfilled')).toHaveLength(1)
    expect(await balance()).toBe(0n)
  })
})
