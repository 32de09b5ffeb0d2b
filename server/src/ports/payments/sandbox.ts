import { addMoney, fen } from '@miaodan/shared/kernel/money'
import type * as z from 'zod'
import { GatewayRefused, GatewayUnavailable, InvalidNotification } from './errors.ts'
import type { Bill, BillEntry, GatewayEvent, PaymentGateway, PaymentReference } from './port.ts'
import { parseForm, readKeys, signingText, verifyBytes, type Parameters } from './sandbox-protocol.ts'
import {
  billPageSchema, envelopeSchema, eventSchema, openedPaymentSchema, paymentStatusSchema, refundStatusSchema, transferStatusSchema,
} from './sandbox-messages.ts'
import { callGateway, type TransportOptions } from './sandbox-transport.ts'

export type SandboxGatewayOptions = {
  /** The gateway's origin as this server reaches it, such as `http://127.0.0.1:4300`. */
  url: string
  appId: string
  merchantPrivateKey: string
  gatewayPublicKey: string
  timeoutMs?: number
  attempts?: number
  retryAfterMs?: number
  wallClock?: () => number
  fetch?: typeof fetch
}

/** A message older than this is taken for a replay. The gateway dates each try anew, so a late retry is young. */
const NOTIFICATION_TOLERANCE_MS = 5 * 60_000
/** A million entries a day: a bill that goes on beyond that is not believed. */
const MAX_BILL_PAGES = 1000
/** Longer texts are cut rather than refused, for they only serve the reader. The gateway takes 128 UTF-16 units. */
const MAX_CHARACTERS = 64

export function createSandboxGateway(options: SandboxGatewayOptions): PaymentGateway {
  const { privateKey, publicKey } = readKeys(options.merchantPrivateKey, options.gatewayPublicKey)
  const wallClock = options.wallClock ?? Date.now
  const transport: TransportOptions = {
    url: options.url.replace(/\/+$/, ''),
    appId: options.appId,
    privateKey,
    gatewayPublicKey: publicKey,
    timeoutMs: options.timeoutMs ?? 5000,
    attempts: options.attempts ?? 3,
    retryAfterMs: options.retryAfterMs ?? 200,
    wallClock,
    fetch: options.fetch ?? fetch,
  }

  async function call<Schema extends z.ZodType>(schema: Schema, method: string, parameters: Parameters): Promise<z.output<Schema>> {
    const answer = schema.safeParse(await callGateway(transport, method, parameters))
    if (answer.success) return answer.data
    throw new GatewayUnavailable('untrusted_answer', `The answer to ${method} has not the agreed form.`)
  }

  async function find<Schema extends z.ZodType>(schema: Schema, method: string, parameters: Parameters): Promise<z.output<Schema> | null> {
    try {
      return await call(schema, method, parameters)
    } catch (error) {
      if (error instanceof GatewayRefused && error.code === 'not_found') return null
      throw error
    }
  }

  return {
    name: 'sandbox',
    answers: {
      accepted: { status: 200, contentType: 'text/plain', body: 'success' },
      refused: { status: 401, contentType: 'text/plain', body: 'fail' },
    },

    createPayment: (payment) => call(openedPaymentSchema, 'payment.create', {
      out_trade_no: payment.outTradeNo,
      amount: String(payment.amount.amount),
      currency: payment.amount.currency,
      subject: line(payment.subject),
      channel: payment.channel,
      notify_url: payment.notifyUrl,
      return_url: payment.returnUrl,
      expire_at: payment.expireAt.toISOString(),
    }),

    queryPayment: (reference) => find(paymentStatusSchema, 'payment.query', referenceOf(reference)),

    closePayment: (reference) => find(paymentStatusSchema, 'payment.close', referenceOf(reference)),

    refund: (refund) => call(refundStatusSchema, 'refund.create', {
      out_request_no: refund.outRequestNo,
      trade_no: refund.tradeNo,
      amount: String(refund.amount.amount),
      currency: refund.amount.currency,
      reason: line(refund.reason),
      notify_url: refund.notifyUrl,
    }),

    queryRefund: (outRequestNo) => find(refundStatusSchema, 'refund.query', { out_request_no: outRequestNo }),

    transfer: (transfer) => call(transferStatusSchema, 'transfer.create', {
      out_biz_no: transfer.outBizNo,
      amount: String(transfer.amount.amount),
      currency: transfer.amount.currency,
      channel: transfer.channel,
      payee_name: transfer.payee.maskedName,
      payee_account: transfer.payee.account,
      remark: line(transfer.remark),
      notify_url: transfer.notifyUrl,
    }),

    queryTransfer: (outBizNo) => find(transferStatusSchema, 'transfer.query', { out_biz_no: outBizNo }),

    async bill(day) {
      const entries: BillEntry[] = []
      let after: string | null = null
      for (let pages = 0; pages < MAX_BILL_PAGES; pages += 1) {
        const page: z.output<typeof billPageSchema> = await call(billPageSchema, 'bill.download', { day, ...(after === null ? {} : { after }) })
        entries.push(...page.entries)
        after = page.next
        if (after === null) return addUp(day, entries, page.sums)
      }
      throw new GatewayUnavailable('untrusted_answer', 'The bill has no end.')
    },

    async verifyNotification(rawBody) {
      const parameters = parseForm(typeof rawBody === 'string' ? rawBody : Buffer.from(rawBody).toString('latin1'))
      if (parameters === null) throw new InvalidNotification('malformed', 'The body is not an unambiguous form.')
      const signed = verifyBytes(Buffer.from(signingText(parameters)), parameters.sign ?? '', publicKey)
      if (!signed) throw new InvalidNotification('signature', 'The signature is not the gateway’s.')
      return readEvent(parameters, options.appId, wallClock())
    },
  }
}

