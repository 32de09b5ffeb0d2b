import { randomUUID } from 'node:crypto'
import { fen } from '@miaodan/shared/kernel/money'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayRefused, InvalidNotification } from './errors.ts'
import type { GatewayEvent, NewPayment, NewRefund, NewTransfer, OpenedPayment, PaymentGateway } from './port.ts'

export type RawNotification = { rawBody: string; headers: Record<string, string | string[] | undefined> }

/** What the suite needs besides the adapter: somebody to pay, and a place where notifications arrive. */
export type PaymentGatewayHarness = {
  gateway: PaymentGateway
  notifyUrl: string
  payer: { pay(tradeNo: string): Promise<void>; decline(tradeNo: string): Promise<void>; payAgain(tradeNo: string): Promise<{ tradeNo: string }> }
  /** The first notification, past or future, whose verified event fits. */
  nextEvent(fits: (event: GatewayEvent) => boolean): Promise<{ event: GatewayEvent; raw: RawNotification }>
  close(): Promise<void>
}

const AMOUNT = fen(540_000n)

/** What every adapter of the payments port must do, tried on the real service or its official sandbox. */
export function paymentGatewayContract(name: string, start: () => Promise<PaymentGatewayHarness>): void {
  describe(`payment gateway ${name}`, () => {
    let harness: PaymentGatewayHarness
    let gateway: PaymentGateway

    beforeAll(async () => {
      harness = await start()
      gateway = harness.gateway
    })

    afterAll(() => harness.close())

    function newPayment(change: Partial<NewPayment> = {}): NewPayment {
      return {
        outTradeNo: randomUUID(), amount: AMOUNT, subject: '年货节礼盒包装设计 & 里程碑 3', channel: 'alipay', notifyUrl: harness.notifyUrl,
        returnUrl: 'http://127.0.0.1:1/orders/1', expireAt: new Date(Date.now() + 30 * 60_000), ...change,
      }
    }

    function newRefund(tradeNo: string, amount: bigint, outRequestNo: string = randomUUID()): NewRefund {
      return { outRequestNo, tradeNo, amount: fen(amount), reason: '需求取消', notifyUrl: harness.notifyUrl }
    }

    function newTransfer(change: Partial<NewTransfer> = {}): NewTransfer {
      return {
        outBizNo: randomUUID(), amount: fen(486_000n), channel: 'alipay', payee: { maskedName: '*小明', account: '13800000000' }, remark: '提现',
        notifyUrl: harness.notifyUrl, ...change,
      }
    }

    async function paid(payment: NewPayment = newPayment()): Promise<OpenedPayment> {
      const opened = await gateway.createPayment(payment)
      await harness.payer.pay(opened.tradeNo)
      return opened
    }

    describe('payments', () => {
      it('opens a payment the payer can be sent to', async () => {
        const payment = newPayment()
        const opened = await gateway.createPayment(payment)
        expect(opened.state).toBe('pending')
        expect(URL.canParse(opened.cashierUrl)).toBe(true)
        expect(await gateway.queryPayment({ outTradeNo: payment.outTradeNo })).toEqual({
          outTradeNo: payment.outTradeNo, tradeNo: opened.tradeNo, state: 'pending', amount: AMOUNT, channel: 'alipay', refunded: fen(0n),
          paidAt: null, reason: null,
        })
      })

      it('opens one payment however often and however concurrently it is asked for', async () => {
        const payment = newPayment()
        const opened = await Promise.all(Array.from({ length: 8 }, () => gateway.createPayment(payment)))
        expect(new Set(opened.map(({ tradeNo }) => tradeNo)).size).toBe(1)
      })

      it('refuses another amount under a used number', async () => {
        const payment = newPayment()
        await gateway.createPayment(payment)
        expect(await refusalOf(gateway.createPayment({ ...payment, amount: fen(1n) }))).toBe('parameter_mismatch')
      })

      it('tells of the payment by a verified event and by query alike', async () => {
        const { tradeNo } = await paid()
        const { event } = await harness.nextEvent((one) => one.type === 'payment.succeeded' && one.tradeNo === tradeNo)
        const status = await gateway.queryPayment({ tradeNo })
        expect(event.amount).toEqual(AMOUNT)
        expect(status).toMatchObject({ state: 'succeeded', amount: AMOUNT, paidAt: event.at })
      })

      it('tells of a payment the payer declined', async () => {
        const { tradeNo } = await gateway.createPayment(newPayment())
        await harness.payer.decline(tradeNo)
        await harness.nextEvent((one) => one.type === 'payment.failed' && one.tradeNo === tradeNo)
        expect((await gateway.queryPayment({ tradeNo }))?.state).toBe('failed')
      })

      it('closes a pending payment, repeatedly, and never a paid one', async () => {
        const { tradeNo } = await gateway.createPayment(newPayment())
        expect((await gateway.closePayment({ tradeNo }))?.state).toBe('closed')
        expect((await gateway.closePayment({ tradeNo }))?.state).toBe('closed')
        expect(await refusalOf(gateway.closePayment({ tradeNo: (await paid()).tradeNo }))).toBe('already_paid')
      })

      it('knows nothing of a number it never saw', async () => {
        const outTradeNo = randomUUID()
        expect(await gateway.queryPayment({ outTradeNo })).toBeNull()
        expect(await gateway.closePayment({ outTradeNo })).toBeNull()
        expect(await gateway.queryRefund(randomUUID())).toBeNull()
        expect(await gateway.queryTransfer(randomUUID())).toBeNull()
      })

      it('keeps a second payment of the same thing apart, so that it can be returned', async () => {
        const payment = newPayment()
        const first = await paid(payment)
        const second = await harness.payer.payAgain(first.tradeNo)
        const { event } = await harness.nextEvent((one) => one.type === 'payment.succeeded' && one.tradeNo === second.tradeNo)
        expect(event).toMatchObject({ outTradeNo: payment.outTradeNo, amount: AMOUNT })
        await gateway.refund(newRefund(second.tradeNo, AMOUNT.amount))
        expect((await gateway.queryPayment({ tradeNo: first.tradeNo }))?.refunded).toEqual(fen(0n))
      })
    })

    describe('refunds', () => {
      it('returns parts until all is returned, and nothing beyond', async () => {
        const { tradeNo } = await paid()
        await gateway.refund(newRefund(tradeNo, 140_000n))
        await gateway.refund(newRefund(tradeNo, 400_000n))
        expect(await refusalOf(gateway.refund(newRefund(tradeNo, 1n)))).toBe('refund_exceeds_payment')
        expect((await gateway.queryPayment({ tradeNo }))?.refunded).toEqual(AMOUNT)
      })

      it('returns once for one number, also concurrently', async () => {
        const { tradeNo } = await paid()
        const refund = newRefund(tradeNo, 1000n)
        const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.refund(refund)))
        expect(new Set(answers.map(({ refundNo }) => refundNo)).size).toBe(1)
        expect((await gateway.queryPayment({ tradeNo }))?.refunded).toEqual(fen(1000n))
        expect(await refusalOf(gateway.refund({ ...refund, amount: fen(999n) }))).toBe('parameter_mismatch')
      })

      it('tells when it has settled', async () => {
        const refund = newRefund((await paid()).tradeNo, 1000n)
        await gateway.refund(refund)
        const { event } = await harness.nextEvent((one) => one.type === 'refund.succeeded' && one.outRequestNo === refund.outRequestNo)
        expect(event.amount).toEqual(fen(1000n))
        expect(await gateway.queryRefund(refund.outRequestNo)).toMatchObject({ state: 'succeeded', settledAt: event.at })
      })

      it('returns nothing of what was not paid', async () => {
        const { tradeNo } = await gateway.createPayment(newPayment())
        expect(await refusalOf(gateway.refund(newRefund(tradeNo, 1n)))).toBe('not_paid')
      })
    })

    describe('transfers', () => {
      it('pays out once for one number and tells when it has settled', async () => {
        const transfer = newTransfer()
        const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.transfer(transfer)))
        expect(new Set(answers.map(({ transferNo }) => transferNo)).size).toBe(1)
        const { event } = await harness.nextEvent((one) => one.type === 'transfer.paid' && one.outBizNo === transfer.outBizNo)
        expect(await gateway.queryTransfer(transfer.outBizNo)).toMatchObject({ state: 'paid', amount: transfer.amount, settledAt: event.at })
        expect(await refusalOf(gateway.transfer({ ...transfer, amount: fen(1n) }))).toBe('parameter_mismatch')
      })
    })

    it('bills what settled on the day, with totals that fit', async () => {
      const { tradeNo } = await paid()
      const paidAt = (await gateway.queryPayment({ tradeNo }))?.paidAt ?? new Date(0)
      const bill = await gateway.bill(chinaDay(paidAt))
      expect(bill.entries.filter((entry) => entry.no === tradeNo)).toEqual([
        expect.objectContaining({ kind: 'payment', tradeNo, amount: AMOUNT, settledAt: paidAt }),
      ])
      expect(bill.totals.payment.count).toBe(bill.entries.filter((entry) => entry.kind === 'payment').length)
    })

    describe('notifications', () => {
      it('believes nothing that was changed on the way', async () => {
        const { tradeNo } = await paid()
        const { event, raw } = await harness.nextEvent((one) => one.type === 'payment.succeeded' && one.tradeNo === tradeNo)
        const believed: unknown[] = []
        for (let at = 0; at < raw.rawBody.length; at += 1) {
          const other = raw.rawBody[at] === '1' ? '2' : '1'
          const changed = raw.rawBody.slice(0, at) + other + raw.rawBody.slice(at + 1)
          const outcome = await gateway.verifyNotification(changed, raw.headers).catch((error: unknown) => error)
          if (!(outcome instanceof InvalidNotification)) believed.push(outcome)
        }
        expect(believed).toEqual([])
        expect(await gateway.verifyNotification(raw.rawBody, raw.headers)).toEqual(event)
      })

      it.each(['', 'success', '{}', 'a=1&a=2', '\u0000'])('refuses %j', async (rawBody) => {
        await expect(gateway.verifyNotification(rawBody, {})).rejects.toBeInstanceOf(InvalidNotification)
      })
    })
  })
}

/** The code of the refusal, or what came instead. */
export async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.catch((error: unknown) => error)
  return outcome instanceof GatewayRefused ? outcome.code : outcome
}

const CHINA_OFFSET_MS = 8 * 3_600_000

function chinaDay(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10)
}
