import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPublicKey } from './keys.ts'
import { parseParameters, verifyParameters } from './signature.ts'
import { call, startReceiver, startTestGateway, type Receiver, type TestGateway } from './testing.ts'

let gateway: TestGateway
let merchant: Receiver
let last = 0

beforeAll(async () => {
  gateway = await startTestGateway({ publicUrl: 'http://pay.sandbox.test/' })
  merchant = await startReceiver()
})

afterAll(async () => {
  await gateway.close()
  await merchant.close()
})

async function open(subject = '包装设计'): Promise<string> {
  last += 1
  const { body } = await call(gateway, 'payment.create', {
    out_trade_no: `order-${last}`, amount: '540000', currency: 'CNY', subject, channel: 'card', notify_url: merchant.url,
    return_url: 'http://shop.test/orders/1?tab=pay', expire_at: new Date(Date.now() + 600_000).toISOString(),
  })
  expect(body.cashier_url).toBe(`http://pay.sandbox.test/cashier/${String(body.trade_no)}`)
  return String(body.trade_no)
}

async function page(path: string, headers: Record<string, string> = {}): Promise<{ response: Response; text: string }> {
  const response = await fetch(gateway.url + path, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' })
  return { response, text: await response.text() }
}

async function submit(path: string, form: Record<string, string>): Promise<{ response: Response; text: string }> {
  const response = await fetch(gateway.url + path, { method: 'POST', body: new URLSearchParams(form), headers: { accept: 'text/html' }, redirect: 'manual' })
  return { response, text: await response.text() }
}

async function codeOf(tradeNo: string): Promise<string> {
  return /data-code="(\d{6})"/.exec((await page(`/cashier/${tradeNo}`)).text)?.[1] ?? ''
}

describe('cashier', () => {
  it('shows what is paid, in the reader’s language, with no way for a subject to become markup', async () => {
    const tradeNo = await open('<script>alert(1)</script>')
    const chinese = await page(`/cashier/${tradeNo}`, { 'accept-language': 'zh-CN,zh;q=0.9' })
    expect(chinese.text).toContain('确认支付 ¥5,400.00')
    expect(chinese.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect((await page(`/cashier/${tradeNo}`, { 'accept-language': 'en-GB' })).text).toContain('Pay ¥5,400.00')
    expect((await page(`/cashier/${tradeNo}?lang=en`, { 'accept-language': 'zh' })).text).toContain('<html lang="en">')
  })

  it('lets scripts, styles and forms go nowhere but here, and the form on to the merchant', async () => {
    const policy = (await page(`/cashier/${await open()}`)).response.headers.get('content-security-policy')
    expect(policy).toContain(`default-src 'none'`)
    expect(policy).toContain(`form-action 'self' http://shop.test;`)
  })

  it('takes the payer back with a signed result', async () => {
    const tradeNo = await open()
    const { response } = await submit(`/cashier/${tradeNo}/pay`, { code: await codeOf(tradeNo), channel: 'alipay', fault: 'normal' })
    const target = new URL(response.headers.get('location') ?? '')
    const parameters = parseParameters(target.search.slice(1))
    expect([response.status, target.origin + target.pathname]).toEqual([303, 'http://shop.test/orders/1'])
    expect(parameters).toMatchObject({ tab: 'pay', method: 'return', trade_no: tradeNo, trade_status: 'succeeded', amount: '540000' })
    expect(verifyParameters(parameters, readPublicKey(gateway.keys.gateway.publicKey))).toBe(true)
    expect((await call(gateway, 'payment.query', { trade_no: tradeNo })).body.channel).toBe('alipay')
  })

  it('says how many tries are left and fails with the third wrong code', async () => {
    const tradeNo = await open()
    const wrong = { code: '000000' === (await codeOf(tradeNo)) ? '000001' : '000000', channel: 'card', fault: 'lost', delay: '60' }
    const first = await submit(`/cashier/${tradeNo}/pay?lang=zh`, wrong)
    const back = first.response.headers.get('location') ?? ''
    expect([first.response.status, back]).toEqual([303, `/cashier/${tradeNo}?lang=zh&fault=lost&delay=60`])
    const shown = (await page(back)).text
    expect(shown).toContain('还可以试 2 次')
    expect(shown).toContain('value="lost" checked')
    await submit(`/cashier/${tradeNo}/pay`, wrong)
    expect((await submit(`/cashier/${tradeNo}/pay`, wrong)).response.headers.get('location')).toContain('trade_status=failed')
    expect((await page(`/cashier/${tradeNo}`)).text).toContain('data-state="failed"')
  })

  it('declines and leaves, the one for good, the other not', async () => {
    const tradeNo = await open()
    expect((await page(`/cashier/${tradeNo}/leave`)).response.headers.get('location')).toContain('trade_status=pending')
    expect((await submit(`/cashier/${tradeNo}/decline`, {})).response.headers.get('location')).toContain('trade_status=failed')
  })

  it('offers to pay again and to send again once paid, and logs what was sent and answered', async () => {
    const tradeNo = await open()
    await submit(`/cashier/${tradeNo}/pay`, { code: await codeOf(tradeNo), channel: 'card', fault: 'normal' })
    await merchant.next(({ parameters }) => parameters.trade_no === tradeNo)
    await submit(`/cashier/${tradeNo}/pay-again`, {})
    await merchant.next(({ parameters }) => parameters.out_trade_no === `order-${last}` && parameters.trade_no !== tradeNo)
    await submit(`/cashier/${tradeNo}/redeliver`, { fault: 'bad_signature' })
    const { text } = await page(`/cashier/${tradeNo}/log?lang=zh`)
    expect(text).toContain('付款人又付了一次')
    expect(text).toContain('人工重发 payment.succeeded')
  })

  it('answers an unknown trade with a page', async () => {
    const { response, text } = await page('/cashier/T0?lang=en')
    expect([response.status, text.includes('There is no such payment')]).toEqual([404, true])
  })
})

it('lets a payout fail on the operations page, with the account masked', async () => {
  await submit('/sandbox/transfers/mode', { mode: 'hold' })
  const { body } = await call(gateway, 'transfer.create', {
    out_biz_no: 'payout-1', amount: '5000', currency: 'CNY', channel: 'card', payee_name: '*小明', payee_account: '6222021234560012', remark: '提现',
    notify_url: merchant.url,
  })
  const { text } = await page('/sandbox/transfers?lang=zh')
  expect(text).toContain('6222********0012')
  expect(text).not.toContain('6222021234560012')
  await submit(`/sandbox/transfers/${String(body.transfer_no)}/decide`, { state: 'failed', failure: 'account_frozen' })
  const notice = await merchant.next(({ parameters }) => parameters.transfer_no === body.transfer_no)
  expect(notice.parameters).toMatchObject({ notify_type: 'transfer.failed', reason: 'account_frozen' })
})
