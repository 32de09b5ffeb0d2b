import * as z from 'zod'
import { STAFF_ROLES } from '../kernel/access.ts'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { lineSchema, momentSchema } from '../kernel/wire.ts'
import {
  codeSchema, contactSchema, displayNameSchema, localeSchema, passwordSchema, personCardSchema, personKindSchema, roleSchema, sessionUserSchema, usernameSchema,
} from './model.ts'
import { MAX_CASES } from './limits.ts'
import { caseInput, citySchema, portfolioCaseSchema, providerPageSchema, providerProfileInput } from './provider.ts'
import { verificationInput, verificationQueueQuery, verificationQueueSchema, verificationSchema } from './verification.ts'

const codePurposeSchema = z.enum(['register', 'sign_in', 'recover', 'change_contact'])
const signedInSchema = z.object({ user: sessionUserSchema })
const maskedContactsSchema = z.object({ phone: z.string().nullable(), email: z.string().nullable() })

const meSchema = personCardSchema.extend({
  roles: z.array(roleSchema),
  locale: localeSchema,
  createdAt: momentSchema,
  hasPassword: z.boolean(),
  contacts: maskedContactsSchema,
  consents: z.array(z.object({ document: z.enum(['terms', 'privacy']), version: z.string(), at: momentSchema })),
}).meta({ id: 'Me' })

const ownSessionSchema = z.object({
  id: idSchema,
  method: z.enum(['password', 'code', 'registration', 'recovery']),
  userAgent: z.string().nullable(),
  address: z.string().nullable().meta({ description: 'Masked.' }),
  createdAt: momentSchema,
  lastSeenAt: momentSchema,
  current: z.boolean(),
}).meta({ id: 'OwnSession' })

const sentCodeSchema = z.object({ channel: z.enum(['phone', 'email']), sentTo: z.string(), resendAt: momentSchema, expiresAt: momentSchema })

const entering = {
  session: { method: 'GET', path: '/session', access: 'anyone', summary: 'Who is signed in; `user` is null when nobody is.',
    output: z.object({ user: sessionUserSchema.nullable() }) },
  requestCode: { method: 'POST', path: '/sign-in-codes', access: 'anyone', summary: 'Send a one-time code. The answer is the same whether or not an account has the contact.', status: 202, perMinute: 20,
    body: z.object({ purpose: codePurposeSchema, contact: contactSchema }),
    output: sentCodeSchema,
    errors: ['accounts.contact_format', 'accounts.code_too_soon', 'accounts.code_limit'] },
  checkCode: { method: 'POST', path: '/sign-in-codes/check', access: 'anyone', summary: 'Whether a code sent for registering is right, before the rest is asked for. It stays good; a wrong one counts as a try.', perMinute: 20,
    body: z.object({ contact: contactSchema, code: codeSchema }), errors: ['accounts.contact_format', 'accounts.code_wrong'] },
  usernameAvailable: { method: 'GET', path: '/usernames/:username', access: 'anyone', summary: 'Whether a username can be taken.', perMinute: 60,
    params: z.object({ username: z.string().regex(/^[\w-]{1,60}$/) }), output: z.object({ available: z.boolean() }) },
  register: { method: 'POST', path: '/registrations', access: 'anyone', summary: 'Make an account with a code sent before, and sign in.', status: 201, perMinute: 20,
    body: z.object({
      contact: contactSchema, code: codeSchema, username: usernameSchema, displayName: displayNameSchema, password: passwordSchema,
      kind: personKindSchema.default('person'), roles: z.array(roleSchema).min(1).max(2).refine(roles => new Set(roles).size === roles.length), locale: localeSchema.default('zh-CN'),
      accepted: z.object({ terms: z.string().max(20), privacy: z.string().max(20) }).meta({ description: 'The versions that were shown and agreed to.' }),
    }),
    output: signedInSchema,
    errors: ['accounts.code_wrong', 'accounts.username_format', 'accounts.username_reserved', 'accounts.username_taken', 'accounts.display_name_refused', 'accounts.password_format',
      'accounts.password_leaked', 'accounts.password_is_name', 'accounts.contact_taken', 'accounts.terms_outdated'] },
  signIn: { method: 'POST', path: '/session', access: 'anyone', duringMaintenance: true, summary: 'Sign in with username, phone or e-mail, and password.', perMinute: 60,
    body: z.object({ account: lineSchema(200), password: z.string().min(1).max(128) }), output: signedInSchema,
    errors: ['accounts.sign_in_failed', 'accounts.sign_in_locked', 'accounts.suspended'] },
  signInByCode: { method: 'POST', path: '/session/code', access: 'anyone', summary: 'Sign in with a code sent before.', perMinute: 30,
    body: z.object({ contact: contactSchema, code: codeSchema }), output: signedInSchema, errors: ['accounts.code_wrong', 'accounts.suspended'] },
  recover: { method: 'POST', path: '/password-recoveries', access: 'anyone', summary: 'Set a new password with a code sent before; every other session ends.', perMinute: 20,
    body: z.object({ contact: contactSchema, code: codeSchema, password: passwordSchema }), output: signedInSchema,
    errors: ['accounts.code_wrong', 'accounts.password_format', 'accounts.password_leaked', 'accounts.password_is_name', 'accounts.suspended'] },
  signOut: { method: 'DELETE', path: '/session', access: 'anyone', duringMaintenance: true, summary: 'End this session.' },
} as const

