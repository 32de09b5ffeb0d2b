/**
 * Reads that may be stale, and say so: figures, exports, checks of the books. They go to a replica where there is one, so
 * that the primary is spared the longest statements there are. What a person does next on what they read, and one's own
 * money, orders and messages, is never read here: docs/scaling.md lists who reads from it.
 */
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Db, Executor, Sql } from './db.ts'
import { staleReads } from './metrics.ts'
import { Positions } from './replica-positions.ts'
import { Replica, TooFarBehind, writtenOf, type ReplicaStatus } from './replica.ts'

export type StaleReads = {
  /**
   * Runs `work` in a transaction that reads one snapshot and refuses to write, on a replica or on the primary: nobody can
   * tell but by `asOf`, the moment up to which everything is in the answer. `upTo`: everything until then must be in it.
   * `work` may run twice, so it does nothing but read.
   */
  read<T>(work: (db: Executor, asOf: Date) => Promise<T>, need?: { upTo: Date }): Promise<T>
  /** Empty without a replica. */
  replicas(): readonly ReplicaStatus[]
  /** Throws when a replica is not read from. */
  check(): Promise<void>
  close(): Promise<void>
}

export type StaleOptions = {
  primary: { db: Db, sql: Sql }, clock: Clock, log: Logger
  urls: readonly string[], connections: number, prepare: boolean, maxLagMs: number
}

const LOOK_MS = 1_000
/** Postgres ends a read on a replica whose rows the primary has meanwhile cleared away. */
const CONFLICT = '40001'
/** A statement that took too long would also take the primary too long; what writes is a mistake wherever it runs. */
const NOT_FOR_PRIMARY = new Set(['57014', '25006'])

export function openStaleReads({ primary, clock, log, urls, connections, prepare, maxLagMs }: StaleOptions): StaleReads {
  const positions = new Positions()
  const onChange = ({ name, state, why }: ReplicaStatus) => (state === 'used' ? log.info({ replica: name }, 'the replica is read from') : log.warn({ replica: name, state, why }, 'the replica is not read from; the primary answers'))
  const replicas = urls.map(url => new Replica({ url, connections, prepare, maxLagMs, positions, onChange }))
  const stop = replicas.length > 0 ? keepLooking(primary.sql, positions, replicas, log) : async () => {}
  let turn = 0

  const onPrimary = <T>(work: (db: Executor, asOf: Date) => Promise<T>): Promise<T> => {
    const asOf = clock.now()
    return primary.db.transaction(tx => work(tx, asOf), { isolationLevel: 'repeatable read', accessMode: 'read only' })
  }
  return {
    read: async (work, need) => {
      if (replicas.length === 0) return onPrimary(work)
      const maxAgeMs = Math.min(maxLagMs, need ? clock.now().getTime() - need.upTo.getTime() : maxLagMs)
      // What is to hold the present moment no replica can.
      if (maxAgeMs <= 0) return onPrimary(work)
      const usable = replicas.filter(({ status }) => status.state === 'used')
      const replica = usable[turn++ % usable.length]
      if (!replica) {
        staleReads.inc({ outcome: replicas.some(({ status }) => status.state === 'behind') ? 'behind' : 'away' })
        return onPrimary(work)
      }
      try {
        const result = await replica.read((db, ageMs) => work(db, new Date(clock.now().getTime() - ageMs)), maxAgeMs)
        staleReads.inc({ outcome: 'replica' })
        return result
      } catch (error) {
        const { outcome, gone, cause } = whyNot(error)
        if (outcome === undefined) throw error
        staleReads.inc({ outcome })
        if (gone) replica.gone(cause)
        // The cause alone: what stands around it holds the statement with its values.
        if (outcome === 'failed') log.warn({ err: cause, replica: replica.name }, 'a read failed on the replica; the primary answers')
        return onPrimary(work)
      }
    },
    replicas: () => replicas.map(({ status }) => status),
    check: async () => {
      const unused = replicas.map(({ status }) => status).filter(({ state }) => state !== 'used')
      if (unused.length > 0) throw new Error(unused.map(({ name, state, why }) => `the replica ${name} is not read from (${why ?? state}); the primary answers`).join('; '))
    },
    close: async () => {
      const stopped = stop()
      await Promise.all(replicas.map(replica => replica.close()))
      await stopped
    },
  }
}

/** Looks at once and then each second how far the primary is, and how far the replicas. */
function keepLooking(sql: Sql, positions: Positions, replicas: readonly Replica[], log: Logger): () => Promise<void> {
  let origin: string | undefined
  let failed = false
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    const at = performance.now()
    try {
      const written = await writtenOf(sql)
      origin = written.origin
      positions.note(written.position, at)
      failed = false
    } catch (error) {
      // The replicas then hold what is older and older, which is what is told of them.
      if (!failed) log.warn({ err: error }, 'the primary does not say how far its log reaches, so replicas will soon not be read from')
      failed = true
    }
    const known = origin
    if (known !== undefined) await Promise.all(replicas.map(replica => replica.look(known)))
  }
  let looking = Promise.resolve()
  let stopped = false
  const again = (): void => {
    looking = look().then(() => {
      if (!stopped) timer = setTimeout(again, LOOK_MS).unref()
    })
  }
  again()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await looking
  }
}

/** A connection that there was is lost, and it may be that one alone; other errors of the system say that there is none to be had. */
const LOST = new Set(['ECONNRESET', 'EPIPE'])

type Refusal = { outcome?: 'behind' | 'conflict' | 'away' | 'failed', gone?: boolean, cause?: unknown }

/** Why the primary is asked after all; no outcome when the error is an answer. `gone`: nobody else need try. */
function whyNot(error: unknown): Refusal {
  if (error instanceof TooFarBehind) return { outcome: 'behind' }
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown }
    if (typeof code !== 'string') continue
    if (cause.name === 'PostgresError') {
      if (NOT_FOR_PRIMARY.has(code)) return {}
      if (code === CONFLICT) return { outcome: 'conflict' }
      // 57P: it was told to end, this session or the whole server; 57P03: it takes nobody now.
      if (/^(08|57P)/.test(code)) return { outcome: 'away', gone: code === '57P03', cause }
      return { outcome: 'failed', cause }
    }
    if (code.startsWith('CONNECTION_') || LOST.has(code)) return { outcome: 'away' }
    if (code === 'CONNECT_TIMEOUT' || /^E[A-Z]+$/.test(code)) return { outcome: 'away', gone: true, cause }
  }
  return {}
}
