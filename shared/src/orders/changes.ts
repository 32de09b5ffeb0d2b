/** Endpoints of change orders: another scope, price or date of an order under way, agreed by both sides. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams } from '../kernel/ids.ts'
import { moneySchema } from '../kernel/money.ts'
import { textSchema } from '../kernel/wire.ts'
import { changeEffectSchema, changeInputSchema, changeLineSchema, changeOrderSchema, changeTermsSchema } from './change-model.ts'

const termsErrors = ['orders.change_not_running', 'orders.change_empty', 'orders.change_repeated', 'orders.change_closed', 'orders.refund_open', 'orders.change_too_many', 'orders.change_too_large'] as const
const answer = { method: 'POST', access: 'user', params: idParams, output: changeOrderSchema, idempotency: 'required' } as const

export const changes = defineContracts('changes', {
  preview: {
    method: 'POST', path: '/orders/:id/changes/preview', access: 'user', params: idParams, body: changeTermsSchema, perMinute: 120,
    output: z.object({ lines: z.array(changeLineSchema), effect: changeEffectSchema }), summary: 'What a change would do: the difference, the fee on it, and what is paid or refunded. Nothing is changed.', errors: termsErrors,
  },
  propose: {
    method: 'POST', path: '/orders/:id/changes', access: 'user', params: idParams, body: changeInputSchema, output: changeOrderSchema, status: 201, idempotency: 'required',
    summary: 'Propose a change. The other side has three days; silence means no.', errors: [...termsErrors, 'orders.change_open'],
  },
  ofOrder: { method: 'GET', path: '/orders/:id/changes', access: 'user', params: idParams, output: z.object({ items: z.array(changeOrderSchema) }), summary: 'The change orders of an order, newest first.' },
  agree: {
    ...answer, path: '/changes/:id/agree', summary: "Agree to the other side's change. It holds at once, or when the buyer has paid the increase.",
    body: z.object({ pay: moneySchema, refund: moneySchema }).meta({ description: 'What the person was shown. Refused when it is no longer so.' }), errors: [...termsErrors, 'orders.change_moved', 'kernel.forbidden', 'kernel.illegal_transition'],
  },
  reject: { ...answer, path: '/changes/:id/reject', summary: "Refuse the other side's change.", body: z.object({ answer: textSchema(2000, 0).default('') }), errors: ['kernel.forbidden', 'kernel.illegal_transition'] },
  withdraw: { ...answer, path: '/changes/:id/withdraw', summary: 'Take your own proposal back; or, as the buyer, an agreed one that is not paid yet.', errors: ['kernel.forbidden', 'kernel.illegal_transition'] },
})
