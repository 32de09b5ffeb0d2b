/** Endpoints of requirements: writing and posting them, the hall, and moderation. */
import * as z from 'zod'
import { slugSchema } from '../catalog/model.ts'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema, manyOf, momentSchema, textSchema } from '../kernel/wire.ts'
import { completenessSchema } from './completeness-view.ts'
import { REQUIREMENT_LIMITS, WAYS } from './limits.ts'
import { requirementPatchSchema } from './model.ts'
import { hallPageSchema, moderationRowSchema, ownRequirementSchema, priceBandSchema, readSentenceSchema, requirementSchema } from './views.ts'

export const HALL_SORTS = ['fit', 'newest', 'budget_up', 'budget_down', 'deadline'] as const
export const HALL_MAX_PAGE = 200
export const OWN_SECTIONS = ['draft', 'active', 'ended'] as const

const fenQuery = z.coerce.bigint().min(0n).max(1_000_000_000n).optional()
const step = { method: 'POST', access: 'user', params: idParams, output: requirementSchema } as const
const gone = ['requirements.not_found', 'kernel.illegal_transition'] as const
const staff = { access: { staff: 'requirements.moderate' } } as const

export const requirements = defineContracts('requirements', {
  hall: {
    method: 'GET', path: '/requirements', access: 'provider', summary: 'Open requirements, with how well each fits the provider who asks.', output: hallPageSchema,
    query: z.object({
      q: z.string().max(200).optional(),
      category: slugSchema.optional().meta({ description: 'A category of either level.' }),
      minBudget: fenQuery.meta({ description: 'Fen. Their upper limit is at least this.' }),
      maxBudget: fenQuery.meta({ description: 'Fen. Their upper limit is at most this.' }),
      within: z.enum(['3', '7', '14', '30']).optional().meta({ description: 'Needed within so many days.' }),
      way: manyOf(z.enum(WAYS), 3),
      sort: z.enum(HALL_SORTS).default('fit'),
      page: z.coerce.number().int().min(1).max(HALL_MAX_PAGE).default(1),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
  },
  create: {
    method: 'POST', path: '/requirements', access: 'user', status: 201, perMinute: 30, body: requirementPatchSchema, output: z.object({ id: idSchema }), summary: 'Start a requirement, as a draft.',
    errors: ['requirements.too_many_drafts', 'catalog.category_unknown', 'kernel.upload_missing'],
  },
  save: {
    method: 'PATCH', path: '/requirements/:id', access: 'user', params: idParams, body: requirementPatchSchema, output: z.object({ savedAt: momentSchema }), summary: 'Save what has changed in a draft.',
    errors: ['requirements.not_found', 'requirements.not_draft', 'catalog.category_unknown', 'kernel.upload_missing'],
  },
  submit: {
    ...step, path: '/requirements/:id/submit', idempotency: 'required', summary: 'Post it. Clean texts open at once, an instant one when it is paid; the rest waits for a moderator.',
    errors: [...gone, 'requirements.not_draft', 'requirements.provider_unknown', 'catalog.category_unknown'],
  },
  withdraw: { ...step, path: '/requirements/:id/withdraw', summary: 'Take it back before it is open, to go on writing.', errors: gone },
  cancel: { ...step, path: '/requirements/:id/cancel', idempotency: 'required', summary: 'Close it. What was paid for an instant one is refunded at once.', body: z.object({ reason: lineSchema(200, 0).default('') }), errors: gone },
  extend: { ...step, path: '/requirements/:id/extend', summary: 'Keep it open once more for as long as it was.', errors: [...gone, 'requirements.already_extended', 'requirements.not_open'] },
  get: { method: 'GET', path: '/requirements/:id', access: 'user', params: idParams, output: requirementSchema, summary: 'One requirement, as far as you may see it.', errors: ['requirements.not_found'] },
  mine: {
    method: 'GET', path: '/me/requirements', access: 'user', summary: 'Your requirements, the last changed first.', query: pageQuery.extend({ section: z.enum(OWN_SECTIONS).default('active') }),
    output: pageOf(ownRequirementSchema).extend({ counts: z.object({ draft: z.number().int(), active: z.number().int(), ended: z.number().int() }) }),
  },
  coach: {
    method: 'POST', path: '/requirements/coach', access: 'anyone', perMinute: 120, body: requirementPatchSchema, summary: 'How complete it is, what is missing and why it is asked, and what comparable work costs.',
    output: z.object({ completeness: completenessSchema, band: priceBandSchema.nullable(), usualDays: z.number().int().nullable().meta({ description: 'Median delivery time of the category.' }) }),
  },
  read: { method: 'POST', path: '/requirements/sentence', access: 'anyone', perMinute: 120, body: z.object({ text: textSchema(500) }), output: readSentenceSchema, summary: 'Reads category, budget and day out of one sentence.' },

  moderationQueue: { ...staff, method: 'GET', path: '/staff/requirements', query: pageQuery, output: pageOf(moderationRowSchema).extend({ waiting: z.number().int() }), summary: 'What the rules held back, longest waiting first.' },
  approve: { ...staff, method: 'POST', path: '/staff/requirements/:id/approve', params: idParams, output: requirementSchema, summary: 'Let it open; an instant one when it is paid.', errors: [...gone, 'requirements.no_own_decision'] },
  return: {
    ...staff, method: 'POST', path: '/staff/requirements/:id/return', params: idParams, output: requirementSchema, body: z.object({ reason: textSchema(REQUIREMENT_LIMITS.reason, 4) }),
    summary: 'Send it back to its buyer with a reason.', errors: [...gone, 'requirements.no_own_decision'],
  },
})
