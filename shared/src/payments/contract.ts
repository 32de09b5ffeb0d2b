import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { positiveMoneySchema } from '../kernel/money.ts'
import { PAYMENT_PURPOSES, paymentChannelSchema, paymentSchema } from './model.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { dailyReconciliationSchema, reconciliationSchema } from './wallet-model.ts'

export const payments = defineContracts('payments', {
  create: {
    method: 'POST', path: '/payments', access: 'user', idempotency: 'required', status: 201,
    summary: 'Start paying for an order or an instant requirement. From the balance it is paid at once; otherwise open it next.',
    body: z.object({
      purpose: z.enum(PAYMENT_PURPOSES),
      subjectId: idSchema,
      channel: paymentChannelSchema,
      milestoneIds: z.array(idSchema).min(1).max(50).optional().meta({ description: 'Which milestones of the order; all unpaid ones unless given.' }),
      changeId: idSchema.optional().meta({ description: 'The agreed change order of the order whose increase is paid.' }),
      amount: positiveMoneySchema.meta({ description: 'What the payer was shown. Refused when it is not what is due.' }),
    }),
    output: paymentSchema,
    errors: ['payments.not_payable', 'payments.amount_changed', 'payments.balance_too_low'],
  },
  open: {
    method: 'POST', path: '/payments/:id/open', access: 'user', params: idParams, output: paymentSchema,
    summary: 'Open the payment at the gateway and get the address of its cashier. Harmless to repeat.',
    errors: ['payments.closed', 'payments.gateway_unavailable', 'payments.gateway_refused'],
  },
  get: { method: 'GET', path: '/payments/:id', access: 'user', params: idParams, output: paymentSchema, summary: 'One of your payments.' },
  check: {
    method: 'POST', path: '/payments/:id/check', access: 'user', params: idParams, output: paymentSchema, perMinute: 60,
    summary: 'Ask the gateway now how the payment stands, for a payer who has come back before the callback.',
  },
  listFor: {
    method: 'GET', path: '/payments', access: 'user', query: z.object({ subjectId: idSchema }), output: z.object({ items: z.array(paymentSchema) }),
    summary: 'Your payments for one order or requirement, newest first.',
  },
  reconcile: {
    method: 'GET', path: '/payments/reconciliation', access: { staff: 'payouts.manage' }, perMinute: 30, query: z.object({ day: z.iso.date().meta({ description: 'A day in China.' }) }), output: reconciliationSchema,
    summary: "Compares the gateway's bill of a day with our receipts, refunds and payouts, and lists every difference.", errors: ['payments.gateway_unavailable', 'payments.day_not_over'],
  },
  reconciledDays: {
    method: 'GET', path: '/payments/reconciliations', access: { staff: 'payouts.manage' }, query: pageQuery, output: pageOf(dailyReconciliationSchema), summary: 'The days that were compared by themselves, newest first.',
  },
})
