/** Endpoints of orders: ordering, the steps of the deal, and reading it. */
import * as z from 'zod'
import { selectionSchema } from '../catalog/model.ts'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { positiveMoneySchema } from '../kernel/money.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema, textSchema } from '../kernel/wire.ts'
import { deliveryInputSchema, sideSchema } from './model.ts'
import { ORDER_LIMITS } from './rules.ts'
import { couponChoiceSchema } from '../rewards/model.ts'
import { orderRowSchema, orderSchema, placedOrderSchema, whereItemSchema, workbenchSchema } from './views.ts'

export const SECTIONS = ['waiting', 'in_progress', 'done'] as const
export type Section = typeof SECTIONS[number]

const version = z.number().int().min(1).meta({ description: 'The delivery the person has looked at. Refused when there is a newer one.' })
const step = { method: 'POST', access: 'user', params: idParams, output: orderSchema, idempotency: 'required' } as const
const couponErrors = ['rewards.coupon_not_found', 'rewards.coupon_used', 'rewards.coupon_held', 'rewards.coupon_expired', 'rewards.coupon_not_begun', 'rewards.coupon_wrong_category', 'rewards.coupon_below_minimum'] as const
const stepErrors = ['kernel.illegal_transition', 'kernel.forbidden'] as const

export const orders = defineContracts('orders', {
  createDirect: {
    method: 'POST', path: '/orders', access: 'user', idempotency: 'required', status: 201, output: placedOrderSchema,
    summary: 'Order a service. The price is computed here; it must be the one the buyer was shown.',
    body: z.object({ serviceId: idSchema, selection: selectionSchema, price: positiveMoneySchema }),
    errors: ['catalog.service_not_found', 'catalog.own_service', 'catalog.not_for_sale', 'catalog.full', 'orders.price_changed', 'orders.provider_on_holiday', 'orders.provider_full', 'kernel.upload_missing'],
  },
  list: {
    method: 'GET', path: '/orders', access: 'user', summary: 'Your orders of one section, the most urgent first, with the counts of all sections.',
    query: pageQuery.extend({ side: sideSchema.default('buyer'), section: z.enum(SECTIONS).default('waiting'), q: lineSchema(60, 0).optional().meta({ description: 'Part of the number, the title, or the name of the other side.' }) }),
    output: pageOf(orderRowSchema).extend({ counts: z.object({ waiting: z.number().int(), in_progress: z.number().int(), done: z.number().int() }) }),
  },
  get: { method: 'GET', path: '/orders/:id', access: 'user', params: idParams, output: orderSchema, summary: 'Everything about one order.' },
  workbench: { method: 'GET', path: '/workbench/orders', access: 'provider', output: workbenchSchema, summary: "What waits for the provider today, the money coming, and capacity." },
  moneyWhere: { method: 'GET', path: '/wallet/where', access: 'user', output: z.object({ items: z.array(whereItemSchema) }), summary: 'Every amount held, clearing or on its way for you: which order, why, until when.' },

  coupons: {
    method: 'GET', path: '/orders/:id/coupons', access: 'user', params: idParams, summary: 'Your coupons looked at for this order, the largest saving first.',
    output: z.object({
      items: z.array(couponChoiceSchema),
      best: idSchema.nullable().meta({ description: 'The one that takes off most.' }),
      chosen: idSchema.nullable().meta({ description: 'The one the order holds.' }),
      open: z.boolean().meta({ description: 'One can be chosen: nothing is paid yet.' }),
    }),
  },
  chooseCoupon: {
    method: 'PUT', path: '/orders/:id/coupon', access: 'user', params: idParams, output: orderSchema, body: z.object({ couponId: idSchema.nullable() }),
    summary: 'Hold a coupon for an order that is not paid yet, or none. Its amount is spread over the milestones.',
    errors: [...couponErrors, 'orders.coupon_too_late', 'kernel.forbidden'],
  },

  accept: { ...step, path: '/orders/:id/accept', summary: 'The provider takes a paid order; the first milestone starts.', errors: stepErrors },
  decline: { ...step, path: '/orders/:id/decline', summary: 'The provider declines a paid order; the buyer is refunded at once.', body: z.object({ reason: lineSchema(200) }), errors: stepErrors },
  recall: { ...step, path: '/orders/:id/recall', summary: 'The buyer takes a paid order back that the provider has not accepted; refunded at once.', errors: stepErrors },
  withdraw: { ...step, path: '/orders/:id/withdraw', summary: 'The buyer gives up an order that is not paid.', errors: stepErrors },

  deliver: {
    ...step, path: '/milestones/:id/deliver', summary: 'Deliver a milestone, or a further version of it.', body: deliveryInputSchema,
    errors: [...stepErrors, 'kernel.upload_missing', 'orders.checklist_line_unknown', 'orders.checklist_line_repeated'],
  },
  tick: {
    method: 'PUT', path: '/milestones/:id/checklist/:position', access: 'user', output: orderSchema, summary: 'The buyer checks a line of the delivered version, or takes the tick back.',
    params: z.object({ id: idSchema, position: z.coerce.number().int().min(1).max(ORDER_LIMITS.checklistLines) }), body: z.object({ ticked: z.boolean() }),
    errors: [...stepErrors, 'orders.checklist_line_unknown'],
  },
  revise: {
    ...step, path: '/milestones/:id/revise', summary: 'The buyer asks for a change of the delivered version; counted against the agreed number.',
    body: z.object({ reason: textSchema(2000), version }), errors: [...stepErrors, 'orders.revisions_used_up', 'orders.newer_delivery', 'orders.refund_open'],
  },
  release: {
    ...step, path: '/milestones/:id/accept', summary: "The buyer accepts a delivery: the milestone's escrow less the fee goes into the provider's clearing.",
    body: z.object({ version, amount: positiveMoneySchema.meta({ description: 'What the buyer was told would be released.' }) }),
    errors: [...stepErrors, 'orders.newer_delivery', 'orders.wrong_amount', 'orders.refund_open'],
  },
  extend: { ...step, path: '/milestones/:id/extend', summary: 'The buyer takes seven more days to look at a delivery, once a milestone.', errors: [...stepErrors, 'orders.already_extended', 'orders.refund_open'] },

  take: {
    method: 'POST', path: '/requirements/:id/take', access: 'provider', params: idParams, output: orderSchema, idempotency: 'required', summary: 'Take an instant requirement. The first to ask has it; its money is in escrow already.',
    errors: ['requirements.not_found', 'requirements.already_taken', 'requirements.not_open', 'requirements.own', 'orders.provider_full'],
  },
})
