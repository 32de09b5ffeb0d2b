/** Lets time pass on the stage: what falls due on the way happens at its own moment, and not when somebody looks. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { features } from '../features/index.ts'
import { DeadlineSweeper, type DeadlineHandler } from '../kernel/deadlines.ts'
import { OutboxRelay } from '../kernel/outbox.ts'
import { TaskRunner } from '../kernel/tasks.ts'
import type { Deps } from '../deps.ts'
import type { ScriptedClock } from './clock.ts'

/** Longer than the sandbox gateway takes to settle a refund or a transfer, in its own time. */
const SETTLING_MS = 2_000
const SETTLING_LOOKS = 400
const SETTLING_PAUSE_MS = 5

type Waiting = { due_at: string | null, events: boolean, under_way: boolean, fault: string | null }

/** The parts of a worker, each run only when something waits for it: a worker that looks at everything costs more than the play. */
export class Time {
  readonly #deps: Deps
  readonly #clock: ScriptedClock
  readonly #relay: OutboxRelay<Deps>
  readonly #sweeper: DeadlineSweeper<Deps>
  readonly #tasks: TaskRunner<Deps>

  constructor(deps: Deps, clock: ScriptedClock) {
    this.#deps = deps
    this.#clock = clock
    this.#relay = new OutboxRelay(deps, features.flatMap(feature => feature.subscribers ?? []))
    this.#sweeper = new DeadlineSweeper(deps, new Map<string, DeadlineHandler<Deps>>(features.flatMap(feature => Object.entries(feature.deadlines ?? {}))))
    this.#tasks = new TaskRunner(deps, new Map(features.flatMap(feature => Object.entries(feature.tasks ?? {}))))
  }

  /** Goes to a moment, through every deadline before it. */
  async passTo(moment: Date): Promise<void> {
    for (let last = ''; ; ) {
      const { due_at: dueAt } = await this.settle()
      if (dueAt === null || new Date(dueAt) > moment) break
      if (dueAt === last) throw new Error(`a deadline of ${dueAt} was not carried out`)
      last = dueAt
      this.#clock.moveTo(new Date(dueAt))
      await this.#sweeper.drain()
    }
    this.#clock.moveTo(moment)
  }

  /** Does everything that the last step has brought about, but for messages, and says what is due next. */
  async settle(): Promise<Waiting> {
    for (let looks = 0; looks < SETTLING_LOOKS;) {
      const waiting = await this.#waiting()
      if (waiting.fault !== null) throw new Error(waiting.fault)
      if (waiting.events) await this.#relay.drain()
      else if (waiting.under_way) await this.#letGatewaySettle(looks++)
      else return waiting
    }
    throw new Error('the gateway does not settle a refund or a payout')
  }

  /** Hands over the messages that have come together. */
  async sendMessages(): Promise<void> {
    await this.#tasks.drain()
  }

  /** Asked for, money goes on its way. Then the bank takes its moment, and the gateway's own process a little longer. */
  async #letGatewaySettle(look: number): Promise<void> {
    if (look === 1) this.#clock.moveTo(new Date(this.#clock.now().getTime() + SETTLING_MS))
    if (look > 1) await sleep(SETTLING_PAUSE_MS)
    await this.#deps.db.execute(sql`update refunds set next_attempt_at = now() where next_attempt_at is not null`)
    await this.#deps.db.execute(sql`update payouts set next_attempt_at = now() where next_attempt_at is not null`)
    await this.#tasks.drain()
  }

  async #waiting(): Promise<Waiting> {
    const [row] = await this.#deps.db.execute<Waiting>(sql`
      select (select min(due_at) from deadlines where dead_at is null) as due_at,
        exists (select from outbox where published_at is null) as events,
        exists (select from refunds where state in ('requested', 'processing')) or exists (select from payouts where state in ('requested', 'processing')) as under_way,
        coalesce(
          (select format('the event %s was not handled: %s', topic, last_error) from outbox where published_at is null and last_error is not null limit 1),
          (select format('the deadline %s.%s was not carried out: %s', entity, action, last_error) from deadlines where last_error is not null limit 1)) as fault`)
    if (!row) throw new Error('the database answered nothing')
    return row
  }
}
