import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { momentSchema } from '../kernel/wire.ts'
import { NOTICE_TYPES } from './texts.ts'

export const noticeSchema = z.object({
  id: idSchema,
  type: z.enum(NOTICE_TYPES),
  title: z.string(),
  body: z.string(),
  link: z.string().nullable(),
  at: momentSchema,
  read: z.boolean(),
}).meta({ id: 'Notice' })

export const notifications = defineContracts('notifications', {
  list: { method: 'GET', path: '/notices', access: 'user', summary: 'Notices to you in your language, newest first.', query: pageQuery, output: pageOf(noticeSchema) },
  unread: { method: 'GET', path: '/notices/unread', access: 'user', summary: 'How many notices are unread.', output: z.object({ count: z.number().int() }) },
  read: { method: 'POST', path: '/notices/:id/read', access: 'user', summary: 'Mark one as read.', params: idParams },
  readAll: { method: 'POST', path: '/notices/read', access: 'user', summary: 'Mark all as read.' },
})
