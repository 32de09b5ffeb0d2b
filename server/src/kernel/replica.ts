/**
 * One streaming replica: the connections reads go over, and whether it may be read from now. It is looked at each second,
 * so that nobody's request finds out by waiting that it is gone.
 *
 * A read has a connection of its own for as long as it takes, and begins its transaction by itself: when postgres.js loses
 * a connection inside `begin`, it throws from a timer, which ends the process; outside of it, only the statement fails.
 */
import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { connect, type Executor, type Sql } from './db.ts'
import type { Position, Positions } from './replica-positions.ts'

/** `strange`: it is no replica of this database. */
export type ReplicaState = 'used' | 'unknown' | 'away' | 'behind' | 'strange'
export type ReplicaStatus = { name: string, state: ReplicaState, lagMs: number | undefined, why: string | undefined }

export type ReplicaOptions = { url: string, connections: number, prepare: boolean, maxLagMs: number, positions: Positions, onChange: (status: ReplicaStatus) => void }

/** `origin` is the same for a database on a primary and on its replicas, and for no other. */
export type Standing<P> = { origin: string, position: P }

const CONNECT_SECONDS = 3
const LOOK_TIMEOUT_MS = 3_000
/** So long one that was away is left alone. */
const REST_MS = 3_000

/** Thrown instead of an answer that is older than it may be. */
export class TooFarBehind extends Error {}

const ORIGIN = "system_identifier || '/' || current_database() as origin"

/** How far a replica has replayed; undefined on a server that is not in recovery. */
export async function replayedOf(sql: Sql): Promise<Standing<Position | undefined>> {
  const [row] = await sql<{ origin: string, position: string | null }[]>`
    select ${sql.unsafe(ORIGIN)}, (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::text as position from pg_control_system()`
  if (!row) throw new Error('no answer')
  return { origin: row.origin, position: row.position === null ? undefined : BigInt(row.position) }
}

/** How far the primary's log reaches on its disk: what it has confirmed is before that. @throws on a server in recovery */
export async function writtenOf(sql: Sql): Promise<Standing<Position>> {
  const [row] = await sql<{ origin: string, position: string }[]>`
    select ${sql.unsafe(ORIGIN)}, (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text as position from pg_control_system()`
  if (!row) throw new Error('no answer')
  return { origin: row.origin, position: BigInt(row.position) }
}

export class Replica {
  readonly name: string
  readonly #options: ReplicaOptions
  readonly #free: Lane[] = []
  readonly #taken = new Set<Lane>()
  readonly #waiting: Array<() => void> = []
  #looker: Lane | undefined
  #status: ReplicaStatus
  #restUntil = -Infinity
  #closed = false

  constructor(options: ReplicaOptions) {
    this.#options = options
    this.name = new URL(options.url).host
    this.#status = { name: this.name, state: 'unknown', lagMs: undefined, why: undefined }
  }

  get status(): ReplicaStatus {
    return this.#status
  }

