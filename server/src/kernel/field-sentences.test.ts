import { expect, it } from 'vitest'
import * as z from 'zod'
import { fieldProblemOf } from './field-sentences.ts'

const told = (schema: z.ZodType, input: unknown, locale: 'zh-CN' | 'en' = 'en') =>
  (schema.safeParse(input, { reportInput: true }).error?.issues ?? []).map(issue => fieldProblemOf(issue, locale)).map(({ code, message }) => `${code}: ${message}`)

it.each([
  ['what is missing', z.object({ a: z.string() }), {}, 'required: This is needed.'],
  ['what was left empty', z.object({ a: z.string().min(1) }), { a: '' }, 'required: This is needed.'],
  ['null', z.object({ a: z.enum(['x', 'y']) }), { a: null }, 'required: This is needed.'],
  ['another kind of thing', z.object({ a: z.string() }), { a: 5 }, 'invalid_type: This is not in the right form: expected string.'],
  ['too short a text', z.string().min(8), 'short', 'too_small: At least 8 characters.'],
  ['too long a text', z.string().max(3), 'long', 'too_big: At most 3 characters.'],
  ['too few', z.array(z.string()).min(1), [], 'too_small: At least 1 of them.'],
  ['too little', z.number().min(1), 0, 'too_small: No less than 1.'],
  ['nothing where there must be something', z.bigint().positive(), 0n, 'too_small: More than 0.'],
  ['no e-mail address', z.email(), 'nobody', 'invalid_format: This is not an e-mail address.'],
  ['a pattern', z.string().regex(/^\d+$/), 'x', 'invalid_format: This is not in the right form.'],
  ['none of the choices', z.enum(['one', 'two']), 'three', 'invalid_value: One of these only: one, two.'],
  ['a field nobody knows', z.strictObject({}), { odd: 1 }, 'unrecognized_keys: Not known: odd.'],
  ['none of the kinds', z.union([z.string(), z.number()]), true, 'invalid_union: This is not in the right form.'],
  ['a rule of ours', z.string().refine(() => false, { params: { problem: 'kernel.too_large', limit: '1 MB' } }), 'x', 'kernel.too_large: This is too large. The limit is 1 MB.'],
])('says of %s what is wrong', (_, schema, input, sentence) => {
  expect(told(schema, input)).toEqual([sentence])
  expect(told(schema, input, 'zh-CN')[0]).toMatch(/[\u4e00-\u9fff].*。$/)
})
