import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chinaDay } from './numbers.ts'
import { readPublicKey } from './keys.ts'
import { verifyText } from './signature.ts'
import { call, startReceiver, startTestGateway, type Receiver, type TestGateway } from './testing.ts'

let gateway: TestGateway
let merchant: Receiver
let last = 0

beforeAll(async () => {
  gateway = await startTestGateway()
  merchant = await startReceiver()
})

afterAll(async () => {
  await gateway.close()
  await merchant.close()
})

function number(): string {
  last += 1
  return `n-${last}`
}

function payment(change: Record<string, string> = {}): Record<string, string> {
  return {
    out_trade_no: number(), amount: '10000', currency: 'CNY', subject: '年货节礼盒 & 包装', channel: 'alipay', notify_url: merchant.url,
    return_url: 'http://127.0.0.1:1/back?order=1', expire_at: new Date(Date.now() + 600_000).toISOString(), ...change,
  }
}

async function sandbox(path: string, body: object = {}): Promise<Record<string, unknown>> {
  const response = await fetch(`${gateway.url}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  return (await response.json()) as Record<string, unknown>
}

async function paid(change: Record<string, string> = {}): Promise<string> {
  const { body } = await call(gateway, 'payment.create', payment(change))
  await sandbox(`payments/${String(body.trade_no)}/pay`)
  return String(body.trade_no)
}

function refund(tradeNo: string, amount: string, outRequestNo = number()) {
  return call(gateway, 'refund.create', { out_request_no: outRequestNo, trade_no: tradeNo, amount, currency: 'CNY', reason: '退', notify_url: merchant.url })
}

function transfer(change: Record<string, string> = {}) {
  return call(gateway, 'transfer.create', {
    out_biz_no: number(), amount: '5000', currency: 'CNY', channel: 'alipay', payee_name: '*小明', payee_account: '13800000000', remark: '提现',
    notify_url: merchant.url, ...change,
  })
}

describe('who may call', () => {
  it('signs its answers over their raw bytes', async () => {
    const response = await fetch(`${gateway.url}/v1`, { method: 'POST', body: 'nonsense', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    const text = await response.text()
    expect(response.status).toBe(400)
    expect(verifyText(text, response.headers.get('gateway-sign') ?? '', readPublicKey(gateway.keys.gateway.publicKey))).toBe(true)
  })

  it('refuses what was changed after signing', async () => {
    const { status, body } = await call(gateway, 'payment.create', payment(), (signed) => ({ ...signed, amount: '1' }))
    expect([status, body.code]).toEqual([401, 'INVALID_SIGNATURE'])
  })

  it('refuses another merchant', async () => {
    const { body } = await call(gateway, 'payment.create', payment({ app_id: 'somebody' }))
    expect(body.code).toBe('UNKNOWN_APP')
  })

  it('refuses an old message', async () => {
    const { body } = await call(gateway, 'payment.create', payment({ timestamp: new Date(Date.now() - 301_000).toISOString() }))
    expect(body.code).toBe('STALE_TIMESTAMP')
  })

  it('takes a message once', async () => {
    const nonce = 'nonce-of-sixteen-or-more'
    const first = await call(gateway, 'payment.create', payment({ nonce }))
    const again = await call(gateway, 'payment.create', payment({ nonce }))
    expect([first.body.code, again.body.code]).toEqual(['SUCCESS', 'REPLAYED_NONCE'])
  })

  it.each(['0', '-1', '1.5', '01', '99999999999999', '1e3', ''])('refuses the amount %j', async (amount) => {
    const { status, body } = await call(gateway, 'payment.create', payment({ amount }))
    expect([status, body.code]).toEqual([400, 'INVALID_PARAMETER'])
  })

  it('knows neither other methods nor those of the language', async () => {
    expect((await call(gateway, 'payment.steal', {})).body.code).toBe('UNKNOWN_METHOD')
    expect((await call(gateway, 'constructor', {})).body.code).toBe('UNKNOWN_METHOD')
  })
})

describe('payments', () => {
  it('makes one trade of any number of equal requests at once', async () => {
    const parameters = payment()
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(gateway, 'payment.create', parameters)))
    expect(new Set(answers.map(({ body }) => body.trade_no)).size).toBe(1)
  })

  it('refuses another amount under the same number', async () => {
    const parameters = payment()
    await call(gateway, 'payment.create', parameters)
    const { status, body } = await call(gateway, 'payment.create', { ...parameters, amount: '10001' })
    expect([status, body.code]).toEqual([409, 'PARAMETER_MISMATCH'])
  })

  it('closes what is pending and keeps what is paid', async () => {
    const { body: opened } = await call(gateway, 'payment.create', payment())
    expect((await call(gateway, 'payment.close', { trade_no: String(opened.trade_no) })).body.state).toBe('closed')
    expect((await call(gateway, 'payment.close', { trade_no: String(opened.trade_no) })).body.state).toBe('closed')
    expect(await sandbox(`payments/${String(opened.trade_no)}/pay`)).toMatchObject({ state: 'closed' })
    expect((await call(gateway, 'payment.close', { trade_no: await paid() })).body.code).toBe('TRADE_ALREADY_PAID')
  })

  it('closes what is overdue on the moved clock and says so', async () => {
    const { body } = await call(gateway, 'payment.create', payment())
    await sandbox('clock', { offsetMs: 700_000 })
    const notice = await merchant.next(({ parameters }) => parameters.trade_no === body.trade_no)
    await sandbox('clock', { offsetMs: 0 })
    expect(notice.parameters).toMatchObject({ notify_type: 'payment.closed', reason: 'expired', amount: '10000' })
  })

  it('fails after three wrong codes', async () => {
    const { body } = await call(gateway, 'payment.create', payment())
    const states = []
    for (let index = 0; index < 3; index += 1) states.push((await sandbox(`payments/${String(body.trade_no)}/pay`, { code: 'wrong!' })).state)
    expect(states).toEqual(['pending', 'pending', 'failed'])
  })

  it('keeps the second payment of one order as a trade of its own', async () => {
    const outTradeNo = number()
    const first = await paid({ out_trade_no: outTradeNo })
    const second = await sandbox(`payments/${first}/pay-again`)
    expect(second).toMatchObject({ outTradeNo, state: 'succeeded' })
    expect(second.tradeNo).not.toBe(first)
    expect((await call(gateway, 'payment.query', { out_trade_no: outTradeNo })).body.trade_no).toBe(first)
    expect((await refund(String(second.tradeNo), '10000')).body.code).toBe('SUCCESS')
    expect((await call(gateway, 'payment.query', { trade_no: first })).body.refunded_amount).toBe('0')
  })
})

describe('refunds', () => {
  it('never exceed what was paid, also when asked for at once', async () => {
    const tradeNo = await paid()
    const answers = await Promise.all(Array.from({ length: 8 }, () => refund(tradeNo, '3000')))
    const codes = answers.map(({ body }) => body.code).sort()
    expect(codes).toEqual([...Array<string>(5).fill('REFUND_EXCEEDS_PAYMENT'), ...Array<string>(3).fill('SUCCESS')])
    expect((await refund(tradeNo, '1000')).body.code).toBe('SUCCESS')
    expect((await refund(tradeNo, '1')).body.code).toBe('REFUND_EXCEEDS_PAYMENT')
  })

  it('happen once for one number', async () => {
    const tradeNo = await paid()
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(tradeNo, '10000', 'refund-once')))
    expect(new Set(answers.map(({ body }) => body.refund_no)).size).toBe(1)
    expect((await refund(tradeNo, '9999', 'refund-once')).body.code).toBe('PARAMETER_MISMATCH')
  })

  it('need a payment', async () => {
    const { body } = await call(gateway, 'payment.create', payment())
    expect((await refund(String(body.trade_no), '1')).body.code).toBe('TRADE_NOT_PAID')
    expect((await refund('T0', '1')).body.code).toBe('NOT_FOUND')
  })

  it('give the amount free again when they fail', async () => {
    const tradeNo = await paid()
    await sandbox('settlement', { mode: 'fail' })
    await refund(tradeNo, '10000', 'refund-fails')
    await sandbox('settlement', { mode: 'auto' })
    const notice = await merchant.next(({ parameters }) => parameters.out_request_no === 'refund-fails')
    expect(notice.parameters).toMatchObject({ notify_type: 'refund.failed', trade_no: tradeNo })
    expect((await refund(tradeNo, '10000')).body.code).toBe('SUCCESS')
  })
})

describe('transfers', () => {
  it('are processing first and then paid', async () => {
    const { body } = await transfer()
    expect(body.state).toBe('processing')
    const notice = await merchant.next(({ parameters }) => parameters.transfer_no === body.transfer_no)
    expect(notice.parameters.notify_type).toBe('transfer.paid')
    expect((await call(gateway, 'transfer.query', { out_biz_no: String(body.out_biz_no) })).body.state).toBe('paid')
  })

  it('wait for somebody to decide when held, and are decided once', async () => {
    await sandbox('settlement', { mode: 'hold' })
    const { body } = await transfer()
    await sandbox('settlement', { mode: 'auto' })
    expect(await sandbox('settle-transfer', { outBizNo: body.out_biz_no, state: 'failed', failure: 'name_mismatch' })).toMatchObject({ state: 'failed' })
    expect(await sandbox('settle-transfer', { outBizNo: body.out_biz_no, state: 'paid' })).toMatchObject({ code: 'ALREADY_SETTLED' })
    expect((await call(gateway, 'transfer.query', { out_biz_no: String(body.out_biz_no) })).body.reason).toBe('name_mismatch')
  })

  it('happen once for one number', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => transfer({ out_biz_no: 'transfer-once' })))
    expect(new Set(answers.map(({ body }) => body.transfer_no)).size).toBe(1)
    expect((await transfer({ out_biz_no: 'transfer-once', payee_account: '6222000000000012' })).body.code).toBe('PARAMETER_MISMATCH')
  })
})

it('bills a day with sums that fit its entries', async () => {
  const own = await startTestGateway()
  const day = chinaDay(Date.now())
  const { body } = await call(own, 'payment.create', payment())
  await fetch(`${own.url}/sandbox/payments/${String(body.trade_no)}/pay`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
  expect((await call(own, 'bill.download', { day })).body).toMatchObject({
    entries: [{ kind: 'payment', no: body.trade_no, amount: '10000' }], sums: [{ kind: 'payment', count: 1, amount: '10000' }], next: null,
  })
  expect((await call(own, 'bill.download', { day: '2001-01-01' })).body.entries).toEqual([])
  await own.close()
})

it('takes orders of the sandbox only as JSON, which a foreign page cannot send', async () => {
  const response = await fetch(`${gateway.url}/sandbox/clock`, {
    method: 'POST', body: 'offsetMs=1', headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(response.status).toBe(400)
})
