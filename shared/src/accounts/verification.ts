/** Confirming a real name: what people send, and what staff see of it. */
import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema, momentSchema } from '../kernel/wire.ts'
import { isCreditCode } from './identity-numbers.ts'
import { personCardSchema, verifiedSchema } from './model.ts'

const own = (problem: string) => ({ params: { problem } })

export const verificationInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), name: lineSchema(30, 2).refine(text => /^[\p{L}·.\s]+$/u.test(text), own('accounts.real_name')), number: z.string().trim().toUpperCase().max(18) }),
  z.object({ kind: z.literal('company'), name: lineSchema(60, 4), number: z.string().trim().toUpperCase().max(18).refine(isCreditCode, own('accounts.credit_code')) }),
])
export type VerificationInput = z.output<typeof verificationInput>

export const verificationStateSchema = z.enum(['in_review', 'approved', 'rejected'])

/** For the person themselves; the number is masked even there. */
export const verificationSchema = z.object({
  id: idSchema,
  kind: verifiedSchema,
  state: verificationStateSchema,
  name: z.string(),
  number: z.string().meta({ description: 'Masked.' }),
  reason: z.string().nullable(),
  createdAt: momentSchema,
  decidedAt: momentSchema.nullable(),
}).meta({ id: 'Verification' })

export const verificationCaseSchema = verificationSchema.extend({
  person: personCardSchema,
  joinedAt: momentSchema,
  earlierRequests: z.number().int(),
  sameNumber: z.number().int().meta({ description: 'Other people who gave the same number and were not rejected.' }),
  decidedBy: personCardSchema.nullable(),
}).meta({ id: 'VerificationCase' })

export const verificationQueueQuery = pageQuery.extend({ state: verificationStateSchema.default('in_review') })
export const verificationQueueSchema = pageOf(verificationCaseSchema).extend({
  counts: z.object({ in_review: z.number().int(), approved: z.number().int(), rejected: z.number().int() }),
  oldestAt: momentSchema.nullable().meta({ description: 'Since when the oldest undecided request waits.' }),
})
