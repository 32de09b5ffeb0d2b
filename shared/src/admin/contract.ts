/** The back office: what waits, people, what was done by whom, reports, and figures. */
import * as z from 'zod'
import { personCardSchema, roleSchema } from '../accounts/model.ts'
import { verificationLifecycle } from '../accounts/lifecycle.ts'
import { STAFF_ROLES } from '../kernel/access.ts'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { moneySchema } from '../kernel/money.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { asOfSchema, lineSchema, momentSchema } from '../kernel/wire.ts'
import { orderLifecycle } from '../orders/lifecycle.ts'

const queueSchema = z.object({ name: z.string(), waiting: z.number().int(), oldestAt: momentSchema.nullable() })

const personRowSchema = personCardSchema.extend({
  roles: z.array(roleSchema),
  staffRoles: z.array(z.enum(STAFF_ROLES)),
  suspension: z.object({ at: momentSchema, reason: z.string() }).nullable(),
  contacts: z.object({ phone: z.string().nullable(), email: z.string().nullable() }).meta({ description: 'With most of them hidden.' }),
  lastSeenAt: momentSchema.nullable(),
  joinedAt: momentSchema,
})

const personRecordSchema = personRowSchema.extend({
  sessions: z.number().int().meta({ description: 'Devices signed in now.' }),
  verification: z.object({ kind: z.enum(['person', 'company']), state: z.enum(verificationLifecycle.states), decidedAt: momentSchema.nullable() }).nullable(),
  deals: z.object({
    bought: z.number().int(), sold: z.number().int(), running: z.number().int(),
    latest: z.array(z.object({ id: idSchema, number: z.string(), title: z.string(), state: z.enum(orderLifecycle.states), side: z.enum(['buyer', 'provider']), price: moneySchema, createdAt: momentSchema })),
    money: z.array(z.object({ kind: z.enum(['available', 'clearing', 'payout', 'refund', 'suspense']), amount: moneySchema })),
  }).nullable().meta({ description: 'Null for staff who may not read orders.' }),
  may: z.object({ suspend: z.boolean(), roles: z.boolean() }),
})

const reasonBody = z.object({ reason: lineSchema(200, 4) })
const standingErrors = ['accounts.person_not_found', 'accounts.not_oneself', 'accounts.staff_by_owner'] as const

const people = {
  queues: { method: 'GET', path: '/staff/queues', access: { staff: 'system.read' }, summary: 'What waits for you, with how much and since when.', output: z.object({ items: z.array(queueSchema) }) },
  findPeople: {
    method: 'GET', path: '/staff/people', access: { staff: 'people.read' }, summary: 'People by part of a name, or by the whole of a phone number, e-mail address or id; newest first.',
    query: pageQuery.extend({ q: z.string().trim().max(200).optional(), role: z.enum(['buyer', 'provider', 'staff']).optional(), state: z.enum(['active', 'suspended']).optional() }), output: pageOf(personRowSchema),
  },
  getPerson: { method: 'GET', path: '/staff/people/:id', access: { staff: 'people.read' }, params: idParams, output: personRecordSchema, summary: 'One person, with their deals and balances.', errors: ['accounts.person_not_found'] },
  suspend: {
    method: 'PUT', path: '/staff/people/:id/suspension', access: { staff: 'people.suspend' }, params: idParams, body: reasonBody,
    summary: 'Suspend a person: signed out everywhere at once. The reason is told to them when they try to sign in.', errors: [...standingErrors, 'accounts.already_suspended'],
  },
  reinstate: {
    method: 'POST', path: '/staff/people/:id/reinstatement', access: { staff: 'people.suspend' }, params: idParams, body: reasonBody,
    summary: 'Let a suspended person sign in again.', errors: [...standingErrors, 'accounts.not_suspended'],
  },
  changeRoles: {
    method: 'PUT', path: '/staff/people/:id/staff-roles', access: { staff: 'staff.manage' }, params: idParams, body: z.object({ staffRoles: z.array(z.enum(STAFF_ROLES)).max(STAFF_ROLES.length) }),
    summary: "Replace a person's roles in the back office.", errors: [...standingErrors],
  },
} as const

const auditEntrySchema = z.object({
  id: idSchema,
  at: momentSchema,
  actor: personCardSchema.nullable(),
  action: z.string(),
  entity: z.string(),
  entityId: idSchema,
  oldValues: z.record(z.string(), z.json()).nullable(),
  newValues: z.record(z.string(), z.json()).nullable(),
  reason: z.string().nullable(),
}).meta({ id: 'AuditEntry' })

const auditing = {
  auditEntries: {
    method: 'GET', path: '/staff/audit', access: { staff: 'audit.read' }, summary: 'What staff did, with values before and after, newest first. Nothing can change it.', output: pageOf(auditEntrySchema).extend({ asOf: asOfSchema }),
    query: pageQuery.extend({
      actor: idSchema.optional(), action: z.string().regex(/^[a-z_.]{1,60}$/).optional().meta({ description: 'A whole action, or a feature with a dot at the end: `accounts.`.' }),
      entity: z.string().regex(/^[a-z_]{1,40}$/).optional(), entityId: idSchema.optional(), from: z.iso.date().optional(), to: z.iso.date().optional().meta({ description: 'Days in China, both included.' }),
    }),
  },
  auditFacets: {
    method: 'GET', path: '/staff/audit/facets', access: { staff: 'audit.read' }, summary: 'Who and what there is to filter by.',
    output: z.object({ actors: z.array(personCardSchema), actions: z.array(z.string()), entities: z.array(z.string()) }),
  },
} as const

export const admin = defineContracts('admin', { ...people, ...auditing })
