/** Endpoints of the system itself: the time, and the switches of demo mode. */
import * as z from 'zod'
import { defineContracts } from './contract.ts'
import { lineSchema, momentSchema } from './wire.ts'

export const maintenanceSchema = z.object({
  since: momentSchema,
  message: z.string().meta({ description: 'What the operator says about it; may be empty.' }),
  until: momentSchema.nullable().meta({ description: 'When it will be over, as announced.' }),
}).meta({ id: 'Maintenance' })
export type Maintenance = z.output<typeof maintenanceSchema>

const SITE_STATES = ['working', 'degraded', 'maintenance', 'down'] as const
export type SiteState = typeof SITE_STATES[number]

export const systemInfoSchema = z.object({
  now: momentSchema.meta({ description: "The server's clock; in demo mode it may have been moved forward." }),
  demo: z.boolean(),
  version: z.string(),
  maintenance: maintenanceSchema.nullable(),
}).meta({ id: 'SystemInfo' })

export const mailboxEntrySchema = z.object({
  id: z.string(),
  channel: z.enum(['sms', 'email']),
  to: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable().meta({ description: 'The same as a page, where an e-mail has one.' }),
  at: momentSchema,
}).meta({ id: 'MailboxEntry' })

export const system = defineContracts('system', {
  info: { method: 'GET', path: '/system', access: 'anyone', summary: "The server's clock and mode.", output: systemInfoSchema },
  status: { method: 'GET', path: '/status', access: 'anyone', summary: 'How the site and what it stands on are.', perMinute: 120,
    output: z.object({ state: z.enum(SITE_STATES), at: momentSchema, parts: z.array(z.object({ name: z.string(), working: z.boolean() })), maintenance: maintenanceSchema.nullable() }) },
  setMaintenance: { method: 'PUT', path: '/staff/maintenance', access: { staff: 'system.maintain' }, summary: 'Close the site for changes by anybody but staff, or change what is said of it.',
    body: z.object({ message: lineSchema(200, 0), until: momentSchema.nullable() }), output: maintenanceSchema },
  endMaintenance: { method: 'DELETE', path: '/staff/maintenance', access: { staff: 'system.maintain' }, summary: 'Open the site again.' },
  advanceClock: { method: 'POST', path: '/dev/clock', access: 'demo', duringMaintenance: true, summary: 'Move the clock of the demo forward, so that timers fire.',
    body: z.object({ seconds: z.number().int().min(1).max(400 * 24 * 3600) }), output: z.object({ now: momentSchema }) },
  mailbox: { method: 'GET', path: '/dev/mailbox', access: 'demo', summary: 'Every SMS and e-mail that was sent, newest first.',
    query: z.object({ to: z.string().max(200).optional() }), output: z.object({ items: z.array(mailboxEntrySchema) }) },
})
