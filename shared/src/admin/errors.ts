import { defineErrors } from '../kernel/problem.ts'

export const adminErrors = defineErrors('admin', {
  period: { status: 422, zh: '时间段要从早到晚，最多 {days} 天。', en: 'A period runs from early to late, over at most {days} days.' },
  report_own: { status: 422, zh: '不能举报自己写的内容。', en: 'You cannot report what you wrote yourself.' },
  report_nothing: { status: 422, zh: '这条内容没有可以举报的文字或文件。', en: 'There is no text or file in this to report.' },
  report_involved: { status: 403, zh: '你是当事人，请让别的同事处理。', en: 'You are involved in this. A colleague has to decide.' },
})
