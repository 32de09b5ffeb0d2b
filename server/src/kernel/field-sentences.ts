/** What is wrong with one field, as a person who filled it in would be told, and whoever calls the API understands. */
import type * as z from 'zod'
import { declarationOf } from '@miaodan/shared/errors'
import { fillSentence, type FieldProblem, type Params } from '@miaodan/shared/kernel/problem'
import type { Locale } from './feature.ts'

type Sentence = { zh: string, en: string }
type Issue = z.core.$ZodIssue

const REQUIRED: Sentence = { zh: '请填写这一项。', en: 'This is needed.' }
const WRONG: Sentence = { zh: '这一项的格式不对。', en: 'This is not in the right form.' }

const FORMATS: Record<string, Sentence> = {
  email: { zh: '这不是一个邮箱地址。', en: 'This is not an e-mail address.' },
  url: { zh: '这不是一个网址。', en: 'This is not a web address.' },
  uuid: { zh: '编号不对。', en: 'This is not an id.' },
  date: { zh: '日期不对。', en: 'This is not a date.' },
  datetime: { zh: '时间不对。', en: 'This is not a time.' },
}

/** By what is bounded: text, lists, or anything that is counted or measured. */
const LEAST: Record<'string' | 'array' | 'other', Sentence> = {
  string: { zh: '至少 {bound} 个字。', en: 'At least {bound} characters.' },
  array: { zh: '至少要有 {bound} 项。', en: 'At least {bound} of them.' },
  other: { zh: '不能小于 {bound}。', en: 'No less than {bound}.' },
}
const MOST: typeof LEAST = {
  string: { zh: '最多 {bound} 个字。', en: 'At most {bound} characters.' },
  array: { zh: '最多 {bound} 项。', en: 'At most {bound} of them.' },
  other: { zh: '不能大于 {bound}。', en: 'No more than {bound}.' },
}
const ABOVE: Sentence = { zh: '必须大于 {bound}。', en: 'More than {bound}.' }
const BELOW: Sentence = { zh: '必须小于 {bound}。', en: 'Less than {bound}.' }

/** An issue must carry its input (`reportInput`): without it what is missing cannot be told from what is wrong. */
export function fieldProblemOf(issue: Issue, locale: Locale): FieldProblem {
  const [code, sentence, params] = described(issue)
  return { field: issue.path.join('.'), code, message: fillSentence(locale === 'en' ? sentence.en : sentence.zh, params ?? {}) }
}

function described(issue: Issue): [code: string, sentence: Sentence, params?: Params] {
  switch (issue.code) {
    case 'custom': return own(issue)
    case 'invalid_type': return isMissing(issue.input) ? ['required', REQUIRED] : [issue.code, { zh: '这一项的格式不对，应为 {expected}。', en: 'This is not in the right form: expected {expected}.' }, { expected: issue.expected }]
    case 'too_small': return issue.origin === 'string' && Number(issue.minimum) === 1 ? ['required', REQUIRED] : [issue.code, issue.inclusive === false ? ABOVE : LEAST[boundedOf(issue.origin)], { bound: boundOf(issue.minimum) }]
    case 'too_big': return [issue.code, issue.inclusive === false ? BELOW : MOST[boundedOf(issue.origin)], { bound: boundOf(issue.maximum) }]
    case 'invalid_format': return [issue.code, FORMATS[issue.format] ?? WRONG]
    case 'invalid_value': return isMissing(issue.input) ? ['required', REQUIRED] : [issue.code, { zh: '只能是这些之一：{values}。', en: 'One of these only: {values}.' }, { values: issue.values.map(String).join(', ') }]
    case 'not_multiple_of': return [issue.code, { zh: '必须是 {divisor} 的倍数。', en: 'A multiple of {divisor} only.' }, { divisor: String(issue.divisor) }]
    case 'unrecognized_keys': return [issue.code, { zh: '不认识：{keys}。', en: 'Not known: {keys}.' }, { keys: issue.keys.join(', ').slice(0, 200) }]
    case 'invalid_union': return isMissing(issue.input) ? ['required', REQUIRED] : [issue.code, WRONG]
    default: return [issue.code, WRONG]
  }
}

/** An issue that a schema raised by itself names one of our own sentences in `params.problem`. */
function own(issue: z.core.$ZodIssueCustom): [code: string, sentence: Sentence, params?: Params] {
  const params = (issue.params ?? {}) as Params
  const name = String(params['problem'] ?? '')
  const declaration = declarationOf(name)
  return declaration ? [name, declaration, params] : [issue.code, WRONG]
}

const isMissing = (input: unknown): boolean => input === undefined || input === null || input === ''
const boundedOf = (origin: string): keyof typeof LEAST => origin === 'string' || origin === 'array' ? origin : 'other'
const boundOf = (bound: number | bigint): string => String(bound)