  /** Asks how it is. `origin`: what the primary said of itself. Never throws. */
  async look(origin: string): Promise<void> {
    if (performance.now() < this.#restUntil || this.#closed) return
    this.#looker ??= this.#lane('miaodan-replica-look')
    try {
      const standing = await inTime(replayedOf(this.#looker.sql))
      if (standing.origin !== origin || standing.position === undefined) return this.#is('strange', undefined, standing.position === undefined ? 'it is not in recovery' : 'it is a replica of another database')
      const lagMs = this.#lagAt(standing.position)
      this.#is(lagMs === undefined ? 'unknown' : lagMs > this.#options.maxLagMs ? 'behind' : 'used', lagMs)
    } catch (error) {
      this.gone(error)
    }
  }

  /** It does not answer: whoever waits for it is sent away, and nobody goes there for a while. */
  gone(error: unknown): void {
    this.#restUntil = performance.now() + REST_MS
    this.#looker?.end()
    this.#looker = undefined
    for (const lane of [...this.#taken, ...this.#free.splice(0)]) lane.end()
    this.#is('away', undefined, error instanceof Error ? error.message : String(error))
  }

  /**
   * Runs `work` in a transaction that reads one snapshot. `ageMs`: everything committed until so long ago is in it.
   * @throws TooFarBehind; what the database or `work` throws
   */
  async read<T>(work: (db: Executor, ageMs: number) => Promise<T>, maxAgeMs: number): Promise<T> {
    const lane = await this.#take()
    let whole = false
    try {
      await lane.begin()
      const { position } = await replayedOf(lane.sql)
      const ageMs = position === undefined ? undefined : this.#lagAt(position)
      if (ageMs === undefined || ageMs > maxAgeMs) throw new TooFarBehind()
      const result = await work(lane.db, ageMs)
      await lane.sql.unsafe('commit')
      whole = !lane.lost
      return result
    } finally {
      this.#giveBack(lane, whole)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#looker, ...this.#taken, ...this.#free.splice(0)].map(lane => lane?.end()))
  }

  #lagAt(position: Position): number | undefined {
    const until = this.#options.positions.heldUntil(position)
    return until === undefined ? undefined : performance.now() - until
  }

  #is(state: ReplicaState, lagMs: number | undefined, why?: string): void {
    const changed = state !== this.#status.state
    this.#status = { name: this.name, state, lagMs, why }
    if (changed && !this.#closed) this.#options.onChange(this.#status)
  }

  #lane(name: string): Lane {
    return new Lane(this.#options.url, name, this.#options.prepare)
  }

  async #take(): Promise<Lane> {
    while (this.#taken.size >= this.#options.connections) await new Promise<void>(resolve => this.#waiting.push(resolve))
    if (this.#status.state !== 'used') throw connectionLost()
    const lane = this.#free.pop() ?? this.#lane('miaodan-replica')
    this.#taken.add(lane)
    return lane
  }

  /** One whose transaction did not end well is not used again. */
  #giveBack(lane: Lane, whole: boolean): void {
    this.#taken.delete(lane)
    if (whole && !this.#closed) this.#free.push(lane)
    else void lane.end()
    this.#waiting.shift()?.()
  }
}

/** One connection. Within a transaction `db` speaks to nothing else: when the connection is lost, so is what was begun. */
class Lane {
  readonly sql: Sql
  readonly db: Executor
  lost = false
  #ended: Promise<void> | undefined

  constructor(url: string, name: string, prepare: boolean) {
    const onclose = () => {
      this.lost = true
    }
    this.sql = connect(url, 1, name, prepare, { connect_timeout: CONNECT_SECONDS, max_lifetime: null, backoff: false, onclose })
    const isLost = () => this.lost
    this.db = drizzle(new Proxy(this.sql, {
      get: (target, property) => (property === 'unsafe' ? (...query: Parameters<Sql['unsafe']>) => (isLost() ? refused() : target.unsafe(...query)) : Reflect.get(target, property)),
    }))
  }

  async begin(): Promise<void> {
    await this.sql.unsafe('begin isolation level repeatable read read only')
    this.lost = false
  }

  end(): Promise<void> {
    this.lost = true
    this.#ended ??= this.sql.end({ timeout: 0 })
    return this.#ended
  }
}

const connectionLost = (): Error => Object.assign(new Error('the connection to the replica was lost'), { code: 'CONNECTION_LOST' })

/** As a query that has failed. */
function refused(): postgres.PendingQuery<postgres.Row[]> {
  const failed = Promise.reject(connectionLost())
  failed.catch(() => undefined)
  return Object.assign(failed, { values: () => failed, execute: () => failed }) as never
}

async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await Promise.race([asked, new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), LOOK_TIMEOUT_MS)
    })])
  } finally {
    clearTimeout(timer)
  }
}
