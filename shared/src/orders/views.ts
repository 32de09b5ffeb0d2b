/** How orders and quotes look to those who read them. */
import * as z from 'zod'
import { personCardSchema } from '../accounts/model.ts'
import { answerSchema, coverSchema } from '../catalog/model.ts'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema } from '../kernel/money.ts'
import { uploadSchema } from '../kernel/uploads.ts'
import { momentSchema } from '../kernel/wire.ts'
import { paymentSchema } from '../payments/model.ts'
import { bearerSchema, couponNameSchema } from '../rewards/model.ts'
import { milestoneLifecycle, orderLifecycle, quoteLifecycle } from './lifecycle.ts'
import { moneyStateSchema, nextStepSchema, originSchema, perspectiveSchema, quoteTermsSchema, segmentSchema, sideSchema } from './model.ts'

const orderState = z.enum(orderLifecycle.states)
const milestoneState = z.enum(milestoneLifecycle.states)
const actionNames = <A extends string>(lifecycle: { transitions: Record<A, unknown> }) => z.enum(Object.keys(lifecycle.transitions) as [A, ...A[]])

export const feeSchema = z.object({
  feeBps: z.number().int(),
  minimum: moneySchema.nullable(),
  maximum: moneySchema.nullable(),
  total: moneySchema.meta({ description: 'Fee of the whole order at the terms frozen on it.' }),
  net: moneySchema,
}).meta({ id: 'OrderFee' })

/** "Where is this money": one amount, who holds it, why, until when, and what comes then. */
export const moneyPlaceSchema = z.object({
  state: moneyStateSchema,
  milestone: z.object({ id: idSchema, position: z.number().int(), title: z.string() }),
  amount: moneySchema,
  coupon: moneySchema.meta({ description: 'What of it the coupon gave; of what went back, what is its bearer\'s and not the buyer\'s.' }),
  fee: moneySchema.nullable().meta({ description: 'For the provider: what the platform takes of it.' }),
  net: moneySchema.nullable(),
  holder: z.enum(['buyer', 'escrow', 'clearing', 'provider', 'refund']),
  why: z.enum(['not_due', 'due', 'waiting_for_provider', 'waiting_to_start', 'in_work', 'waiting_for_acceptance', 'accepted', 'accepted_by_silence', 'cleared', 'refunded', 'refund_asked', 'in_arbitration', 'decided']),
  since: momentSchema.nullable(),
  until: momentSchema.nullable(),
  then: z.enum(['held', 'released', 'clearing', 'available', 'refunded', 'decided', 'done']),
}).meta({ id: 'MoneyPlace' })
export type MoneyPlace = z.output<typeof moneyPlaceSchema>

export const deliverySchema = z.object({
  version: z.number().int(),
  message: z.string(),
  at: momentSchema,
  files: z.array(uploadSchema),
  revision: z.object({ reason: z.string(), at: momentSchema }).nullable().meta({ description: 'What the buyer asked to change about this version.' }),
}).meta({ id: 'Delivery' })

export const checklistLineSchema = z.object({
  position: z.number().int(),
  text: z.string(),
  proof: z.string().nullable().meta({ description: 'How the provider says it is met.' }),
  provenVersion: z.number().int().nullable(),
  ticked: z.boolean().meta({ description: 'The buyer has checked it in the current version.' }),
}).meta({ id: 'ChecklistLine' })

export const MILESTONE_ACTIONS = ['deliver', 'redeliver', 'revise', 'accept', 'extend', 'pay'] as const

