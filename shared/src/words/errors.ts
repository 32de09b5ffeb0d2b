import { defineErrors } from '../kernel/problem.ts'

export const wordErrors = defineErrors('words', {
  known: { status: 409, zh: '这个词已经在词表里了。', en: 'This word is on the list already.' },
  empty: { status: 422, zh: '至少要有两个字母、数字或汉字。', en: 'A word needs at least two letters, digits or characters.' },
  too_many: { status: 409, zh: '词表最多 {limit} 个词，请先删掉不用的。', en: 'There can be at most {limit} words. Remove some first.' },
})
