import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPublicKey } from './keys.ts'
import { verifyParameters } from './signature.ts'
import { call, startReceiver, startTestGateway, type Received, type Receiver, type TestGateway } from './testing.ts'

let gateway: TestGateway
let merchant: Receiver

beforeEach(async () => {
  gateway = await startTestGateway()
  merchant = await startReceiver()
})

afterEach(async () => {
  await gateway.close()
  await merchant.close()
})

async function open(outTradeNo = 'order-1'): Promise<string> {
  const { body } = await call(gateway, 'payment.create', {
    out_trade_no: outTradeNo, amount: '540000', currency: 'CNY', subject: '包装', channel: 'wechat', notify_url: merchant.url,
    return_url: 'http://127.0.0.1:1/back', expire_at: new Date(Date.now() + 600_000).toISOString(),
  })
  return String(body.trade_no)
}

async function sandbox(path: string, body: object = {}): Promise<void> {
  await fetch(`${gateway.url}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}

function isSigned({ parameters }: Received): boolean {
  return verifyParameters(parameters, readPublicKey(gateway.keys.gateway.publicKey))
}

async function pay(fault: string, delay?: number): Promise<string> {
  const tradeNo = await open()
  await sandbox(`payments/${tradeNo}/pay`, { fault, ...(delay === undefined ? {} : { delay }) })
  return tradeNo
}

/** A second trade, paid normally: when its notification is here, an earlier one would be here too. */
async function payAnother(): Promise<Received> {
  await sandbox(`payments/${await open('order-2')}/pay`)
  return merchant.next(({ parameters }) => parameters.out_trade_no === 'order-2')
}

describe('faults', () => {
  it('normal: one signed notification', async () => {
    const tradeNo = await pay('normal')
    const notice = await merchant.next()
    expect(isSigned(notice)).toBe(true)
    expect(notice.parameters).toMatchObject({
      method: 'notify', notify_type: 'payment.succeeded', app_id: gateway.appId, trade_no: tradeNo, out_trade_no: 'order-1', amount: '540000', currency: 'CNY',
    })
    await payAnother()
    expect(merchant.received).toHaveLength(2)
  })

  it('late: nothing until its time on the business clock has come', async () => {
    await pay('late', 2100)
    await payAnother()
    expect(merchant.received).toHaveLength(1)
    await sandbox('clock', { offsetMs: 2_100_000 })
    expect((await merchant.next(({ parameters }) => parameters.out_trade_no === 'order-1')).parameters.notify_type).toBe('payment.succeeded')
  })

  it('doubled: the same event three times, each copy signed anew', async () => {
    await pay('doubled')
    const notices = await merchant.count(3)
    expect(new Set(notices.map(({ parameters }) => parameters.notify_id)).size).toBe(1)
    expect(new Set(notices.map(({ parameters }) => parameters.nonce)).size).toBe(3)
  })

  it('reordered: an older close arrives after the success', async () => {
    await pay('reordered')
    const [first, second] = await merchant.count(2)
    expect([first?.parameters.notify_type, second?.parameters.notify_type]).toEqual(['payment.succeeded', 'payment.closed'])
    expect(String(second?.parameters.event_time) <= String(first?.parameters.event_time)).toBe(true)
  })

  it('wrong_amount: one fen less, properly signed', async () => {
    await pay('wrong_amount')
    const notice = await merchant.next()
    expect([isSigned(notice), notice.parameters.amount]).toEqual([true, '539999'])
  })

  it('bad_signature: everything right but the signature', async () => {
    await pay('bad_signature')
    const notice = await merchant.next()
    expect([isSigned(notice), notice.parameters.amount]).toEqual([false, '540000'])
  })

  it('lost: nothing is sent, the query knows', async () => {
    const tradeNo = await pay('lost')
    await payAnother()
    expect(merchant.received).toHaveLength(1)
    expect((await call(gateway, 'payment.query', { trade_no: tradeNo })).body.state).toBe('succeeded')
  })
})

describe('retries', () => {
  it.each([['SUCCESS', 200], ['success\n', 200], ['success', 201], ['fail', 401]])('the answer %j with %i is not enough', async (body, status) => {
    merchant.answerWith((index) => (index < 2 ? { status, body } : { status: 200, body: 'success' }))
    await pay('normal')
    const notices = await merchant.count(3)
    expect(new Set(notices.map(({ parameters }) => parameters.notify_id)).size).toBe(1)
  })

  it('end after eight tries, and a redelivery begins anew under the same event', async () => {
    merchant.answerWith(() => ({ status: 500, body: 'no' }))
    const tradeNo = await pay('normal')
    const [first] = await merchant.count(8)
    await payAnotherRefused()
    const before = merchant.received.filter(({ parameters }) => parameters.out_trade_no === 'order-1')
    expect(before).toHaveLength(8)
    merchant.answerWith(() => ({ status: 200, body: 'success' }))
    const known = merchant.received.length
    await sandbox(`payments/${tradeNo}/redeliver`)
    const again = (await merchant.count(known + 1)).at(-1)
    expect(again?.parameters.notify_id).toBe(first?.parameters.notify_id)
  })

  /** Eight refused tries of another trade take longer than a ninth of the first would. */
  async function payAnotherRefused(): Promise<void> {
    await sandbox(`payments/${await open('order-2')}/pay`)
    await merchant.count(16)
  }

  it('go on after a restart', async () => {
    const tradeNo = await open()
    await sandbox(`payments/${tradeNo}/pay`, { fault: 'late', delay: 1 })
    await gateway.restart()
    expect((await merchant.next()).parameters.trade_no).toBe(tradeNo)
  })
})