/** Only for parameters whose signature was found good. */
function readEvent(parameters: Parameters, appId: string, now: number): GatewayEvent {
  const envelope = envelopeSchema.safeParse(parameters)
  if (!envelope.success) throw new InvalidNotification('malformed', 'The message is signed but is no notification.')
  if (envelope.data.app_id !== appId) throw new InvalidNotification('wrong_merchant', 'The notification is meant for another merchant.')
  const age = Math.abs(now - envelope.data.timestamp.getTime())
  if (age > NOTIFICATION_TOLERANCE_MS) throw new InvalidNotification('stale', 'The notification is more than five minutes away from now.')
  const event = eventSchema.safeParse(parameters)
  if (!event.success) throw new InvalidNotification('malformed', 'The notification has not the agreed form.')
  return event.data
}

/** The network's totals must be what its entries add up to: a missing page would otherwise look like missing money. */
function addUp(day: string, entries: BillEntry[], sums: z.output<typeof billPageSchema>['sums']): Bill {
  const totalOf = (kind: BillEntry['kind']) => {
    const own = entries.filter((entry) => entry.kind === kind)
    const total = { count: own.length, amount: addMoney(...own.map((entry) => entry.amount)) }
    const claimed = sums.find((sum) => sum.kind === kind) ?? { count: 0, amount: fen(0n) }
    if (claimed.count !== total.count || claimed.amount.amount !== total.amount.amount) {
      throw new GatewayUnavailable('untrusted_answer', `The bill of ${day} does not add up.`)
    }
    return total
  }
  return { day, entries, totals: { payment: totalOf('payment'), refund: totalOf('refund'), transfer: totalOf('transfer') } }
}

function referenceOf(reference: PaymentReference): Parameters {
  return 'tradeNo' in reference ? { trade_no: reference.tradeNo } : { out_trade_no: reference.outTradeNo }
}

/** Half a surrogate pair cannot be signed, and an empty text is refused. */
function line(text: string): string {
  return Array.from(text.toWellFormed().trim()).slice(0, MAX_CHARACTERS).join('') || '-'
}
