import { defineErrors } from '../kernel/problem.ts'

export const noticeErrors = defineErrors('notifications', {
  one_channel_needed: { status: 422, zh: '这类通知至少要保留邮件或短信中的一种。', en: 'These notices need e-mail or SMS: keep at least one of the two.' },
  unsubscribe_invalid: { status: 404, zh: '这个退订链接不完整或已失效。请登录后在通知设置里更改。', en: 'This link is incomplete or no longer valid. Sign in and change your notification settings instead.' },
})
