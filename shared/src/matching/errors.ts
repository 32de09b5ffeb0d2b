import { defineErrors } from '../kernel/problem.ts'

export const matchingErrors = defineErrors('matching', {
  search_not_found: { status: 404, zh: '没有这个已保存的搜索。', en: 'There is no such saved search.' },
  too_many_searches: { status: 409, zh: '最多保存 {limit} 个搜索，先删掉一个再保存。', en: 'You can keep {limit} searches. Remove one first.' },
  search_is_empty: { status: 422, zh: '先写下要找什么，或选一个条件，再保存。', en: 'Type something or choose a filter before saving the search.' },
})
