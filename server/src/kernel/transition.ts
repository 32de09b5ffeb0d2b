import { eq, and, inArray, sql } from 'drizzle-orm'
import type { PgColumn, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { problem } from '@miaodan/shared/errors'
import type { ActionOf, Actor, Lifecycle, StateOf } from '@miaodan/shared/kernel/lifecycle'
import type { Clock } from './clock.ts'
import type { Tx } from './db.ts'
import { newId } from './ids.ts'
import { emit } from './outbox.ts'
import { transitions } from './tables.ts'

type Stateful = PgTable & { id: PgColumn, state: PgColumn }

export type Step<L extends Lifecycle, T extends Stateful> = {
  id: string
  action: ActionOf<L>
  actor: Actor
  actorId?: string | null
  /** Columns that change together with the state. */
  set?: Omit<PgUpdateSetSource<T>, 'id' | 'state'>
  /** Facts for the record and the event: reasons, amounts, versions. */
  data?: Record<string, unknown>
  /** Key of the event; the id unless given. A milestone's events go by their order's id, so that they stay in order. */
  key?: string
}

/**
 * Moves a thing along one edge of its lifecycle: compare-and-set on its state, a row in `transitions`, and the event
 * `<entity>.<action>` with `{ id, from, to, actor, actorId, ...data }`, all in the caller's transaction.
 * @returns the state before and after.
 * @throws problem `kernel.illegal_transition` when the thing is in none of the action's `from` states (somebody was faster).
 */
export async function transition<L extends Lifecycle, T extends Stateful>(tx: Tx, clock: Clock, lifecycle: L, table: T, step: Step<L, T>): Promise<{ from: StateOf<L>, to: StateOf<L> }> {
  const edge = lifecycle.transitions[step.action]
  if (!edge) throw new Error(`${lifecycle.name} has no action ${step.action}`)
  if (!edge.by.includes(step.actor)) throw new Error(`${step.actor} may not ${step.action} a ${lifecycle.name}`)
  // Locked first: the row a concurrent transaction is changing must be read as that one leaves it.
  const locked = await tx.select({ state: table.state as PgColumn }).from(table as PgTable).where(eq(table.id, step.id)).for('update')
  const from = locked[0]?.state as StateOf<L> | undefined
  if (from === undefined || !edge.from.includes(from)) throw problem('kernel.illegal_transition')
  const to = edge.to as StateOf<L>
  const changed = await tx.update(table).set({ ...step.set, state: to } as PgUpdateSetSource<T>)
    .where(and(eq(table.id, step.id), inArray(table.state, edge.from as string[]))).returning({ one: sql`1` })
  if (changed.length !== 1) throw problem('kernel.illegal_transition')
  const record = { actor: step.actor, actorId: step.actorId ?? null, data: step.data ?? {} }
  await tx.insert(transitions).values({ id: newId(), entity: lifecycle.name, entityId: step.id, action: step.action, fromState: from, toState: to, at: clock.now(), ...record })
  await emit(tx, clock, `${lifecycle.name}.${step.action}`, { id: step.id, from, to, actor: record.actor, actorId: record.actorId, ...record.data }, step.key ?? step.id)
  return { from, to }
}

/** Whether a thing can take this step now, without an error: for handlers of deadlines, which may come too late. */
export function canStep<L extends Lifecycle>(lifecycle: L, state: string, action: ActionOf<L>): boolean {
  return lifecycle.transitions[action]?.from.includes(state) ?? false
}
