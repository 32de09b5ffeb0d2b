import { date, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { STAFF_ROLES } from '@miaodan/shared/kernel/access'
import type { CaseCover, WeeklyHours } from '@miaodan/shared/accounts/provider'
import { moment } from '../../kernel/tables.ts'

export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  username: text('username').notNull(),
  usernameKey: text('username_key').notNull().unique('users_username_key_unique'),
  displayName: text('display_name').notNull(),
  kind: text('kind', { enum: ['person', 'studio', 'company'] }).notNull().default('person'),
  roles: text('roles', { enum: ['buyer', 'provider'] }).array().notNull().default(['buyer']),
  staffRoles: text('staff_roles', { enum: STAFF_ROLES }).array().notNull().default([]),
  passwordHash: text('password_hash'),
  avatarUploadId: uuid('avatar_upload_id'),
  city: text('city'),
  locale: text('locale', { enum: ['zh-CN', 'en'] }).notNull().default('zh-CN'),
  verified: text('verified', { enum: ['person', 'company'] }),
  suspendedAt: moment('suspended_at'),
  suspensionReason: text('suspension_reason'),
  lastSeenAt: moment('last_seen_at'),
  createdAt: moment('created_at').notNull(),
})

export const userContacts = pgTable('user_contacts', {
  userId: uuid('user_id').notNull().references(() => users.id),
  channel: text('channel', { enum: ['phone', 'email'] }).notNull(),
  valueSealed: text('value_sealed').notNull(),
  valueIndex: text('value_index').notNull(),
  confirmedAt: moment('confirmed_at').notNull(),
}, table => [primaryKey({ columns: [table.userId, table.channel] }), unique('user_contacts_index_unique').on(table.channel, table.valueIndex)])

export const consents = pgTable('consents', {
  userId: uuid('user_id').notNull().references(() => users.id),
  document: text('document', { enum: ['terms', 'privacy'] }).notNull(),
  version: text('version').notNull(),
  at: moment('at').notNull(),
}, table => [primaryKey({ columns: [table.userId, table.document, table.version] })])

export const sessions = pgTable('sessions', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull().references(() => users.id),
  tokenHash: text('token_hash').notNull().unique(),
  method: text('method', { enum: ['password', 'code', 'registration', 'recovery'] }).notNull(),
  userAgent: text('user_agent'),
  addressMasked: text('address_masked'),
  createdAt: moment('created_at').notNull(),
  lastSeenAt: moment('last_seen_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
})

export const signInCodes = pgTable('sign_in_codes', {
  id: uuid('id').primaryKey(),
  purpose: text('purpose', { enum: ['register', 'sign_in', 'recover', 'change_contact', 'confirm_identity'] }).notNull(),
  contactIndex: text('contact_index').notNull(),
  addressIndex: text('address_index').notNull(),
  codeHash: text('code_hash').notNull(),
  attempts: integer('attempts').notNull().default(0),
  sentAt: moment('sent_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
})

export const identityConfirmations = pgTable('identity_confirmations', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull().references(() => users.id),
  sessionId: uuid('session_id').notNull(),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
})

export const signInFailures = pgTable('sign_in_failures', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  lastFailedAt: moment('last_failed_at').notNull(),
  lockedUntil: moment('locked_until'),
})

export const providerProfiles = pgTable('provider_profiles', {
  userId: uuid('user_id').primaryKey().references(() => users.id),
  headline: text('headline').notNull().default(''),
  bio: text('bio').notNull().default(''),
  bioEn: text('bio_en').notNull().default(''),
  contactName: text('contact_name'),
  areas: text('areas').array().notNull().default([]),
  skills: text('skills').array().notNull().default([]),
  weeklyHours: jsonb('weekly_hours').$type<WeeklyHours>().notNull().default({}),
  replyHabit: text('reply_habit').notNull().default(''),
  holidayFrom: date('holiday_from'),
  holidayUntil: date('holiday_until'),
  holidayNote: text('holiday_note').notNull().default(''),
  capacity: integer('capacity').notNull().default(3),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})

export const portfolioCases = pgTable('portfolio_cases', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull().references(() => users.id),
  title: text('title').notNull(),
  summary: text('summary').notNull(),
  year: integer('year').notNull(),
  industry: text('industry').notNull(),
  imageIds: uuid('image_ids').array().notNull().default([]),
  cover: jsonb('cover').$type<CaseCover>(),
  position: integer('position').notNull(),
  createdAt: moment('created_at').notNull(),
})

export const verifications = pgTable('verifications', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull().references(() => users.id),
  kind: text('kind', { enum: ['person', 'company'] }).notNull(),
  state: text('state', { enum: ['in_review', 'approved', 'rejected'] }).notNull(),
  nameSealed: text('name_sealed').notNull(),
  numberSealed: text('number_sealed').notNull(),
  numberIndex: text('number_index').notNull(),
  reason: text('reason'),
  decidedBy: uuid('decided_by').references(() => users.id),
  decidedAt: moment('decided_at'),
  createdAt: moment('created_at').notNull(),
})

export const outgoingMessages = pgTable('outgoing_messages', {
  id: uuid('id').primaryKey(),
  channel: text('channel', { enum: ['phone', 'email'] }).notNull(),
  contentSealed: text('content_sealed').notNull(),
  attempts: integer('attempts').notNull().default(0),
  claimedUntil: moment('claimed_until'),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
})

export const demoAccounts = pgTable('demo_accounts', {
  userId: uuid('user_id').primaryKey().references(() => users.id),
  password: text('password').notNull(),
  position: integer('position').notNull(),
})