export const milestoneSchema = z.object({
  id: idSchema,
  position: z.number().int(),
  title: z.string(),
  price: moneySchema,
  days: z.number().int(),
  state: milestoneState,
  dueAt: momentSchema.nullable(),
  startedAt: momentSchema.nullable(),
  late: z.boolean(),
  closedAt: momentSchema.nullable(),
  refunded: moneySchema.meta({ description: 'What of the price went back.' }),
  coupon: moneySchema.meta({ description: 'What of the price the coupon gives; the buyer pays the rest.' }),
  couponRefunded: moneySchema.meta({ description: 'What of the refunded went back to who bore the coupon, and not to the buyer.' }),
  heldBy: idSchema.nullable().meta({ description: 'The refund request that holds the milestone until it is decided.' }),
  acceptance: z.object({
    deliveredAt: momentSchema,
    acceptBy: momentSchema,
    reminders: z.array(momentSchema),
    extended: z.boolean(),
  }).nullable().meta({ description: 'While a delivery waits for the buyer.' }),
  revisions: z.object({ cap: z.number().int().nullable(), used: z.number().int() }),
  checklist: z.array(checklistLineSchema),
  deliveries: z.array(deliverySchema),
  actions: z.array(z.enum(MILESTONE_ACTIONS)),
  where: moneyPlaceSchema.nullable(),
}).meta({ id: 'Milestone' })
export type MilestoneView = z.output<typeof milestoneSchema>

export const TIMELINE_CODES = [
  'order.created', 'order.pay', 'order.start', 'order.accept', 'order.decline', 'order.lapse', 'order.recall', 'order.complete', 'order.call_off', 'order.expire', 'order.withdraw',
  'milestone.fund', 'milestone.start', 'milestone.deliver', 'milestone.redeliver', 'milestone.revise', 'milestone.extend', 'milestone.accept', 'milestone.accept_by_silence',
  'milestone.remind', 'milestone.clear', 'milestone.refund', 'milestone.split', 'milestone.award', 'refund.answer', 'refund.decide', 'change_order.agree', 'change_order.pay', 'review',
] as const
export type TimelineCode = typeof TIMELINE_CODES[number]

export const momentOfOrderSchema = z.object({
  kind: z.enum(['past', 'now', 'next']),
  code: z.enum(TIMELINE_CODES),
  at: momentSchema.nullable().meta({ description: 'Null: when depends on a step before it.' }),
  by: z.enum(['buyer', 'provider', 'system', 'gateway', 'staff']),
  milestone: z.object({ position: z.number().int(), title: z.string() }).nullable(),
  amount: moneySchema.nullable(),
  coupon: moneySchema.nullable().meta({ description: 'What of the amount the coupon gave.' }),
  version: z.number().int().nullable(),
  text: z.string().nullable().meta({ description: 'What a person wrote: a reason or a message.' }),
}).meta({ id: 'OrderMoment' })
export type OrderMoment = z.output<typeof momentOfOrderSchema>

const rowShape = {
  id: idSchema,
  number: z.string(),
  title: z.string(),
  state: orderState,
  side: perspectiveSchema,
  other: personCardSchema.meta({ description: 'The other side; for staff the provider.' }),
  cover: coverSchema.nullable(),
  price: moneySchema,
  next: nextStepSchema,
  change: z.object({ step: z.enum(['answer', 'pay']), at: momentSchema }).nullable().meta({ description: 'A change order waits for who looks, beside the next step.' }),
  pips: z.array(milestoneState),
  segments: z.array(segmentSchema),
  net: moneySchema.nullable().meta({ description: 'For the provider: the price less the fee.' }),
  createdAt: momentSchema,
  endedAt: momentSchema.nullable(),
}
export const orderRowSchema = z.object(rowShape).meta({ id: 'OrderRow' })
export type OrderRow = z.output<typeof orderRowSchema>

export const quoteVersionSchema = z.object({
  version: z.number().int(),
  by: sideSchema,
  at: momentSchema,
  terms: quoteTermsSchema,
  total: moneySchema,
  days: z.number().int(),
}).meta({ id: 'QuoteVersion' })

