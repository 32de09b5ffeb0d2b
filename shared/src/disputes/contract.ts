/** Endpoints of refund requests and disputes. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { positiveMoneySchema, priceSchema } from '../kernel/money.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema, textSchema } from '../kernel/wire.ts'
import { ORDER_LIMITS } from '../orders/rules.ts'
import { disputeRowSchema, disputeSchema, dryRunSchema, markSchema, refundableSchema, refundCauseSchema, refundRequestSchema, statementSchema } from './model.ts'

const answer = { method: 'POST', access: 'user', params: idParams, output: refundRequestSchema, idempotency: 'required' } as const
const version = z.number().int().min(1).meta({ description: 'The offer the person has looked at. Refused when there is a newer one.' })
const answerErrors = ['kernel.illegal_transition', 'disputes.offer_changed', 'disputes.not_your_turn'] as const

export const refunds = defineContracts('refunds', {
  ask: {
    method: 'POST', path: '/orders/:id/refund-requests', access: 'user', params: idParams, status: 201, idempotency: 'required', output: z.object({ items: z.array(refundRequestSchema) }),
    summary: 'Ask for money of one or more milestones to go back, as the buyer, or offer it, as the provider. Each milestone is decided by itself.',
    body: statementSchema.extend({
      cause: refundCauseSchema,
      milestones: z.array(z.object({ id: idSchema, amount: positiveMoneySchema })).min(1).max(ORDER_LIMITS.milestones),
    }),
    errors: ['disputes.nothing_to_refund', 'disputes.order_not_running', 'disputes.decided_before', 'disputes.too_much', 'disputes.repeated', 'orders.refund_open', 'kernel.upload_missing'],
  },
  ofOrder: {
    method: 'GET', path: '/orders/:id/refund-requests', access: 'user', params: idParams, summary: 'The refund requests of an order, newest first, and what can be asked for now.',
    output: z.object({ items: z.array(refundRequestSchema), refundable: z.array(refundableSchema) }),
  },
  get: { method: 'GET', path: '/refund-requests/:id', access: 'user', params: idParams, output: refundRequestSchema, summary: 'One refund request, for its two sides and staff.' },
  agree: { ...answer, path: '/refund-requests/:id/agree', summary: "Agree to the other side's last offer: the milestone is divided at once.", body: z.object({ version }), errors: answerErrors },
  counter: {
    ...answer, path: '/refund-requests/:id/counter', summary: 'Offer another amount; the other side has three days to answer.',
    body: statementSchema.extend({ version, amount: priceSchema.meta({ description: 'What would go back to the buyer; may be nothing.' }) }),
    errors: [...answerErrors, 'disputes.too_much', 'disputes.same_amount', 'disputes.too_many_offers', 'kernel.upload_missing'],
  },
  refuse: { ...answer, path: '/refund-requests/:id/refuse', summary: 'Refuse: an arbitrator decides.', body: z.object({ version, message: textSchema(4000) }), errors: answerErrors },
  withdraw: { ...answer, path: '/refund-requests/:id/withdraw', summary: 'Take your request back, until there is a ruling. The milestone goes on.', errors: ['kernel.illegal_transition', 'disputes.not_asker'] },
})

const step = { method: 'POST', access: 'user', params: idParams, output: disputeSchema, idempotency: 'required' } as const
const ruling = { toBuyer: priceSchema, toProvider: priceSchema }
const decide = { method: 'POST', access: { staff: 'disputes.decide' }, params: idParams, output: disputeSchema } as const

export const disputes = defineContracts('disputes', {
  get: { method: 'GET', path: '/disputes/:id', access: 'user', params: idParams, output: disputeSchema, summary: 'A dispute with its evidence, for its two sides and staff who may read disputes.' },
  pack: { method: 'GET', path: '/disputes/:id/pack', access: 'user', params: idParams, media: 'application/pdf', perMinute: 30, summary: 'The evidence pack as PDF.' },
  addEvidence: {
    ...step, path: '/disputes/:id/evidence', summary: 'Add a statement with files while evidence is taken.', body: statementSchema,
    errors: ['disputes.evidence_closed', 'disputes.evidence_done', 'disputes.too_much_evidence', 'kernel.upload_missing'],
  },
  finishEvidence: { ...step, path: '/disputes/:id/evidence/finish', summary: 'Say that you have nothing to add. When both have, the arbitrator can decide at once.', errors: ['disputes.evidence_closed'] },
  appeal: { ...step, path: '/disputes/:id/appeal', summary: 'Appeal against the ruling, once and within 48 hours.', body: z.object({ reason: textSchema(4000) }), errors: ['disputes.appeal_over'] },

  queue: {
    method: 'GET', path: '/staff/disputes', access: { staff: 'disputes.read' }, summary: 'Disputes, the most urgent first.',
    query: pageQuery.extend({
      state: z.enum(['evidence', 'review', 'ruled', 'appealed', 'ended', 'open']).default('open').meta({ description: '`open`: everything that has not ended.' }),
      mine: z.enum(['true', 'false']).optional().meta({ description: 'Only those assigned to you.' }), q: lineSchema(60, 0).optional().meta({ description: 'Part of the number of the case or order, or of a name.' }),
    }),
    output: pageOf(disputeRowSchema).extend({ counts: z.record(z.string(), z.number().int()) }),
  },
  requests: {
    method: 'GET', path: '/staff/refund-requests', access: { staff: 'disputes.read' }, summary: 'Refund requests, those whose answer is due first on top.',
    query: pageQuery.extend({ state: z.enum(['live', 'ended']).default('live'), q: lineSchema(60, 0).optional() }), output: pageOf(refundRequestSchema),
  },
  take: { ...decide, path: '/staff/disputes/:id/take', summary: 'Put the case on your own list.', errors: ['disputes.own_case', 'disputes.same_arbitrator', 'kernel.illegal_transition'] },
  extendEvidence: { ...decide, path: '/staff/disputes/:id/extend', summary: 'Give both sides 24 hours more, once.', errors: ['kernel.illegal_transition', 'disputes.extended_before'] },
  saveDraft: {
    method: 'PUT', path: '/staff/disputes/:id/draft', access: { staff: 'disputes.decide' }, params: idParams, output: z.object({ savedAt: z.string() }), summary: 'Keep your unfinished ruling and how you weigh each piece.',
    body: z.object({ toBuyer: priceSchema.nullable(), reasons: textSchema(8000, 0), marks: z.record(z.string().regex(/^\d{1,3}$/), markSchema) }),
  },
  dryRun: {
    method: 'POST', path: '/staff/disputes/:id/dry-run', access: { staff: 'disputes.decide' }, params: idParams, output: dryRunSchema, body: z.object(ruling),
    summary: 'What a ruling would book, to the fen. Nothing is changed.', errors: ['disputes.not_summed', 'kernel.illegal_transition'],
  },
  rule: {
    ...decide, path: '/staff/disputes/:id/ruling', idempotency: 'required', summary: 'Rule: the parts add up to the pot. On appeal this is final and carried out at once.', body: z.object({ ...ruling, reasons: textSchema(8000) }),
    errors: ['disputes.not_summed', 'disputes.already_ruled', 'disputes.own_case', 'disputes.same_arbitrator', 'kernel.illegal_transition'],
  },
})
