import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema } from '../kernel/money.ts'
import { momentSchema } from '../kernel/wire.ts'
import { paymentLifecycle } from './lifecycle.ts'

/** How a person pays. `balance` takes it from what they have on the platform. */
export const PAYMENT_CHANNELS = ['alipay', 'wechat', 'unionpay', 'card', 'balance'] as const
export type PaymentChannel = typeof PAYMENT_CHANNELS[number]
export const paymentChannelSchema = z.enum(PAYMENT_CHANNELS)

export const PAYMENT_PURPOSES = ['order', 'requirement'] as const
export type PaymentPurpose = typeof PAYMENT_PURPOSES[number]

/** Why money goes back to who paid it. */
export const REFUND_REASONS = ['double_payment', 'wrong_amount', 'too_late', 'declined', 'not_accepted', 'requirement_expired', 'requirement_cancelled', 'agreed', 'not_answered', 'ruled'] as const
export type RefundReason = typeof REFUND_REASONS[number]

/** `credited`: the gateway could not return it, so it is in the person's balance. */
export const REFUND_STATES = ['requested', 'processing', 'succeeded', 'credited'] as const
export type RefundState = typeof REFUND_STATES[number]

export const refundSchema = z.object({
  id: idSchema,
  amount: moneySchema,
  reason: z.enum(REFUND_REASONS),
  state: z.enum(REFUND_STATES),
  createdAt: momentSchema,
  settledAt: momentSchema.nullable(),
}).meta({ id: 'Refund' })

export const paymentSchema = z.object({
  id: idSchema,
  purpose: z.enum(PAYMENT_PURPOSES),
  subjectId: idSchema,
  title: z.string(),
  amount: moneySchema,
  coupon: moneySchema.meta({ description: 'What a coupon added to it: the two together are the price.' }),
  channel: paymentChannelSchema,
  state: z.enum(paymentLifecycle.states),
  cashierUrl: z.string().nullable().meta({ description: 'Where to send the payer, once the payment was opened.' }),
  expiresAt: momentSchema,
  paidAt: momentSchema.nullable(),
  createdAt: momentSchema,
  refunds: z.array(refundSchema),
}).meta({ id: 'Payment' })
