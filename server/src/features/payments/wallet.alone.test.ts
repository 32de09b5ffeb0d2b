/** The wallet's pages of the books, vouchers, and the comparison with the gateway's bill. */
import { eq } from 'drizzle-orm'
import { extractText, getMeta } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { giveBalance } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { addAccount, passwordHashed, payOut } from '../../../test/wallet.ts'
import { newId } from '../../kernel/ids.ts'
import { accountsFeature } from '../accounts/index.ts'
import { fundRequirement, ledgerFeature } from '../ledger/index.ts'
import { chineseAmount } from './chinese-amount.ts'
import { offerDeals, paymentsFeature, registerPayable, type Deal } from './index.ts'
import { payoutArrivesBy } from './payout-times.ts'
import { paymentReceipts, payments } from './tables.ts'
import { historyOf } from './wallet.ts'

let t: TestApp
let buyer: TestPerson
let seller: TestPerson
let staff: TestPerson
beforeAll(async () => {
  t = await createTestApp({ features: [accountsFeature, ledgerFeature, paymentsFeature], gateway: true })
  buyer = await signUp(t, { displayName: '小满咖啡', passwordHash: await passwordHashed() })
  seller = await signUp(t, { displayName: '拾光品牌设计' })
  staff = await signUp(t, { staffRoles: ['finance'] })
})
afterAll(() => t.close())

const deals: Deal[] = []
offerDeals(async (_executor, ids) => deals.filter(deal => ids.includes(deal.requirementId ?? '')))
registerPayable('requirement', {
  bill: async (_executor, deps, id) => {
    if (!deals.some(deal => deal.requirementId === id)) throw problem('payments.not_payable')
    return { amount: fen(225_600n), title: '菜单设计', expiresAt: new Date(deps.clock.now().getTime() + 30 * 60_000), parts: {} }
  },
  lock: async () => undefined,
  settle: async (_tx, deps, payment) => ({
    accepted: true, entry: fundRequirement({ at: deps.clock.now(), requirementId: payment.subjectId, paymentId: payment.id, payerId: payment.payerId, channel: payment.channel, amount: payment.amount }),
  }),
})

const get = (person: TestPerson, path: string) => person.inject({ method: 'GET', url: `/api/v1${path}` })
const post = (person: TestPerson, path: string, payload: object = {}) => person.inject({ method: 'POST', url: `/api/v1${path}`, headers: { 'idempotency-key': newId() }, payload })