const self = {
  me: { method: 'GET', path: '/me', access: 'user', summary: 'My account.', output: meSchema },
  updateMe: { method: 'PATCH', path: '/me', access: 'user', summary: 'Change name, picture, city, kind or language.',
    body: z.object({ displayName: displayNameSchema, city: citySchema.nullable(), locale: localeSchema, kind: personKindSchema, avatarUploadId: idSchema.nullable() }).partial(), output: meSchema,
    errors: ['accounts.display_name_refused', 'accounts.city_unknown', 'accounts.not_a_picture', 'accounts.kind_confirmed', 'kernel.upload_missing'] },
  changePassword: { method: 'PUT', path: '/me/password', access: 'user', summary: 'Set a new password; every other session ends.', perMinute: 20,
    body: z.object({ current: z.string().max(128).optional(), password: passwordSchema }),
    errors: ['accounts.wrong_password', 'accounts.sign_in_locked', 'accounts.password_format', 'accounts.password_leaked', 'accounts.password_is_name'] },
  saveContact: { method: 'PUT', path: '/me/contact', access: 'user', summary: 'Add or replace my phone or e-mail, with a code sent to it.', perMinute: 20,
    body: z.object({ contact: contactSchema, code: codeSchema, password: z.string().max(128).optional() }), output: z.object({ contacts: maskedContactsSchema }),
    errors: ['accounts.wrong_password', 'accounts.sign_in_locked', 'accounts.code_wrong', 'accounts.contact_taken'] },
  sessions: { method: 'GET', path: '/me/sessions', access: 'user', summary: 'Where I am signed in.', output: z.object({ items: z.array(ownSessionSchema) }) },
  endSession: { method: 'DELETE', path: '/me/sessions/:id', access: 'user', summary: 'End one of my sessions.', params: idParams, errors: ['kernel.not_found'] },
  endOtherSessions: { method: 'DELETE', path: '/me/sessions', access: 'user', summary: 'End all my sessions but this one.', output: z.object({ ended: z.number().int() }) },
  requestIdentityCode: { method: 'POST', path: '/me/identity-codes', access: 'user', summary: 'Send a code to my own phone or e-mail, to confirm that it is me before money or accounts change.', status: 202, perMinute: 20,
    body: z.object({ channel: z.enum(['phone', 'email']) }), output: sentCodeSchema, errors: ['accounts.contact_missing', 'accounts.code_too_soon', 'accounts.code_limit'] },
  confirmIdentity: { method: 'POST', path: '/me/identity-confirmations', access: 'user', summary: 'Confirm that it is me, with that code or my password. The confirmation serves once, within five minutes, in this session.', status: 201, perMinute: 20,
    body: z.union([z.strictObject({ channel: z.enum(['phone', 'email']), code: codeSchema }), z.strictObject({ password: z.string().min(1).max(128) })]), output: z.object({ id: idSchema, expiresAt: momentSchema }),
    errors: ['accounts.contact_missing', 'accounts.code_wrong', 'accounts.wrong_password', 'accounts.sign_in_locked'] },
  becomeProvider: { method: 'POST', path: '/me/provider', access: 'user', summary: 'Become a provider too.', status: 201,
    body: z.object({ kind: personKindSchema }), output: providerPageSchema, errors: ['accounts.already_provider'] },
  verification: { method: 'GET', path: '/me/verification', access: 'user', summary: 'My latest request to be verified.', output: z.object({ verification: verificationSchema.nullable() }) },
  requestVerification: { method: 'POST', path: '/me/verification', access: 'user', summary: 'Ask staff to confirm my real name or company.', status: 201, perMinute: 10,
    body: verificationInput, output: verificationSchema,
    errors: ['accounts.identity_number', 'accounts.credit_code', 'accounts.real_name', 'accounts.verification_waiting', 'accounts.already_verified'] },
} as const

