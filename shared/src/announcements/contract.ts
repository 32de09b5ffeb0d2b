/** Announcements: what the platform tells everybody. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema, momentSchema } from '../kernel/wire.ts'
import { announcementHeadSchema, announcementInputSchema, announcementSchema, staffAnnouncementSchema } from './model.ts'
import { ANNOUNCEMENT_LIMITS } from './rules.ts'

export const announcements = defineContracts('announcements', {
  list: { method: 'GET', path: '/announcements', access: 'anyone', summary: 'What was announced, newest first.', query: pageQuery, output: pageOf(announcementHeadSchema) },
  news: {
    method: 'GET', path: '/announcements/news', access: 'anyone', summary: 'What is new to you.',
    output: z.object({
      unread: z.number().int().meta({ description: 'How many came since you joined that you have not read, up to a hundred. 0 for who is not signed in.' }),
      latest: announcementHeadSchema.nullable(),
      line: announcementHeadSchema.nullable().meta({ description: 'The newest about maintenance or rules of the last two weeks, if it is new to you; for who is not signed in, whether or not it is.' }),
    }),
  },
  get: { method: 'GET', path: '/announcements/:id', access: 'anyone', summary: 'One announcement.', params: idParams, output: announcementSchema, errors: ['kernel.not_found'] },
  read: { method: 'POST', path: '/announcements/:id/read', access: 'user', summary: 'You have read this one, and with it all before.', params: idParams, errors: ['kernel.not_found'] },
})

const access = { staff: 'announcements.manage' } as const
const step = { method: 'POST', access, params: idParams, output: staffAnnouncementSchema } as const
const inputErrors = ['announcements.day_missing'] as const
const unpublished = ['kernel.not_found', 'kernel.illegal_transition', 'announcements.published', 'announcements.rules_too_soon'] as const

export const announcementDesk = defineContracts('announcementDesk', {
  list: { method: 'GET', path: '/staff/announcements', access, summary: 'All announcements in whatever state, the last made first.', query: pageQuery, output: pageOf(staffAnnouncementSchema) },
  create: { method: 'POST', path: '/staff/announcements', access, status: 201, idempotency: 'required', summary: 'Write a draft.', body: announcementInputSchema, output: staffAnnouncementSchema, errors: inputErrors },
  edit: { method: 'PUT', path: '/staff/announcements/:id', access, params: idParams, summary: 'Change it while it is not public.', body: announcementInputSchema, output: staffAnnouncementSchema, errors: [...inputErrors, ...unpublished] },
  publish: {
    ...step, path: '/staff/announcements/:id/publish', summary: 'Make it public, now or at a moment. A change of rules at least seven days before it takes effect.',
    body: z.object({ at: momentSchema.nullable().meta({ description: 'Null: now.' }) }), errors: ['announcements.in_past', ...unpublished],
  },
  withdraw: { ...step, path: '/staff/announcements/:id/withdraw', summary: 'Take it away from everybody but staff, for good.', body: z.object({ reason: lineSchema(ANNOUNCEMENT_LIMITS.reason) }), errors: ['kernel.not_found', 'kernel.illegal_transition'] },
})
