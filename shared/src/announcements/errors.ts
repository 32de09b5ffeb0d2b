import { defineErrors } from '../kernel/problem.ts'

export const announcementErrors = defineErrors('announcements', {
  published: { status: 409, zh: '公告已经发布，不能再改。需要更正请撤回后另发一条。', en: 'It is public and cannot be changed. To correct it, withdraw it and publish another one.' },
  in_past: { status: 422, zh: '发布时间要在将来。', en: 'The moment must be in the future.' },
  day_missing: { status: 422, zh: '规则变更要写明生效日期。', en: 'A change of rules names the day it takes effect.' },
  rules_too_soon: { status: 422, zh: '规则变更要至少提前 {days} 天公告：这样发布，最早 {date} 生效。', en: 'A change of rules is announced at least {days} days before: published then, it can take effect on {date} at the earliest.' },
})
