import * as z from 'zod'
import { billOf } from './bill.ts'
import { CURRENCY, type Core } from './core.ts'
import { Refusal } from './refusal.ts'
import { createRefund, findRefund, refundedAmount, type Refund } from './refunds.ts'
import type { Parameters } from './signature.ts'
import { channels, closeTrade, createTrade, findTrade, type Trade } from './trades.ts'
import { createTransfer, findTransfer, type Transfer } from './transfers.ts'

/** A method reads its parameters and answers with what becomes the JSON body. It runs in one transaction. */
type Method = (core: Core, parameters: Parameters) => Record<string, unknown>

const number = z.string().regex(/^[\w-]{1,64}$/)
const amount = z.string().regex(/^[1-9]\d{0,12}$/).transform(BigInt)
const currency = z.literal(CURRENCY)
const text = z.string().trim().min(1).max(128)
const url = z.url({ protocol: /^https?$/ }).max(1024)
const instant = z.iso.datetime().transform((value) => Date.parse(value))

const newPayment = z.object({
  out_trade_no: number, amount, currency, subject: text, channel: z.enum(channels), notify_url: url, return_url: url, expire_at: instant,
})
const tradeReference = z.object({ trade_no: number.optional(), out_trade_no: number.optional() })
  .refine((value) => (value.trade_no === undefined) !== (value.out_trade_no === undefined), { path: ['trade_no'] })
const newRefund = z.object({ out_request_no: number, trade_no: number, amount, currency, reason: text, notify_url: url })
const newTransfer = z.object({
  out_biz_no: number, amount, currency, channel: z.enum(channels), payee_name: text, payee_account: text, remark: text, notify_url: url,
})
const billPage = z.object({ day: z.iso.date(), after: z.string().regex(/^\d{1,15}\.[\w-]{1,64}$/).optional() })

export const methods: Readonly<Record<string, Method>> = {
  'payment.create': (core, parameters) => {
    const input = read(newPayment, parameters)
    return describeTrade(core, createTrade(core, {
      outTradeNo: input.out_trade_no, amount: input.amount, currency: input.currency, subject: input.subject, channel: input.channel,
      notifyUrl: input.notify_url, returnUrl: input.return_url, expireAt: input.expire_at,
    }))
  },
  'payment.query': (core, parameters) => describeTrade(core, readTrade(core, parameters)),
  'payment.close': (core, parameters) => describeTrade(core, closeTrade(core, readTrade(core, parameters))),
  'refund.create': (core, parameters) => {
    const input = read(newRefund, parameters)
    const trade = known(findTrade(core, { tradeNo: input.trade_no }))
    return describeRefund(createRefund(core, trade, {
      outRequestNo: input.out_request_no, amount: input.amount, currency: input.currency, remark: input.reason, notifyUrl: input.notify_url,
    }))
  },
  'refund.query': (core, parameters) =>
    describeRefund(known(findRefund(core, read(z.object({ out_request_no: number }), parameters).out_request_no))),
  'transfer.create': (core, parameters) => {
    const input = read(newTransfer, parameters)
    return describeTransfer(createTransfer(core, {
      outBizNo: input.out_biz_no, amount: input.amount, currency: input.currency, channel: input.channel, payeeName: input.payee_name,
      payeeAccount: input.payee_account, remark: input.remark, notifyUrl: input.notify_url,
    }))
  },
  'transfer.query': (core, parameters) =>
    describeTransfer(known(findTransfer(core, read(z.object({ out_biz_no: number }), parameters).out_biz_no))),
  'bill.download': (core, parameters) => describeBill(core, read(billPage, parameters)),
}

function read<Schema extends z.ZodType>(schema: Schema, parameters: Parameters): z.output<Schema> {
  const result = schema.safeParse(parameters)
  if (result.success) return result.data
  throw new Refusal('INVALID_PARAMETER', `${result.error.issues[0]?.path.join('.') ?? 'A parameter'} is missing or malformed.`)
}

function readTrade(core: Core, parameters: Parameters): Trade {
  const { trade_no: tradeNo, out_trade_no: outTradeNo } = read(tradeReference, parameters)
  return known(findTrade(core, { tradeNo, outTradeNo }))
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Refusal('NOT_FOUND', 'There is nothing under this number.')
  return found
}

function describeTrade(core: Core, trade: Trade): Record<string, unknown> {
  return {
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    state: trade.state,
    amount: String(trade.amount),
    currency: trade.currency,
    channel: trade.channel,
    refunded_amount: String(refundedAmount(core, trade.tradeNo)),
    paid_at: time(trade.paidAt),
    expire_at: time(trade.expireAt),
    reason: trade.reason,
    cashier_url: `${core.settings.publicUrl()}/cashier/${trade.tradeNo}`,
  }
}

function describeRefund(refund: Refund): Record<string, unknown> {
  return {
    refund_no: refund.refundNo,
    out_request_no: refund.outRequestNo,
    trade_no: refund.tradeNo,
    out_trade_no: refund.outTradeNo,
    state: refund.state,
    amount: String(refund.amount),
    currency: refund.currency,
    settled_at: time(refund.settledAt),
    reason: refund.reason,
  }
}

function describeTransfer(transfer: Transfer): Record<string, unknown> {
  return {
    transfer_no: transfer.transferNo,
    out_biz_no: transfer.outBizNo,
    state: transfer.state,
    amount: String(transfer.amount),
    currency: transfer.currency,
    settled_at: time(transfer.settledAt),
    reason: transfer.reason,
  }
}

function describeBill(core: Core, page: z.output<typeof billPage>): Record<string, unknown> {
  const bill = billOf(core, page.day, page.after)
  return {
    day: page.day,
    currency: CURRENCY,
    entries: bill.entries.map((entry) => ({
      kind: entry.kind, no: entry.no, out_no: entry.outNo, trade_no: entry.tradeNo, amount: String(entry.amount), settled_at: time(entry.settledAt),
    })),
    sums: bill.sums.map((sum) => ({ kind: sum.kind, count: sum.count, amount: String(sum.amount) })),
    next: bill.next,
  }
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