const providing = {
  getProvider: { method: 'GET', path: '/providers/:id', access: 'anyone', summary: "A provider's public page, by id or username.",
    params: z.object({ id: z.string().regex(/^[\w-]{1,60}$/) }), output: providerPageSchema, errors: ['accounts.provider_not_found'] },
  updateProvider: { method: 'PUT', path: '/me/provider', access: 'provider', summary: 'Replace my provider profile.', body: providerProfileInput, output: providerPageSchema,
    errors: ['accounts.city_unknown', 'accounts.hours_order', 'accounts.holiday_order'] },
  addCase: { method: 'POST', path: '/me/provider/cases', access: 'provider', summary: 'Add a case to my portfolio.', status: 201, body: caseInput, output: z.object({ cases: z.array(portfolioCaseSchema) }),
    errors: ['accounts.too_many_cases', 'accounts.not_a_picture', 'kernel.upload_missing'] },
  updateCase: { method: 'PUT', path: '/me/provider/cases/:id', access: 'provider', summary: 'Change a case of my portfolio.', params: idParams, body: caseInput, output: z.object({ cases: z.array(portfolioCaseSchema) }),
    errors: ['kernel.not_found', 'accounts.not_a_picture', 'kernel.upload_missing'] },
  removeCase: { method: 'DELETE', path: '/me/provider/cases/:id', access: 'provider', summary: 'Remove a case from my portfolio.', params: idParams, errors: ['kernel.not_found'] },
  arrangeCases: { method: 'PUT', path: '/me/provider/case-order', access: 'provider', summary: 'Put my cases in this order.',
    body: z.object({ ids: z.array(idSchema).max(MAX_CASES) }), output: z.object({ cases: z.array(portfolioCaseSchema) }) },
} as const

const reviewing = {
  verificationQueue: { method: 'GET', path: '/staff/verifications', access: { staff: 'people.verify' }, summary: 'Requests to be verified: waiting ones oldest first, decided ones newest first.',
    query: verificationQueueQuery, output: verificationQueueSchema },
  revealVerification: { method: 'POST', path: '/staff/verifications/:id/reveals', access: { staff: 'people.verify' }, summary: 'Show the full number; who looked is written down.',
    params: idParams, output: z.object({ name: z.string(), number: z.string() }), errors: ['kernel.not_found', 'accounts.own_verification'] },
  approveVerification: { method: 'POST', path: '/staff/verifications/:id/approval', access: { staff: 'people.verify' }, summary: 'Confirm it.', params: idParams,
    errors: ['kernel.not_found', 'kernel.illegal_transition', 'accounts.own_verification'] },
  rejectVerification: { method: 'POST', path: '/staff/verifications/:id/rejection', access: { staff: 'people.verify' }, summary: 'Refuse it with a reason the person reads.', params: idParams,
    body: z.object({ reason: lineSchema(200, 2) }), errors: ['kernel.not_found', 'kernel.illegal_transition', 'accounts.own_verification'] },
} as const

const demo = {
  demoAccounts: { method: 'GET', path: '/dev/accounts', access: 'demo', summary: 'People of the demo a visitor may sign in as.',
    output: z.object({ items: z.array(personCardSchema.extend({ roles: z.array(roleSchema), staffRoles: z.array(z.enum(STAFF_ROLES)), password: z.string() })) }) },
} as const

export const accounts = defineContracts('accounts', { ...entering, ...self, ...providing, ...reviewing, ...demo })
