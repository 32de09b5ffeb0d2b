import { defineErrors } from '../kernel/problem.ts'

export const reviewErrors = defineErrors('reviews', {
  closed: { status: 409, zh: '评价时间已过，或者你已经评过了。', en: 'The time for reviewing is over, or you have reviewed already.' },
  answered: { status: 409, zh: '已经回复过这条评价了。', en: 'This review has been answered already.' },
})
