/** Endpoints of quotes. Each offer or counter-offer is a version; a decision names the version that was looked at. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema } from '../kernel/wire.ts'
import { quoteTermsSchema, sideSchema } from './model.ts'
import { quoteSchema } from './views.ts'

const version = z.number().int().min(1)
const step = { method: 'POST', access: 'user', params: idParams, output: quoteSchema, idempotency: 'required' } as const
const errors = ['kernel.illegal_transition', 'kernel.forbidden', 'orders.quote_changed'] as const

export const quotes = defineContracts('quotes', {
  offer: {
    method: 'POST', path: '/quotes', access: 'provider', idempotency: 'required', status: 201, output: quoteSchema, perMinute: 30,
    summary: 'Offer a price, time and scope: on a requirement, or to a buyer one is talking with.',
    body: z.union([
      z.object({ requirementId: idSchema, terms: quoteTermsSchema }),
      z.object({ buyerId: idSchema, serviceId: idSchema.optional(), title: lineSchema(60), terms: quoteTermsSchema }),
    ]),
    errors: ['requirements.not_found', 'requirements.already_taken', 'requirements.not_open', 'orders.quote_exists', 'orders.quote_too_many', 'orders.quote_total_too_large', 'orders.quote_to_self', 'orders.quote_not_wanted', 'orders.buyer_unknown', 'catalog.service_not_found'],
  },
  list: {
    method: 'GET', path: '/quotes', access: 'user', summary: 'Quotes you made or received, newest first; of one requirement for its buyer.', output: pageOf(quoteSchema),
    query: pageQuery.extend({ side: sideSchema.default('buyer'), requirementId: idSchema.optional(), otherId: idSchema.optional().meta({ description: 'Only those with this person.' }), open: z.enum(['true', 'false']).optional() }),
  },
  get: { method: 'GET', path: '/quotes/:id', access: 'user', params: idParams, output: quoteSchema, summary: 'One quote with its versions.' },
  counter: { ...step, path: '/quotes/:id/counter', summary: 'The buyer answers an offer with terms of their own.', body: z.object({ version, terms: quoteTermsSchema }), errors: [...errors, 'orders.quote_total_too_large'] },
  reoffer: { ...step, path: '/quotes/:id/reoffer', summary: 'The provider makes a new offer.', body: z.object({ version, terms: quoteTermsSchema }), errors: [...errors, 'orders.quote_total_too_large'] },
  accept: { ...step, path: '/quotes/:id/accept', summary: 'The buyer accepts the offer; an order waits for payment.', body: z.object({ version }), errors: [...errors, 'requirements.already_taken', 'requirements.not_open'] },
  agree: { ...step, path: '/quotes/:id/agree', summary: "The provider agrees to the buyer's terms; an order waits for payment.", body: z.object({ version }), errors: [...errors, 'requirements.already_taken', 'requirements.not_open'] },
  reject: { ...step, path: '/quotes/:id/reject', summary: 'Either side turns the quote down.', body: z.object({ reason: lineSchema(200, 0).default('') }), errors },
  withdraw: { ...step, path: '/quotes/:id/withdraw', summary: 'The provider takes the offer back.', errors },
})
