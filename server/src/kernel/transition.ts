import { and, eq, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { problem } from '@miaodan/shared/errors'
import type { ActionOf, Actor, Lifecycle, StateOf } from '@miaodan/shared/kernel/lifecycle'
import type { Clock } from './clock.ts'
import type { Tx } from './db.ts'
import { newId } from './ids.ts'
import { wakeRelay } from './outbox.ts'
import { requestIdNow } from './request-context.ts'
import { statement, value } from './statement.ts'
import { afterCommit } from './tx.ts'

type Stateful = PgTable & { id: PgColumn, state: PgColumn }

export type Step<L extends Lifecycle, T extends Stateful> = {
  id: string
  action: ActionOf<L>
  actor: Actor
  actorId?: string | null
  /** Columns that change together with the state. */
  set?: Partial<Omit<T['$inferInsert'], 'id' | 'state'>>
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
  const { id, action, actor, actorId = null, set = {}, data = {}, key = id } = step
  const changes = Object.entries(set).filter(([, content]) => content !== undefined)
  const [moved] = await stepOf(lifecycle, table, action, changes.map(([column]) => column))(tx, {
    ...Object.fromEntries(changes.map(([column, content]) => [`set ${column}`, content])),
    id, actor, actorId, key, data: JSON.stringify(data), at: clock.now(), transitionId: newId(), eventId: newId(), requestId: requestIdNow() ?? null,
  })
  if (!moved) throw problem('kernel.illegal_transition')
  afterCommit(tx, wakeRelay)
  return { from: moved.from as StateOf<L>, to }
}

/** By lifecycle, action and the columns that change with the state. */
const steps = new Map<string, (tx: Tx, values: Record<string, unknown>) => Promise<{ from: string }[]>>()

/**
 * The whole step in one round trip instead of four: three steps are taken while a payment is settled. `locked` comes
 * first, so that a row a concurrent transaction is changing is read as that one leaves it; the rest hangs on it.
 */
function stepOf(lifecycle: Lifecycle, table: Stateful, action: string, columns: readonly string[]) {
  const name = `${lifecycle.name}.${action} ${columns.join(' ')}`
  const known = steps.get(name)
  if (known) return known
  const { from, to } = lifecycle.transitions[action] as Lifecycle['transitions'][string]
  const step = statement<{ from: string }>(db => {
    const set = Object.fromEntries(columns.map(column => [column, value(`set ${column}`)]))
    const change = db.update(table).set({ ...set, state: to })
      .where(and(eq(table.id, value('id')), sql`(select state from locked) = any(${sql.param(from)}::text[])`)).returning({ state: sql`(select state from locked)`.as('state') })
    return sql`
      with locked as materialized (select ${table.state} as state from ${table} where ${table.id} = ${value('id')} for update),
      changed as ${change},
      recorded as (
        insert into transitions (id, entity, entity_id, action, from_state, to_state, actor, actor_id, data, at)
        select ${value('transitionId')}::uuid, ${lifecycle.name}, ${value('id')}::uuid, ${action}, state, ${to}, ${value('actor')}, ${value('actorId')}::uuid, ${value('data')}::text::jsonb, ${value('at')}::timestamptz from changed),
      told as (
        insert into outbox (event_id, topic, key, payload, at, request_id)
        select ${value('eventId')}::uuid, ${`${lifecycle.name}.${action}`}, ${value('key')},
          jsonb_build_object('id', ${value('id')}::uuid, 'from', state, 'to', ${to}::text, 'actor', ${value('actor')}::text, 'actorId', ${value('actorId')}::uuid) || ${value('data')}::text::jsonb, ${value('at')}::timestamptz, ${value('requestId')}::uuid from changed)
      select state as "from" from changed`
  })
  steps.set(name, step)
  return step
}

/** Whether a thing can take this step now, without an error: for handlers of deadlines, which may come too late. */
export function canStep<L extends Lifecycle>(lifecycle: L, state: string, action: ActionOf<L>): boolean {
  return lifecycle.transitions[action]?.from.includes(state) ?? false
}
