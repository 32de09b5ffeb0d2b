/** Endpoints of the system itself: the time, and the switches of demo mode. */
import * as z from 'zod'
import { defineContracts } from './contract.ts'
import { momentSchema } from './wire.ts'

export const systemInfoSchema = z.object({
  now: momentSchema.meta({ description: "The server's clock; in demo mode it may have been moved forward." }),
  demo: z.boolean(),
  version: z.string(),
}).meta({ id: 'SystemInfo' })

export const mailboxEntrySchema = z.object({
  id: z.string(),
  channel: z.enum(['sms', 'email']),
  to: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  at: momentSchema,
}).meta({ id: 'MailboxEntry' })

export const system = defineContracts('system', {
  info: { method: 'GET', path: '/system', access: 'anyone', summary: "The server's clock and mode.", output: systemInfoSchema },
  advanceClock: { method: 'POST', path: '/dev/clock', access: 'demo', summary: 'Move the clock of the demo forward, so that timers fire.',
    body: z.object({ seconds: z.number().int().min(1).max(400 * 24 * 3600) }), output: z.object({ now: momentSchema }) },
  mailbox: { method: 'GET', path: '/dev/mailbox', access: 'demo', summary: 'Every SMS and e-mail that was sent, newest first.',
    query: z.object({ to: z.string().max(200).optional() }), output: z.object({ items: z.array(mailboxEntrySchema) }) },
})
