/** Large payouts as finance decides on them. */
import * as z from 'zod'
import { personCardSchema } from '../accounts/model.ts'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { moneySchema, positiveMoneySchema } from '../kernel/money.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { lineSchema, momentSchema } from '../kernel/wire.ts'
import { BANKS, PAYOUT_CHANNELS } from './account-numbers.ts'
import { payoutLifecycle } from './lifecycle.ts'

const deskPayoutSchema = z.object({
  id: idSchema,
  person: personCardSchema,
  amount: moneySchema,
  state: z.enum(payoutLifecycle.states),
  account: z.object({ channel: z.enum(PAYOUT_CHANNELS), bank: z.enum(BANKS).nullable(), tail: z.string(), holderName: z.string(), addedAt: momentSchema }),
  requestedAt: momentSchema,
  decidedAt: momentSchema.nullable(),
  decidedBy: personCardSchema.nullable(),
  reason: z.string().nullable(),
  paidBefore: z.object({ count: z.number().int(), amount: moneySchema, toThisAccount: z.number().int() }).meta({ description: 'What has been paid out to this person already.' }),
}).meta({ id: 'DeskPayout' })

const access = { staff: 'payouts.manage' } as const
const errors = ['kernel.not_found', 'kernel.illegal_transition', 'payments.own_payout'] as const
const limitSchema = z.object({ approvalAbove: moneySchema.nullable(), setAt: momentSchema })

export const payouts = defineContracts('payouts', {
  list: {
    method: 'GET', path: '/staff/payouts', access, summary: 'Payouts above the limit: those that wait, oldest first, or those decided, newest first.', output: pageOf(deskPayoutSchema).extend({ waiting: z.number().int() }),
    query: pageQuery.extend({ state: z.enum(['waiting', 'decided']).default('waiting') }),
  },
  approve: { method: 'POST', path: '/staff/payouts/:id/approval', access, params: idParams, summary: 'Let it go to the bank.', errors },
  reject: { method: 'POST', path: '/staff/payouts/:id/rejection', access, params: idParams, body: z.object({ reason: lineSchema(200, 4) }), summary: 'Put the money back into the balance, with a reason the person reads.', errors },
  limit: { method: 'GET', path: '/staff/payout-limit', access, output: limitSchema, summary: 'Above which amount payouts wait; null when none does.' },
  setLimit: { method: 'PUT', path: '/staff/payout-limit', access, body: z.object({ approvalAbove: positiveMoneySchema.nullable() }), output: limitSchema, summary: 'Set it for payouts asked for from now on.' },
})
