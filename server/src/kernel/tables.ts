import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'

/** A moment, as every table keeps it. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const lifecycleEdges = pgTable('lifecycle_edges', {
  entity: text('entity').notNull(),
  action: text('action').notNull(),
  fromState: text('from_state').notNull(),
  toState: text('to_state').notNull(),
}, table => [primaryKey({ columns: [table.entity, table.action, table.fromState, table.toState] })])

export const transitions = pgTable('transitions', {
  id: uuid('id').primaryKey(),
  entity: text('entity').notNull(),
  entityId: uuid('entity_id').notNull(),
  action: text('action').notNull(),
  fromState: text('from_state').notNull(),
  toState: text('to_state').notNull(),
  actor: text('actor').notNull(),
  actorId: uuid('actor_id'),
  data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
  at: moment('at').notNull(),
})

export const deadlines = pgTable('deadlines', {
  id: uuid('id').primaryKey(),
  entity: text('entity').notNull(),
  entityId: uuid('entity_id').notNull(),
  action: text('action').notNull(),
  dueAt: moment('due_at').notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
  attempts: integer('attempts').notNull().default(0),
  retryAt: moment('retry_at'),
  lastError: text('last_error'),
  deadAt: moment('dead_at'),
}, table => [unique().on(table.entity, table.entityId, table.action)])

export const outbox = pgTable('outbox', {
  /** In the order of relaying. */
  id: bigint('id', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
  eventId: uuid('event_id').primaryKey(),
  topic: text('topic').notNull(),
  key: text('key').notNull(),
  payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
  at: moment('at').notNull(),
  /** Of the request that caused it, for the log. */
  requestId: uuid('request_id'),
  publishedAt: moment('published_at'),
  claimedUntil: moment('claimed_until'),
  attempts: integer('attempts').notNull().default(0),
  lastError: text('last_error'),
  deadAt: moment('dead_at'),
})

export const outboxReceipts = pgTable('outbox_receipts', {
  eventId: uuid('event_id').notNull(),
  subscriber: text('subscriber').notNull(),
}, table => [primaryKey({ columns: [table.eventId, table.subscriber] })])

export const idempotencyKeys = pgTable('idempotency_keys', {
  owner: text('owner').notNull(),
  key: text('key').notNull(),
  contract: text('contract').notNull(),
  requestHash: text('request_hash').notNull(),
  status: integer('status'),
  answer: text('answer'),
  createdAt: moment('created_at').notNull(),
}, table => [primaryKey({ columns: [table.owner, table.key] })])

export const uploads = pgTable('uploads', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  name: text('name').notNull(),
  type: text('type').notNull(),
  size: bigint('size', { mode: 'number' }).notNull(),
  sha256: text('sha256').notNull(),
  storageKey: text('storage_key').notNull(),
  thumbnailKey: text('thumbnail_key'),
  visibility: text('visibility', { enum: ['private', 'public'] }).notNull().default('private'),
  claimedKind: text('claimed_kind'),
  claimedId: uuid('claimed_id'),
  createdAt: moment('created_at').notNull(),
})

export const clock = pgTable('clock', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  offsetMs: bigint('offset_ms', { mode: 'number' }).notNull().default(0),
})

export const maintenance = pgTable('maintenance', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  since: moment('since'),
  message: text('message').notNull().default(''),
  until: moment('until'),
})

export const demoLoad = pgTable('demo_load', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  startedAt: moment('started_at').notNull().defaultNow(),
  finishedAt: moment('finished_at'),
})

export const mailbox = pgTable('mailbox', {
  id: uuid('id').primaryKey(),
  channel: text('channel', { enum: ['sms', 'email'] }).notNull(),
  recipient: text('recipient').notNull(),
  subject: text('subject'),
  body: text('body').notNull(),
  html: text('html'),
  at: moment('at').notNull(),
})
