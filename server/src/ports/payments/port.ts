import type { Money } from '@miaodan/shared/kernel/money'

/**
 * What the product asks of a payment network. Every verb is safe to repeat: the caller's own number
 * (`outTradeNo`, `outRequestNo`, `outBizNo`) is unique at the network for ever, and a repeat with the same
 * number answers with what the first call made.
 *
 * Every verb may throw
 * - `GatewayRefused`: the network has said no and nothing was done; repeating the call gives the same answer;
 * - `GatewayUnavailable`: no trustworthy answer came. **The outcome is unknown**: repeat the call with the same
 *   number, or query; never take it for a refusal.
 *
 * No verb may be called inside a database transaction, for it waits on the network.
 */
export interface PaymentGateway {
  /** Stable name, stored with each payment and part of the notification's address, such as `sandbox`. */
  readonly name: string

  /** What to answer to a notification whose event is stored (`accepted`) or could not be taken (`refused`). */
  readonly answers: { readonly accepted: NotificationAnswer; readonly refused: NotificationAnswer }

  /**
   * Opens a payment and says where to send the payer. A repeat must carry the same amount, otherwise it is refused
   * with `parameter_mismatch`. A closed or failed payment is never reopened: pay again under a new `outTradeNo`.
   */
  createPayment(payment: NewPayment): Promise<OpenedPayment>

  /** The payment as the network knows it now, or null if it never heard of it. */
  queryPayment(reference: PaymentReference): Promise<PaymentStatus | null>

  /**
   * Ends a pending payment: afterwards it cannot be paid. Repeating is harmless. Refused with `already_paid`
   * if the payer was faster; the money must then be taken or refunded. Null if the network never heard of it.
   */
  closePayment(reference: PaymentReference): Promise<PaymentStatus | null>

  /**
   * Returns a part or the whole to the payer. Refunds may be repeated under new numbers until the payment is used
   * up, beyond which they are refused with `refund_exceeds_payment`. Named by `tradeNo`, since a payer who paid
   * twice has two trades under one `outTradeNo`. `processing` may end as `succeeded` or `failed`.
   */
  refund(refund: NewRefund): Promise<RefundStatus>

  queryRefund(outRequestNo: string): Promise<RefundStatus | null>

  /** Pays out to somebody's account. Mostly `processing` at first; `paid` and `failed` are final. */
  transfer(transfer: NewTransfer): Promise<TransferStatus>

  queryTransfer(outBizNo: string): Promise<TransferStatus | null>

  /**
   * Everything that settled on a day in China (Asia/Shanghai), in order, for reconciliation. `day` is `YYYY-MM-DD`.
   * The totals are the network's own; an answer whose entries do not add up to them is not trusted.
   */
  bill(day: string): Promise<Bill>

  /**
   * Checks the signature over the raw body, the merchant and the age, and reads the event. `rawBody` must be the bytes as
   * they came. Throws `InvalidNotification` and then nothing of the body may be used. Events come at least once, in any
   * order, and perhaps never: store `eventId` under a unique key, compare amount and currency with your own row, and
   * query what stays silent.
   */
  verifyNotification(rawBody: Uint8Array | string, headers: NotificationHeaders): Promise<GatewayEvent>
}

export type Channel = 'alipay' | 'wechat' | 'unionpay' | 'card'
export type PaymentState = 'pending' | 'succeeded' | 'failed' | 'closed'
export type RefundState = 'processing' | 'succeeded' | 'failed'
export type TransferState = 'processing' | 'paid' | 'failed'

export type NewPayment = {
  outTradeNo: string
  amount: Money
  /** What the payer reads: up to 128 characters. */
  subject: string
  channel: Channel
  notifyUrl: string
  /** Where the payer's browser goes afterwards. What it brings along is a hint only: query before believing it. */
  returnUrl: string
  /** From this moment on (business time) the network takes no money for it and closes it. */
  expireAt: Date
}

export type PaymentReference = { outTradeNo: string } | { tradeNo: string }

export type OpenedPayment = { tradeNo: string; cashierUrl: string; state: PaymentState }

export type PaymentStatus = {
  outTradeNo: string
  tradeNo: string
  state: PaymentState
  amount: Money
  channel: Channel
  /** Refunds that succeeded or are under way. */
  refunded: Money
  paidAt: Date | null
  /** Why it failed or was closed, in the network's own word. */
  reason: string | null
}

export type NewRefund = {
  outRequestNo: string
  tradeNo: string
  amount: Money
  /** Shown to the payer: up to 128 characters. */
  reason: string
  notifyUrl: string
}

export type RefundStatus = {
  outRequestNo: string
  refundNo: string
  tradeNo: string
  outTradeNo: string
  state: RefundState
  amount: Money
  settledAt: Date | null
  reason: string | null
}

export type NewTransfer = {
  outBizNo: string
  amount: Money
  channel: Channel
  /** The name is masked by the caller (`*小明`): the network only compares it. The account goes in full. */
  payee: { maskedName: string; account: string }
  /** Shown to the payee: up to 128 characters. */
  remark: string
  notifyUrl: string
}

export type TransferStatus = {
  outBizNo: string
  transferNo: string
  state: TransferState
  amount: Money
  settledAt: Date | null
  reason: string | null
}

export type BillEntry = {
  kind: 'payment' | 'refund' | 'transfer'
  /** The network's number: trade, refund or transfer. */
  no: string
  /** The caller's number: `outTradeNo`, `outRequestNo` or `outBizNo`. */
  outNo: string
  /** The trade paid or refunded; null for a transfer. */
  tradeNo: string | null
  amount: Money
  settledAt: Date
}

export type BillTotal = { count: number; amount: Money }
export type Bill = { day: string; entries: BillEntry[]; totals: Record<BillEntry['kind'], BillTotal> }

type EventFacts = { eventId: string; amount: Money; at: Date; reason: string | null }

export type PaymentEvent = EventFacts & {
  type: 'payment.succeeded' | 'payment.failed' | 'payment.closed'
  outTradeNo: string
  tradeNo: string
}
export type RefundEvent = EventFacts & {
  type: 'refund.succeeded' | 'refund.failed'
  outTradeNo: string
  tradeNo: string
  outRequestNo: string
  refundNo: string
}
export type TransferEvent = EventFacts & {
  type: 'transfer.paid' | 'transfer.failed'
  outBizNo: string
  transferNo: string
}
/** `at` is when it happened at the network (business time), not when it was sent. */
export type GatewayEvent = PaymentEvent | RefundEvent | TransferEvent

export type NotificationHeaders = Readonly<Record<string, string | string[] | undefined>>
export type NotificationAnswer = { readonly status: number; readonly contentType: string; readonly body: string }
