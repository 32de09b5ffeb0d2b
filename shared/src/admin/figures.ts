/** How the marketplace does, from the books and the record of what happened. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { moneySchema } from '../kernel/money.ts'
import { asOfSchema } from '../kernel/wire.ts'
import { ACCOUNT_KINDS } from '../ledger/model.ts'

export const MAX_FIGURE_DAYS = 400

const rate = z.number().nullable().meta({ description: 'Between 0 and 1; null when there is nothing to divide by.' })

export const figures = defineContracts('figures', {
  get: {
    method: 'GET', path: '/staff/figures', access: { staff: 'figures.read' }, summary: 'Figures of a time, whole days of China, both included; what is held is as of `asOf`.', perMinute: 60, errors: ['admin.period'],
    query: z.object({ from: z.iso.date(), to: z.iso.date() }),
    output: z.object({
      asOf: asOfSchema,
      volume: moneySchema.meta({ description: 'Paid into escrow.' }),
      released: moneySchema.meta({ description: 'Left escrow for providers, the fee included.' }),
      fees: moneySchema.meta({ description: 'Kept of it by the platform, less what went back with refunds.' }),
      coupons: moneySchema.meta({ description: 'What coupons added to escrow at the platform\'s cost, less what came back with refunds.' }),
      takeRate: rate,
      ordersPaid: z.number().int(),
      requirementsOpened: z.number().int(),
      requirementsAwarded: z.number().int().meta({ description: 'Of those opened in the time, whenever they were awarded.' }),
      conversion: rate,
      firstMatchSeconds: z.number().nullable().meta({ description: 'Median from opening to the first answer.' }),
      disputesOpened: z.number().int(),
      disputeRate: rate,
      held: z.array(z.object({ kind: z.enum(ACCOUNT_KINDS), amount: moneySchema })),
      days: z.array(z.object({ day: z.iso.date(), volume: moneySchema, fees: moneySchema })).meta({ description: 'Every day of the time, also those on which nothing moved.' }),
    }),
  },
})
