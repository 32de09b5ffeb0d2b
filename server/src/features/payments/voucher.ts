/** The voucher of a payment: what stands in it, and who may have it. */
import { asc, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import type { PaymentChannel } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { peopleByIds } from '../accounts/index.ts'
import { dealsOf } from './deals.ts'
import { refunds, payments } from './tables.ts'
import { WITH_VOUCHER } from './wallet.ts'

export type Voucher = {
  /** The payment's id, by which anybody holding the paper can have it checked. */
  paymentId: string
  orderNumber: string | null
  title: string
  payer: string
  payee: string | null
  amount: bigint
  /** What a coupon added to it. */
  coupon: bigint
  channel: PaymentChannel
  tradeNo: string | null
  paidAt: Date
  refunds: { amount: bigint, at: Date }[]
  issuedAt: Date
}

/**
 * For who paid and who was paid; to anybody else the payment is not there.
 * @throws problem `kernel.not_found` | `payments.no_voucher`
 */
export async function voucherFor(executor: Executor, deps: Deps, userId: string, paymentId: string): Promise<Voucher> {
  const [payment] = await executor.select().from(payments).where(eq(payments.id, paymentId))
  const deal = payment && (await dealsOf(executor, [payment.subjectId])).get(payment.subjectId)
  if (!payment || (payment.payerId !== userId && deal?.providerId !== userId)) throw problem('kernel.not_found')
  if (!payment.paidAt || !(WITH_VOUCHER as readonly string[]).includes(payment.state)) throw problem('payments.no_voucher')
  const back = await executor.select().from(refunds).where(eq(refunds.paymentId, paymentId)).orderBy(asc(refunds.createdAt))
  const payer = deal?.buyerName ?? (await peopleByIds(executor, deps, [payment.payerId])).get(payment.payerId)?.displayName ?? payment.payerId
  return {
    paymentId, orderNumber: deal?.number ?? null, title: deal?.title ?? payment.title, payer, payee: deal?.providerName ?? null, amount: payment.amount, coupon: payment.coupon,
    channel: payment.channel as PaymentChannel, tradeNo: payment.gateway === 'balance' ? null : payment.tradeNo, paidAt: payment.paidAt, issuedAt: deps.clock.now(),
    // Money that came twice or too late never counted as this payment, so its return is not told here.
    refunds: back.flatMap(refund => (refund.source === 'escrow' && refund.settledAt ? [{ amount: refund.amount, at: refund.settledAt }] : [])),
  }
}
