/** The statement of a month: what it says in sum. The lines are in the documents. */
import * as z from 'zod'
import { moneySchema } from '../kernel/money.ts'
import { momentSchema } from '../kernel/wire.ts'

/** A month as China counts it. */
export const monthSchema = z.string().regex(/^2\d{3}-(0[1-9]|1[0-2])$/).meta({ description: 'A month in China, such as `2026-11`.' })

export const STATEMENT_FORMATS = ['pdf', 'xlsx', 'csv'] as const
export type StatementFormat = typeof STATEMENT_FORMATS[number]

export const monthlyStatementSchema = z.object({
  month: monthSchema,
  until: momentSchema.nullable().meta({ description: 'Up to when it counts, while the month is not over; null for a whole month.' }),
  opening: moneySchema.meta({ description: 'The available balance when the month began.' }),
  credits: moneySchema.meta({ description: 'What came into the balance.' }),
  debits: moneySchema.meta({ description: 'What went out of the balance.' }),
  closing: moneySchema.meta({ description: 'opening + credits − debits.' }),
  earned: moneySchema.meta({ description: 'What was released to you, less the platform fee and less what was refunded after the release.' }),
  fee: moneySchema.meta({ description: 'The platform fee on it, already taken off.' }),
  paid: moneySchema.meta({ description: 'What you paid for orders, whatever the channel, less what came back.' }),
}).meta({ id: 'MonthlyStatement' })