export const quoteSchema = z.object({
  id: idSchema,
  state: z.enum(quoteLifecycle.states),
  version: z.number().int(),
  side: perspectiveSchema,
  buyer: personCardSchema,
  provider: personCardSchema,
  requirementId: idSchema.nullable(),
  serviceId: idSchema.nullable(),
  title: z.string(),
  terms: quoteTermsSchema,
  total: moneySchema,
  days: z.number().int(),
  versions: z.array(quoteVersionSchema),
  expiresAt: momentSchema,
  orderId: idSchema.nullable(),
  actions: z.array(actionNames(quoteLifecycle)),
  createdAt: momentSchema,
}).meta({ id: 'Quote' })
export type QuoteView = z.output<typeof quoteSchema>

export const placedOrderSchema = z.object({
  id: idSchema,
  number: z.string(),
  price: moneySchema,
  payBy: momentSchema.nullable().meta({ description: 'Not paid by then, the order ends.' }),
}).meta({ id: 'PlacedOrder', description: 'What whoever ordered needs to pay; the order itself says the rest.' })

export const orderSchema = z.object({
  ...rowShape,
  origin: originSchema,
  buyer: personCardSchema,
  provider: personCardSchema,
  fee: feeSchema.nullable().meta({ description: 'For the provider and staff.' }),
  payBy: momentSchema.nullable(),
  serviceId: idSchema.nullable(),
  requirementId: idSchema.nullable(),
  brief: z.array(z.object({ label: z.string(), answer: answerSchema, files: z.array(uploadSchema) })),
  lines: z.array(z.object({ label: z.string(), quantity: z.number().int(), amount: moneySchema })),
  milestones: z.array(milestoneSchema),
  actions: z.array(actionNames(orderLifecycle)),
  coupon: z.object({
    id: idSchema,
    name: couponNameSchema,
    bearer: bearerSchema,
    amount: moneySchema.meta({ description: 'What it gives of the price as it is now.' }),
    returned: moneySchema.meta({ description: 'What of that went back to its bearer with refunds.' }),
  }).nullable(),
  bill: z.object({
    amount: moneySchema.meta({ description: 'What the buyer pays.' }),
    price: moneySchema,
    coupon: moneySchema.meta({ description: 'What the coupon gives of the price.' }),
    milestoneIds: z.array(idSchema),
  }).nullable().meta({ description: 'What the buyer may pay now: all that is unpaid.' }),
  timeline: z.array(momentOfOrderSchema),
  papers: z.object({ quotes: z.array(quoteVersionSchema), payments: z.array(paymentSchema) }),
  clearingDays: z.number(),
}).meta({ id: 'Order' })
export type OrderView = z.output<typeof orderSchema>

export const whereItemSchema = z.object({
  kind: z.enum(['held', 'clearing', 'frozen', 'refund', 'suspense', 'payout']),
  side: sideSchema,
  order: z.object({ id: idSchema, number: z.string(), title: z.string() }).nullable(),
  place: moneyPlaceSchema.nullable(),
  amount: moneySchema,
  since: momentSchema,
}).meta({ id: 'WhereIsMyMoney' })

export const workbenchSchema = z.object({
  toAccept: z.array(orderRowSchema),
  toAnswer: z.array(orderRowSchema).meta({ description: 'A refund is asked for, and silence grants it.' }),
  toAgree: z.array(orderRowSchema).meta({ description: 'A change order is proposed; beside it the order goes on, and stands in its own list as well.' }),
  toDeliver: z.array(orderRowSchema),
  inRevision: z.array(orderRowSchema),
  waiting: z.array(orderRowSchema).meta({ description: 'It is the turn of the buyer or of an arbitrator.' }),
  money: z.array(z.object({
    at: momentSchema.nullable(),
    certain: z.boolean().meta({ description: 'It is released and only its date is to come. Else it waits for acceptance, at the latest then.' }),
    net: moneySchema,
    order: z.object({ id: idSchema, number: z.string(), title: z.string() }),
    milestone: z.object({ position: z.number().int(), title: z.string() }),
  })),
  capacity: z.object({ used: z.number().int(), limit: z.number().int() }),
}).meta({ id: 'Workbench' })

