/** Reporting a message or a review, and the desk that looks at what was reported. */
import * as z from 'zod'
import { personCardSchema } from '../accounts/model.ts'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema, momentSchema, textSchema } from '../kernel/wire.ts'
import { reportLifecycle } from './lifecycle.ts'

export const REPORT_REASONS = ['contact', 'fraud', 'abuse', 'illegal', 'untrue', 'other'] as const

const reportSchema = z.object({
  id: idSchema,
  kind: z.enum(['message', 'review']),
  author: personCardSchema,
  reporter: personCardSchema,
  reason: z.enum(REPORT_REASONS),
  note: z.string(),
  content: z.string().meta({ description: 'As it was when it was reported.' }),
  context: z.string().meta({ description: 'Title of the order a review is about.' }),
  alike: z.number().int().meta({ description: 'How many reported the same.' }),
  state: z.enum(reportLifecycle.states),
  createdAt: momentSchema,
  decidedAt: momentSchema.nullable(),
  decidedBy: personCardSchema.nullable(),
  decisionNote: z.string().nullable(),
}).meta({ id: 'Report' })

const access = { staff: 'reports.handle' } as const
const decision = { params: idParams, body: z.object({ note: lineSchema(200, 2) }), errors: ['kernel.not_found', 'kernel.illegal_transition', 'admin.report_involved'] } as const

export const reports = defineContracts('reports', {
  create: {
    method: 'POST', path: '/reports', access: 'user', summary: 'Report a message the other wrote to you, or a published review. The same again changes nothing.', perMinute: 20,
    body: z.intersection(
      z.union([z.object({ kind: z.literal('message'), conversationId: idSchema, seq: z.number().int().positive() }), z.object({ kind: z.literal('review'), reviewId: idSchema })]),
      z.object({ reason: z.enum(REPORT_REASONS), note: textSchema(500, 0).default('') }),
    ),
    errors: ['kernel.not_found', 'admin.report_own', 'admin.report_nothing'],
  },
  list: {
    method: 'GET', path: '/staff/reports', access, summary: 'What was reported: open ones oldest first, decided ones newest first.', output: pageOf(reportSchema).extend({ waiting: z.number().int() }),
    query: pageQuery.extend({ state: z.enum(['open', 'decided']).default('open') }),
  },
  remove: { method: 'POST', path: '/staff/reports/:id/removal', access, summary: 'Nobody shall see this content any more.', ...decision },
  dismiss: { method: 'POST', path: '/staff/reports/:id/dismissal', access, summary: 'The content may stay.', ...decision },
})
