import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Clock } from './clock.ts'
import type { Tx } from './db.ts'
import { newId } from './ids.ts'
import { moment } from './tables.ts'

export const auditEntries = pgTable('audit_entries', {
  id: uuid('id').primaryKey(),
  at: moment('at').notNull(),
  actorId: uuid('actor_id').notNull(),
  action: text('action').notNull(),
  entity: text('entity').notNull(),
  entityId: uuid('entity_id').notNull(),
  oldValues: jsonb('old_values').$type<Record<string, unknown>>(),
  newValues: jsonb('new_values').$type<Record<string, unknown>>(),
  reason: text('reason'),
})

export type AuditEntry = {
  actorId: string
  /** `<feature>.<past tense>`, e.g. people.verified. */
  action: string
  entity: string
  entityId: string
  /** Only what changed, and nothing that is encrypted elsewhere. */
  old?: Record<string, unknown>
  new?: Record<string, unknown>
  reason?: string
}

/** Writes down what a member of staff does, in the transaction that does it. The database refuses to change it later. */
export async function audit(tx: Tx, clock: Clock, entry: AuditEntry): Promise<void> {
  const { old: oldValues = null, new: newValues = null, reason = null, ...rest } = entry
  await tx.insert(auditEntries).values({ id: newId(), at: clock.now(), ...rest, oldValues, newValues, reason })
}
