import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { momentSchema } from '../kernel/wire.ts'
import { NOTICE_GROUP_NAMES } from './groups.ts'
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

const choiceSchema = z.object({ email: z.boolean(), sms: z.boolean() })

/** `22:00`, on the clock of the person's time zone. */
const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const timeZoneSchema = z.string().max(60).refine(isTimeZone)

const quietHoursSchema = z.object({
  from: clockSchema,
  until: clockSchema.meta({ description: 'Earlier than `from`: of the next morning.' }),
  timeZone: timeZoneSchema.meta({ description: 'IANA name: Asia/Shanghai.' }),
}).refine(({ from, until }) => from !== until, { path: ['until'] })

export const noticeSettingsSchema = z.object({
  groups: z.array(choiceSchema.extend({
    group: z.enum(NOTICE_GROUP_NAMES),
    section: z.enum(['now', 'deals', 'business', 'account']),
    name: z.string(),
    note: z.string(),
    urgent: z.boolean().meta({ description: 'Comes in quiet hours, too.' }),
    required: z.boolean().meta({ description: 'Needs e-mail or SMS; goes to the other when the chosen one is missing.' }),
  })),
  quietHours: z.object({ from: clockSchema, until: clockSchema, timeZone: z.string() }).nullable(),
  contacts: z.object({ phone: z.string().nullable(), email: z.string().nullable() }).meta({ description: 'Where they go, masked. Without one there is nothing on that channel.' }),
}).meta({ id: 'NoticeSettings' })

const token = z.string().min(1).max(400)
const subscriptionSchema = z.object({ group: z.enum(NOTICE_GROUP_NAMES), name: z.string(), note: z.string(), subscribed: z.boolean() })

export const notifications = defineContracts('notifications', {
  list: { method: 'GET', path: '/notices', access: 'user', summary: 'Notices to you in your language, newest first.', query: pageQuery, output: pageOf(noticeSchema) },
  unread: { method: 'GET', path: '/notices/unread', access: 'user', summary: 'How many notices are unread.', output: z.object({ count: z.number().int() }) },
  read: { method: 'POST', path: '/notices/:id/read', access: 'user', summary: 'Mark one as read.', params: idParams },
  readAll: { method: 'POST', path: '/notices/read', access: 'user', summary: 'Mark all as read.' },
  settings: { method: 'GET', path: '/notices/settings', access: 'user', summary: 'Which notices also come by e-mail and SMS, and when they do not.', output: noticeSettingsSchema },
  choose: { method: 'PUT', path: '/notices/settings/choices/:group', access: 'user', summary: 'Choose the channels of one group of notices.',
    params: z.object({ group: z.enum(NOTICE_GROUP_NAMES) }), body: choiceSchema, output: noticeSettingsSchema, errors: ['notifications.one_channel_needed'] },
  setQuietHours: { method: 'PUT', path: '/notices/settings/quiet-hours', access: 'user', summary: 'Hours in which only urgent notices come; the others come at their end.', body: quietHoursSchema, output: noticeSettingsSchema },
  endQuietHours: { method: 'DELETE', path: '/notices/settings/quiet-hours', access: 'user', summary: 'No quiet hours.', output: noticeSettingsSchema },
  subscription: { method: 'GET', path: '/notices/subscription', access: 'anyone', summary: 'What the link in the footer of an e-mail is about.', query: z.object({ token }), output: subscriptionSchema, errors: ['notifications.unsubscribe_invalid'], perMinute: 60 },
  subscribe: { method: 'PUT', path: '/notices/subscription', access: 'anyone', summary: 'End, or take up again, the e-mails of that group.',
    body: z.object({ token, subscribed: z.boolean() }), output: subscriptionSchema, errors: ['notifications.unsubscribe_invalid'], perMinute: 60 },
})

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
