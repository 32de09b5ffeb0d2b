/** The statement of a month, over real orders that are paid, released, refunded and cleared on both sides of a month's end. */
import { text as textOf } from 'node:stream/consumers'
import { extractText } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { deliver, done, giveBalance, milestoneOf, runningOrder, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { addAccount, passwordHashed, payOut } from '../../../test/wallet.ts'

const DAY = 86_400_000
const CHINA = 8 * 3_600_000

let t: TestApp
let buyer: TestPerson
let provider: TestPerson
let order: TestOrder
/** The month in which the work was accepted, and the one in which its money cleared. */
let first: string
let second: string
beforeAll(async () => {
  t = await createTestApp()
  buyer = await signUp(t, { displayName: '=小满咖啡' })
  provider = await signUp(t, { roles: ['buyer', 'provider'], displayName: '拾光品牌设计', passwordHash: await passwordHashed() })
  // Two days before the month ends in China: what is accepted now clears in the next one.
  await t.advance(nextMonth() - t.deps.clock.now().getTime() - 2 * DAY)
  first = monthNow()
  order = await runningOrder(t, { milestones: [milestoneOf({ price: wire(100_000) }), milestoneOf({ price: wire(50_001) })] }, { buyer, provider })
  for (const [index, amount] of [[0, 100_000], [1, 50_001]] as const) {
    await deliver(order, index)
    await done(buyer, 'POST', `/milestones/${order.milestoneIds[index]}/accept`, { version: 1, amount: wire(amount) })
  }
  // A fifth of the first comes back although it was released.
  const { items: [request] } = await done(buyer, 'POST', `/orders/${order.id}/refund-requests`, { cause: 'quality', message: '颜色不对', uploads: [], milestones: [{ id: order.milestoneIds[0], amount: wire(20_000) }] })
  await done(provider, 'POST', `/refund-requests/${request.id}/agree`, { version: 1 })
  await t.worker.drain()
  await t.advance(5 * DAY)
  second = monthNow()
  await payOut(provider, (await addAccount(provider)).json().id, 10_000n)
})
afterAll(() => t.close())

const inChina = (): Date => new Date(t.deps.clock.now().getTime() + CHINA)
const monthNow = (): string => inChina().toISOString().slice(0, 7)
const nextMonth = (): number => Date.UTC(inChina().getUTCFullYear(), inChina().getUTCMonth() + 1) - CHINA
const list = async (person: TestPerson) => (await done(person, 'GET', '/wallet/statements')).items
const file = (person: TestPerson, month: string, format: string) => person.inject({ method: 'GET', url: `/api/v1/wallet/statements/${month}?format=${format}` })

/** The files inside an Excel file, by their names. */
async function partsOf({ rawPayload }: { rawPayload: Buffer }): Promise<Map<string, string>> {
  const parts = new Map<string, string>()
  const zip = await yauzl.fromBufferPromise(rawPayload)
  for await (const entry of zip.eachEntry()) parts.set(entry.fileName, await textOf(await zip.openReadStreamPromise(entry)))
  return parts
}

describe('statements', () => {
  it('tell each month what came, what went, what was earned and what was paid', async () => {
    // 8 % of 1,000.00 and of 500.01, less that of the 200.00 which went back.
    const fee = 8_000n + 4_000n - 1_600n
    const net = 100_000n + 50_001n - 20_000n - fee
    expect(await list(provider)).toMatchObject([
      { month: second, opening: wire(0), credits: wire(net), debits: wire(10_000), closing: wire(net - 10_000n), earned: wire(0), paid: wire(0), until: expect.any(String) },
      { month: first, opening: wire(0), credits: wire(0), debits: wire(0), closing: wire(0), earned: wire(net), fee: wire(fee), paid: wire(0), until: null },
    ])
    expect(await list(buyer)).toMatchObject([
      { month: second, opening: wire(20_000), closing: wire(20_000), paid: wire(0) },
      // What was given to the balance, the payment from it, and what came back to it.
      { month: first, opening: wire(0), credits: wire(170_001), debits: wire(150_001), closing: wire(20_000), earned: wire(0), paid: wire(130_001) },
    ])
  })

  it('go on from where the month before ended, and end at the balance', async () => {
    for (const person of [buyer, provider]) {
      const months = await list(person)
      for (const [index, { opening, credits, debits, closing }] of months.entries()) {
        expect(BigInt(opening.amount) + BigInt(credits.amount) - BigInt(debits.amount)).toBe(BigInt(closing.amount))
        if (months[index + 1]) expect(opening).toEqual(months[index + 1].closing)
      }
      expect(months[0].closing).toEqual((await done(person, 'GET', '/wallet')).available)
    }
  })

  it('are CSV with exact amounts, safe to open', async () => {
    const answer = await file(provider, first, 'csv')
    expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="miaodan-statement-${first}.csv"`, 'cache-control': 'private, no-store' })
    const lines = answer.body.replace('\uFEFF', '').trimEnd().split('\r\n').map(line => line.split(','))
    expect(lines[0]).toEqual(['section', 'time', 'what', 'order', 'title', 'by', 'amount', 'fee', 'net', 'balance'])
    expect(lines.slice(1).map(line => [line[0], line[6], line[7], line[8]])).toEqual([
      ['earned', '1000.00', '80.00', '920.00'], ['earned', '500.01', '40.00', '460.01'], ['earned', '-200.00', '-16.00', '-184.00'],
    ])
    const number = (await done(buyer, 'GET', `/orders/${order.id}`)).number
    expect(new Set(lines.slice(1).map(line => line[3]))).toEqual(new Set([number]))
    expect((await file(buyer, first, 'csv')).body).toContain(`paid,`)
  })

  it('never let a title run as a formula', async () => {
    const sly = await signUp(t)
    const deal = await runningOrder(t, { milestones: [milestoneOf()] }, { buyer: sly, provider })
    await t.deps.sql`update orders set title = ${'=HYPERLINK("https://evil.example","x"),1'} where id = ${deal.id}`
    expect((await file(sly, monthNow(), 'csv')).body).toContain(`"'=HYPERLINK(""https://evil.example"",""x""),1"`)
    for (const sheet of (await partsOf(await file(sly, monthNow(), 'xlsx'))).values()) expect(sheet).not.toContain('<f>')
  })

  it('are Excel with a sheet a table and numbers that can be summed', async () => {
    const answer = await file(provider, second, 'xlsx')
    expect(answer.headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    const parts = await partsOf(answer)
    expect(parts.get('xl/workbook.xml')).toMatch(/余额 Balance.*收入 Earned.*付款 Paid/s)
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('<v>-100</v>')
  })

  it('are PDF with the sums and every line', async () => {
    const answer = await file(provider, first, 'pdf')
    expect(answer.headers['content-type']).toBe('application/pdf')
    const { text } = await extractText(new Uint8Array(answer.rawPayload), { mergePages: true })
    for (const part of ['对账单', '拾光品牌设计', '期初余额', '验收放款', '920.00', '-184.00', '1196.01']) expect(text).toContain(part)
  })

  it('go on over many sheets', async () => {
    const busy = await signUp(t)
    for (let index = 0; index < 120; index++) await giveBalance(t, busy.userId, 100n)
    const { totalPages, text } = await extractText(new Uint8Array((await file(busy, monthNow(), 'pdf')).rawPayload), { mergePages: true })
    expect(totalPages).toBeGreaterThan(3)
    expect(text).toContain('¥120.00')
  })

  it.each([['2999-01', 404, 'payments.no_statement'], ['2001-01', 404, 'payments.no_statement'], ['2026-13', 404, 'kernel.not_found'], ['x', 404, 'kernel.not_found']])('of %s are not there', async (month, status, code) => {
    const answer = await file(provider, month, 'pdf')
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })

  it('are not there for who never had money, nor for who is not signed in, nor in a format nobody knows', async () => {
    const stranger = await signUp(t)
    expect(await list(stranger)).toEqual([])
    expect((await file(stranger, first, 'csv')).json().code).toBe('payments.no_statement')
    expect((await t.app.inject({ method: 'GET', url: `/api/v1/wallet/statements/${first}` })).statusCode).toBe(401)
    expect((await file(provider, first, 'exe')).json()).toMatchObject({ code: 'kernel.invalid_input', errors: [{ field: 'query.format' }] })
  })
})