async function until(condition: () => Promise<boolean>) {
  for (let look = 0; look < 400; look++) {
    await t.worker.drain()
    if (await condition()) return
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('it did not happen')
}

async function newPayment(channel: 'alipay' | 'balance') {
  const requirementId = newId()
  const deal: Deal = { orderId: newId(), requirementId, number: `MD-${requirementId.slice(-6)}`, title: '菜单设计', buyerName: '小满咖啡', providerId: seller.userId, providerName: '拾光品牌设计' }
  deals.push(deal)
  const payment = (await post(buyer, '/payments', { purpose: 'requirement', subjectId: requirementId, channel, amount: { amount: '225600', currency: 'CNY' } })).json()
  return { id: payment.id as string, deal }
}

const rowOf = async (id: string) => (await t.deps.db.select().from(payments).where(eq(payments.id, id)))[0]

async function paid() {
  const payment = await newPayment('alipay')
  await post(buyer, `/payments/${payment.id}/open`)
  await t.gateway.pay((await rowOf(payment.id))?.tradeNo ?? '')
  await until(async () => (await rowOf(payment.id))?.state === 'succeeded')
  return payment
}

describe('the wallet', () => {
  it('tells what moved with what it was for, by group and by page', async () => {
    await giveBalance(t, buyer.userId, 500_000n)
    const { id, deal } = await newPayment('balance')
    const all = (await get(buyer, '/wallet/entries')).json()
    expect(all.items).toMatchObject([
      { kind: 'escrow.funded_from_balance', change: { amount: '-225600' }, balance: { amount: '274400' }, title: '菜单设计', orderId: deal.orderId, voucherOf: id },
      { kind: 'suspense.credited', change: { amount: '500000' }, balance: { amount: '500000' } },
    ])
    expect((await get(buyer, '/wallet/entries?group=paid')).json().items).toHaveLength(1)
    expect((await get(buyer, '/wallet/entries?group=earned')).json()).toEqual({ items: [], next: null })
    const first = (await get(buyer, '/wallet/entries?limit=1')).json()
    expect([...first.items, ...(await get(buyer, `/wallet/entries?limit=1&cursor=${first.next}`)).json().items]).toEqual(all.items)
    expect((await get(seller, '/wallet/entries')).json().items).toEqual([])
    expect((await get(buyer, '/wallet')).json()).toMatchObject({ available: { amount: '274400' }, clearing: { amount: '0' }, inPayout: { amount: '0' }, returning: { amount: '0' } })
  })

  it('knows when a payout is there', () => {
    expect(payoutArrivesBy(new Date('2026-11-22T07:59:00Z')).toISOString()).toBe('2026-11-22T10:00:00.000Z')
    expect(payoutArrivesBy(new Date('2026-11-22T08:00:00Z')).toISOString()).toBe('2026-11-23T04:00:00.000Z')
    expect(payoutArrivesBy(new Date('2026-11-22T16:30:00Z')).toISOString()).toBe('2026-11-23T10:00:00.000Z')
  })
})

describe('a voucher', () => {
  it('is a PDF with the amount, the order and Chinese text, for who paid and who was paid', async () => {
    const { id, deal } = await paid()
    for (const person of [buyer, seller]) {
      const answer = await get(person, `/payments/${id}/voucher`)
      expect(answer.headers).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': expect.stringContaining(deal.number) })
      const { text } = await extractText(new Uint8Array(answer.rawPayload), { mergePages: true })
      for (const part of ['支付凭证', '¥2,256.00', '贰仟贰佰伍拾陆元整', deal.number, '小满咖啡', '拾光品牌设计', (await rowOf(id))?.tradeNo ?? 'a trade']) expect(text).toContain(part)
      expect((await getMeta(new Uint8Array(answer.rawPayload))).info).toMatchObject({ Title: `支付凭证 ${deal.number}` })
    }
    expect((await get(buyer, '/wallet/vouchers?limit=1')).json().items).toMatchObject([{ paymentId: id, amount: { amount: '225600' } }])
  })

  it('is not there for anybody else, nor before the money is', async () => {
    const { id } = await paid()
    expect((await get(staff, `/payments/${id}/voucher`)).statusCode).toBe(404)
    expect((await t.app.inject({ method: 'GET', url: `/api/v1/payments/${id}/voucher` })).statusCode).toBe(401)
    expect((await get(buyer, `/payments/${newId()}/voucher`)).statusCode).toBe(404)
    expect((await get(buyer, `/payments/${(await newPayment('alipay')).id}/voucher`)).json().code).toBe('payments.no_voucher')
  })

  it.each([[0n, '零元整'], [5n, '伍分'], [1_005n, '壹拾元零伍分'], [128_050n, '壹仟贰佰捌拾元伍角整'], [2_000_500n, '贰万零伍元整'], [10_010_005n, '壹拾万零壹佰元零伍分'], [1_000_000_000n, '壹仟万元整']])('writes %s fen out', (amount, text) => {
    expect(chineseAmount(amount)).toBe(text)
  })
})

describe('reconciliation', () => {
  const today = () => new Date(t.deps.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const reconcile = async () => (await get(staff, `/payments/reconciliation?day=${today()}`)).json()

  it('agrees with the bill of the day, and finds what was planted', async () => {
    const payment = await paid()
    const account = (await addAccount(buyer)).json()
    const payout = (await payOut(buyer, account.id, 4_400n)).json()
    await until(async () => (await get(buyer, `/wallet/payouts/${payout.id}`)).json().state === 'paid')
    const before = await reconcile()
    expect(before).toMatchObject({ differences: [], gateway: 'sandbox' })
    expect(before.books).toEqual(before.bill)
    expect(before.bill.transfer).toEqual({ count: 1, amount: { amount: '4400', currency: 'CNY' } })

    const tradeNo = (await rowOf(payment.id))?.tradeNo ?? ''
    await t.deps.db.update(paymentReceipts).set({ amount: 225_601n }).where(eq(paymentReceipts.tradeNo, tradeNo))
    expect((await reconcile()).differences).toEqual([{ kind: 'payment', outNo: payment.id, no: tradeNo, reason: 'amount', bill: { amount: '225600', currency: 'CNY' }, books: { amount: '225601', currency: 'CNY' } }])
    await t.deps.db.update(paymentReceipts).set({ amount: 225_600n, tradeNo: 'never-there' }).where(eq(paymentReceipts.tradeNo, tradeNo))
    expect((await reconcile()).differences).toMatchObject([{ reason: 'missing_here', no: tradeNo, books: null }, { reason: 'missing_there', no: 'never-there', bill: null }])
    await t.deps.db.update(paymentReceipts).set({ tradeNo }).where(eq(paymentReceipts.tradeNo, 'never-there'))
  })

  it('of a day that is over happens by itself: a second payment nobody told of is found on the bill and goes back', async () => {
    const payment = await paid()
    const tradeNo = (await rowOf(payment.id))?.tradeNo ?? ''
    const { tradeNo: second } = await t.gateway.payAgain(tradeNo, 'lost')
    const day = today()
    await t.advance(2 * 86_400_000)
    const listed = async () => (await get(await signUp(t, { staffRoles: ['finance'] }), '/payments/reconciliations')).json().items.find((item: { day: string }) => item.day === day)
    await until(async () => await listed() !== undefined)
    expect(await listed()).toMatchObject({ found: 1, differences: 0 })
    const [receipt] = await t.deps.db.select().from(paymentReceipts).where(eq(paymentReceipts.tradeNo, second))
    expect(receipt).toMatchObject({ paymentId: payment.id, outcome: 'returned', reason: 'double_payment' })
    await until(async () => (await t.deps.sql`select state from refunds where trade_no = ${second}`)[0]?.['state'] === 'succeeded')
  })

  it('is for finance, and for days that have come', async () => {
    expect((await get(buyer, `/payments/reconciliation?day=${today()}`)).statusCode).toBe(403)
    expect((await get(staff, '/payments/reconciliation?day=2999-01-01')).json().code).toBe('payments.day_not_over')
    expect((await get(staff, '/payments/reconciliation?day=yesterday')).statusCode).toBe(422)
  })
})

/** At the end: it moves the clock so far that everybody is signed out. */
it('draws the balance as it was at the end of each day of the last thirty', async () => {
  const person = await signUp(t)
  await giveBalance(t, person.userId, 1_000n)
  await t.advance(31 * 86_400_000)
  await giveBalance(t, person.userId, 200n)
  await giveBalance(t, person.userId, 30n)
  await t.advance(86_400_000)
  await giveBalance(t, person.userId, 4n)
  const history = await historyOf(t.deps.db, t.deps, person.userId)
  expect(history.opening).toEqual(fen(1_000n))
  expect(history.steps.map(step => step.balance.amount)).toEqual([1_230n, 1_234n])
})
