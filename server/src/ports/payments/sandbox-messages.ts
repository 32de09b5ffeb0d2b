import { fen } from '@miaodan/shared/kernel/money'
import * as z from 'zod'
import type { BillEntry, GatewayEvent, OpenedPayment, PaymentStatus, RefundStatus, TransferStatus } from './port.ts'

/** What the gateway's answers and notifications look like, and what they become. */
const amount = z.string().regex(/^\d{1,15}$/).transform((text) => fen(BigInt(text)))
const positive = z.string().regex(/^[1-9]\d{0,14}$/).transform((text) => fen(BigInt(text)))
const currency = z.literal('CNY')
const instant = z.iso.datetime().transform((text) => new Date(text))
const channel = z.enum(['alipay', 'wechat', 'unionpay', 'card'])
const reason = z.string().nullable()

const payment = z.object({
  trade_no: z.string(), out_trade_no: z.string(), state: z.enum(['pending', 'succeeded', 'failed', 'closed']), amount: positive, currency, channel,
  refunded_amount: amount, paid_at: instant.nullable(), reason, cashier_url: z.url({ protocol: /^https?$/ }),
})

export const openedPaymentSchema = payment.transform((answer): OpenedPayment => ({
  tradeNo: answer.trade_no, cashierUrl: answer.cashier_url, state: answer.state,
}))

export const paymentStatusSchema = payment.transform((answer): PaymentStatus => ({
  outTradeNo: answer.out_trade_no, tradeNo: answer.trade_no, state: answer.state, amount: answer.amount, channel: answer.channel,
  refunded: answer.refunded_amount, paidAt: answer.paid_at, reason: answer.reason,
}))

export const refundStatusSchema = z.object({
  refund_no: z.string(), out_request_no: z.string(), trade_no: z.string(), out_trade_no: z.string(),
  state: z.enum(['processing', 'succeeded', 'failed']), amount: positive, currency, settled_at: instant.nullable(), reason,
}).transform((answer): RefundStatus => ({
  outRequestNo: answer.out_request_no, refundNo: answer.refund_no, tradeNo: answer.trade_no, outTradeNo: answer.out_trade_no,
  state: answer.state, amount: answer.amount, settledAt: answer.settled_at, reason: answer.reason,
}))

export const transferStatusSchema = z.object({
  transfer_no: z.string(), out_biz_no: z.string(), state: z.enum(['processing', 'paid', 'failed']), amount: positive, currency,
  settled_at: instant.nullable(), reason,
}).transform((answer): TransferStatus => ({
  outBizNo: answer.out_biz_no, transferNo: answer.transfer_no, state: answer.state, amount: answer.amount, settledAt: answer.settled_at,
  reason: answer.reason,
}))

const billKind = z.enum(['payment', 'refund', 'transfer'])

export const billPageSchema = z.object({
  day: z.string(),
  currency,
  entries: z.array(z.object({
    kind: billKind, no: z.string(), out_no: z.string(), trade_no: z.string().nullable(), amount: positive, settled_at: instant,
  }).transform((entry): BillEntry => ({
    kind: entry.kind, no: entry.no, outNo: entry.out_no, tradeNo: entry.trade_no, amount: entry.amount, settledAt: entry.settled_at,
  }))),
  sums: z.array(z.object({ kind: billKind, count: z.number().int().nonnegative(), amount })),
  next: z.string().nullable(),
})

const facts = { notify_id: z.string().min(1).max(64), amount: positive, currency, event_time: instant, reason: z.string().optional() }

export const envelopeSchema = z.object({
  method: z.literal('notify'), app_id: z.string(), sign_type: z.literal('RSA2'), sign: z.string(), timestamp: instant, nonce: z.string(),
})

const paymentEvent = <Type extends 'payment.succeeded' | 'payment.failed' | 'payment.closed'>(type: Type) => z.object({
  notify_type: z.literal(type), ...facts, out_trade_no: z.string(), trade_no: z.string(),
}).transform((event): GatewayEvent => ({ type, ...factsOf(event), outTradeNo: event.out_trade_no, tradeNo: event.trade_no }))

const refundEvent = <Type extends 'refund.succeeded' | 'refund.failed'>(type: Type) => z.object({
  notify_type: z.literal(type), ...facts, out_trade_no: z.string(), trade_no: z.string(), out_request_no: z.string(), refund_no: z.string(),
}).transform((event): GatewayEvent => ({
  type, ...factsOf(event), outTradeNo: event.out_trade_no, tradeNo: event.trade_no, outRequestNo: event.out_request_no, refundNo: event.refund_no,
}))

const transferEvent = <Type extends 'transfer.paid' | 'transfer.failed'>(type: Type) => z.object({
  notify_type: z.literal(type), ...facts, out_biz_no: z.string(), transfer_no: z.string(),
}).transform((event): GatewayEvent => ({ type, ...factsOf(event), outBizNo: event.out_biz_no, transferNo: event.transfer_no }))

export const eventSchema = z.union([
  paymentEvent('payment.succeeded'), paymentEvent('payment.failed'), paymentEvent('payment.closed'),
  refundEvent('refund.succeeded'), refundEvent('refund.failed'), transferEvent('transfer.paid'), transferEvent('transfer.failed'),
])

type Facts = z.output<z.ZodObject<typeof facts>>

function factsOf(event: Facts): Pick<GatewayEvent, 'eventId' | 'amount' | 'at' | 'reason'> {
  return { eventId: event.notify_id, amount: event.amount, at: event.event_time, reason: event.reason ?? null }
}
