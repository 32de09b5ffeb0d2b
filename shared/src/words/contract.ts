/** Words that hold a text back, kept by staff. A change counts at once, without a restart. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { lineSchema, momentSchema } from '../kernel/wire.ts'

export const WORD_CHARACTERS = { min: 2, max: 40 } as const
/** So many that looking through them stays cheap in every message. */
export const MAX_WORDS = 2_000

const wordSchema = z.object({ id: idSchema, text: z.string(), addedAt: momentSchema }).meta({ id: 'SensitiveWord' })
const access = { staff: 'words.manage' } as const

export const words = defineContracts('words', {
  list: { method: 'GET', path: '/staff/words', access, summary: 'All sensitive words, the newest first.', output: z.object({ items: z.array(wordSchema) }) },
  add: {
    method: 'POST', path: '/staff/words', access, status: 201, output: wordSchema, summary: 'Add a word. It counts at once, for what is written from now on.',
    body: z.object({ text: lineSchema(WORD_CHARACTERS.max, WORD_CHARACTERS.min) }), errors: ['words.known', 'words.empty', 'words.too_many'],
  },
  remove: { method: 'DELETE', path: '/staff/words/:id', access, params: idParams, summary: 'Remove a word.', errors: ['kernel.not_found'] },
  try: {
    method: 'POST', path: '/staff/words/trials', access, summary: 'What the rules find in a text.', body: z.object({ text: z.string().max(2_000) }),
    output: z.object({ contacts: z.array(z.string()), words: z.array(z.string()) }),
  },
})
