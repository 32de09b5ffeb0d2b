import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { problem } from '@miaodan/shared/errors'
import type { ActionOf, Actor, Lifecycle, StateOf } from '@miaodan/shared/kernel/lifecycle'
import type { Clock } from './clock.ts'
import type { Tx } from './db.ts'
import { newId } from './ids.ts'
import { wakeRelay } from './outbox.ts'
import { afterCommit } from './tx.ts'

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
  const to = edge.to as StateOf<L>
  const [moved] = await tx.execute<{ from: StateOf<L> }>(oneStatement(tx, clock, lifecycle, table, step, { edge, to }))
  if (!moved) throw problem('kernel.illegal_transition')
  afterCommit(tx, wakeRelay)
  const { from } = moved
  return { from, to }
}

/**
 * The whole step in one round trip instead of four: three steps are taken while a payment is settled. `locked` comes
 * first, so that a row a concurrent transaction is changing is read as that one leaves it; the rest hangs on it.
 */
function oneStatement<L extends Lifecycle, T extends Stateful>(tx: Tx, clock: Clock, lifecycle: L, table: T, step: Step<L, T>, { edge, to }: { edge: Lifecycle['transitions'][string], to: StateOf<L> }): SQL {
  const { id, action, actor, actorId = null, data = {} } = step
  const at = clock.now().toISOString()
  const change = tx.update(table).set({ ...step.set, state: to } as PgUpdateSetSource<T>)
    .where(and(eq(table.id, id), sql`(select state from locked) = any(${sql.param(edge.from)}::text[])`)).returning({ state: sql`(select state from locked)`.as('state') })
  const payload = JSON.stringify({ id, to, actor, actorId, ...data })
  return sql`
    with locked as materialized (select ${table.state} as state from ${table} where ${table.id} = ${id} for update),
    changed as ${change},
    recorded as (
      insert into transitions (id, entity, entity_id, action, from_state, to_state, actor, actor_id, data, at)
      select ${newId()}::uuid, ${lifecycle.name}, ${id}::uuid, ${action}, state, ${to}, ${actor}, ${actorId}::uuid, ${JSON.stringify(data)}::text::jsonb, ${at}::timestamptz from changed),
    told as (
      insert into outbox (event_id, topic, key, payload, at)
      select ${newId()}::uuid, ${`${lifecycle.name}.${action}`}, ${step.key ?? id}, jsonb_build_object('from', state) || ${payload}::text::jsonb, ${at}::timestamptz from changed)
    select state as "from" from changed`
}

/** Whether a thing can take this step now, without an error: for handlers of deadlines, which may come too late. */
export function canStep<L extends Lifecycle>(lifecycle: L, state: string, action: ActionOf<L>): boolean {
  return lifecycle.transitions[action]?.from.includes(state) ?? false
}
