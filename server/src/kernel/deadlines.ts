/**
 * Deadlines are rows: what must happen to which thing, and when. They outlive every queue and restart. A handler runs
 * in the transaction that removes the row, and must itself check that the thing is still in the state it expects.
 */
import { and, eq, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Db, Tx } from './db.ts'
import { newId } from './ids.ts'
import { deadlinesFired, outcomeOf, turned } from './metrics.ts'
import { statement, value } from './statement.ts'
import { deadlines } from './tables.ts'
import { afterCommit, inTransaction, leave } from './tx.ts'
import { wake, wakerOf } from './waker.ts'

export type Deadline = { entity: string, entityId: string, action: string, dueAt: Date, data?: Record<string, unknown> }
export type DeadlineHandler<D> = (tx: Tx, deadline: Required<Deadline>, deps: D) => Promise<void>

const POLL_MS = 1_000
const MAX_ATTEMPTS = 12
const MAX_BACKOFF_SECONDS = 600

const WAKER = 'deadlines'
const waker = wakerOf(WAKER)

const setDeadline = statement(() => sql`
  with replaced as (delete from ${deadlines} where entity = ${value('entity')} and entity_id = ${value('entityId')}::uuid and action = ${value('instead')})
  insert into ${deadlines} as existing (id, entity, entity_id, action, due_at, data)
  values (${value('id')}::uuid, ${value('entity')}, ${value('entityId')}::uuid, ${value('action')}, ${value('dueAt')}::timestamptz, ${value('data')}::text::jsonb)
  on conflict (entity, entity_id, action) do update set due_at = excluded.due_at, data = excluded.data, attempts = 0, retry_at = null, dead_at = null`)

const deleteDeadlines = statement(db => db.delete(deadlines)
  .where(and(eq(deadlines.entity, value('entity')), eq(deadlines.entityId, value('entityId')), sql`(${value('action')}::text is null or ${deadlines.action} = ${value('action')})`)))

/** Sets the deadline of this thing and action, replacing an earlier one, and that of the action it comes `instead` of. */
export async function scheduleDeadline(tx: Tx, { instead, ...deadline }: Deadline & { instead?: string }): Promise<void> {
  leave(tx, setDeadline(tx, { id: newId(), ...deadline, data: JSON.stringify(deadline.data ?? {}), instead: instead ?? null }))
  afterCommit(tx, wakeSweeper)
}

/** Removes the deadlines of a thing: all, or only that of one action. */
export async function cancelDeadlines(tx: Tx, entity: string, entityId: string, action?: string): Promise<void> {
  leave(tx, deleteDeadlines(tx, { entity, entityId, action: action ?? null }))
}

type Due = { id: string, entity: string, entity_id: string, action: string, due_at: string, data: Record<string, unknown>, attempts: number }

export class DeadlineSweeper<D extends { db: Db, clock: Clock, log: Logger }> {
  readonly #deps: D
  readonly #handlers: ReadonlyMap<string, DeadlineHandler<D>>
  #running: Promise<void> | undefined
  #stopping = false

  /** `handlers` by `<entity>.<action>`. Deadlines without a handler stay, and are logged as an error. */
  constructor(deps: D, handlers: ReadonlyMap<string, DeadlineHandler<D>>) {
    this.#deps = deps
    this.#handlers = handlers
  }

  start(): void {
    this.#running = this.#loop()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    waker.wake()
    await this.#running
  }

  /** Carries out everything that is due now, and says how many deadlines that were. */
  async drain(): Promise<number> {
    let fired = 0
    while (await this.#fireNext()) fired++
    return fired
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      turned('deadlines')
      const woken = waker.next(POLL_MS)
      try {
        if (await this.#fireNext()) continue
      } catch (error) {
        this.#deps.log.error({ err: error }, 'deadline sweeper could not read its deadlines')
      }
      await woken
    }
  }

  async #fireNext(): Promise<boolean> {
    const { db, clock, log } = this.#deps
    let due: Due | undefined
    try {
      const fired = await inTransaction(db, async tx => {
        const rows = await tx.execute<Due>(sql`
          select id, entity, entity_id, action, due_at, data, attempts from deadlines
          where due_at <= ${clock.now().toISOString()} and dead_at is null and (retry_at is null or retry_at <= now())
          order by due_at limit 1 for update skip locked`)
        due = rows[0]
        if (!due) return false
        const handler = this.#handlers.get(`${due.entity}.${due.action}`)
        if (!handler) throw new Error(`no handler for the deadline ${due.entity}.${due.action}`)
        // Removed first, so that a handler may set the same deadline anew.
        await tx.delete(deadlines).where(eq(deadlines.id, due.id))
        await handler(tx, { entity: due.entity, entityId: due.entity_id, action: due.action, dueAt: new Date(due.due_at), data: due.data }, this.#deps)
        return true
      })
      if (due) deadlinesFired.inc({ deadline: `${due.entity}.${due.action}`, outcome: 'done' })
      return fired
    } catch (error) {
      if (!due) throw error
      const attempts = due.attempts + 1
      const dead = attempts >= MAX_ATTEMPTS
      deadlinesFired.inc({ deadline: `${due.entity}.${due.action}`, outcome: outcomeOf(dead) })
      log.error({ err: error, deadline: `${due.entity}.${due.action}`, entityId: due.entity_id, attempts, dead }, 'deadline could not be carried out')
      await db.execute(sql`update deadlines set attempts = ${attempts}, last_error = ${String(error).slice(0, 2000)},
        retry_at = now() + make_interval(secs => ${Math.min(MAX_BACKOFF_SECONDS, 2 ** attempts)}), dead_at = ${dead ? sql`now()` : null} where id = ${due.id}`)
      return true
    }
  }
}

/** Something may be due by now: a deadline was set, or the clock was moved. */
export function wakeSweeper(): void {
  wake(WAKER)
}
