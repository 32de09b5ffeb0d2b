/** What the database, the disk and the search engine say of the state of things. Each statement is bounded by an index or by a limit. */
import { statfs } from 'node:fs/promises'
import type { Deps } from '../../deps.ts'
import { moneyHeld } from '../../features/ledger/index.ts'
import { moneyUnderWay } from '../../features/payments/index.ts'
import { monthState } from '../../kernel/partitions.ts'
import { workQueues } from '../../kernel/queues.ts'
import type { Reading } from './reading.ts'

const OFTEN_MS = 10_000
const SELDOM_MS = 60_000
/** Reads every account: a third of a second for a million of them. An index on the balance would cost each posting more. */
const RARELY_MS = 300_000
/** Beyond so many one waiting thing more or less makes no difference, and counting them all would. */
const COUNTED = 100_000

const ageSeconds = (deps: Deps, since: Date | string | null | undefined): number => (since ? Math.max(0, (deps.clock.now().getTime() - new Date(since).getTime()) / 1000) : 0)

type Backlog = { waiting: number, oldest: string | null, dead: number }

const events = (deps: Deps): Reading => ({
  name: 'outbox', everyMs: OFTEN_MS,
  gauges: {
    miaodan_outbox_waiting: { help: `Events not yet handed on (${COUNTED} at most).` },
    miaodan_outbox_lag_seconds: { help: 'Age of the oldest of them.' },
    miaodan_outbox_dead: { help: 'Events that were given up.' },
  },
  read: async () => {
    const [row] = await deps.sql<Backlog[]>`
      select (select count(*)::int from (select from outbox where published_at is null and dead_at is null limit ${COUNTED}) as bounded) as waiting,
        (select at::text from outbox where published_at is null and dead_at is null order by id limit 1) as oldest,
        (select count(*)::int from outbox where dead_at is not null) as dead`
    return { miaodan_outbox_waiting: row?.waiting ?? 0, miaodan_outbox_lag_seconds: ageSeconds(deps, row?.oldest), miaodan_outbox_dead: row?.dead ?? 0 }
  },
})

const deadlines = (deps: Deps): Reading => ({
  name: 'deadlines', everyMs: OFTEN_MS,
  gauges: {
    miaodan_deadlines_overdue: { help: `Deadlines that are due and not yet carried out (${COUNTED} at most).` },
    miaodan_deadlines_lag_seconds: { help: 'How long the oldest of them has been due.' },
    miaodan_deadlines_dead: { help: 'Deadlines that were given up.' },
  },
  read: async () => {
    const now = deps.clock.now().toISOString()
    const [row] = await deps.sql<Backlog[]>`
      select (select count(*)::int from (select from deadlines where dead_at is null and due_at <= ${now} limit ${COUNTED}) as bounded) as waiting,
        (select due_at::text from deadlines where dead_at is null and due_at <= ${now} order by deadlines.due_at limit 1) as oldest,
        (select count(*)::int from deadlines where dead_at is not null) as dead`
    return { miaodan_deadlines_overdue: row?.waiting ?? 0, miaodan_deadlines_lag_seconds: ageSeconds(deps, row?.oldest), miaodan_deadlines_dead: row?.dead ?? 0 }
  },
})

const database = (deps: Deps): Reading => ({
  name: 'database', everyMs: OFTEN_MS,
  gauges: {
    miaodan_database_round_trip_seconds: { help: 'Until a statement of the pool for rows was answered, waiting for a connection included.' },
    miaodan_database_connections: { help: 'Connections of all our processes, by what they are doing.', label: 'state' },
    miaodan_database_connections_max: { help: 'Connections the database allows to anybody.' },
    miaodan_database_pool: { help: 'Connections this process may open, of both its pools.' },
    miaodan_database_longest_transaction_seconds: { help: 'Age of the oldest open transaction of ours.' },
  },
  read: async () => {
    const asked = performance.now()
    await deps.db.execute('select 1')
    const roundTrip = (performance.now() - asked) / 1000
    const rows = await deps.sql<{ state: string, count: number, longest: number, max: number }[]>`
      select coalesce(state, 'unknown') as state, count(*)::int as count, current_setting('max_connections')::int as max,
        coalesce(extract(epoch from max(clock_timestamp() - xact_start) filter (where pid <> pg_backend_pid())), 0)::float as longest
      from pg_stat_activity where datname = current_database() and application_name in ('miaodan', 'miaodan-sql') group by 1`
    return {
      miaodan_database_round_trip_seconds: roundTrip,
      miaodan_database_connections: rows.map(({ state, count }) => ({ labels: { state }, value: count })),
      miaodan_database_connections_max: rows[0]?.max,
      miaodan_database_pool: deps.config.databasePool + Math.max(2, Math.floor(deps.config.databasePool / 2)),
      miaodan_database_longest_transaction_seconds: Math.max(0, ...rows.map(row => row.longest)),
    }
  },
})

const space = (deps: Deps): Reading => ({
  name: 'space', everyMs: SELDOM_MS,
  gauges: { miaodan_database_bytes: { help: 'Size of the database.' }, miaodan_data_free_bytes: { help: 'Free space where DATA_DIR is.' } },
  read: async () => {
    const [[row], disk] = await Promise.all([deps.sql<{ bytes: string }[]>`select pg_database_size(current_database()) as bytes`, statfs(deps.config.dataDir).catch(() => undefined)])
    return { miaodan_database_bytes: Number(row?.bytes), miaodan_data_free_bytes: disk ? disk.bavail * disk.bsize : undefined }
  },
})

const months = (deps: Deps): Reading => ({
  name: 'months', everyMs: SELDOM_MS,
  gauges: {
    miaodan_months_ahead: { help: 'Partitions of months to come that are there, by table.', label: 'table' },
    miaodan_months_strays: { help: '1 when a table\'s default partition has rows of a month that was not there in time.', label: 'table' },
  },
  read: async () => {
    const states = await monthState(deps.db)
    return {
      miaodan_months_ahead: states.map(({ table, ahead }) => ({ labels: { table }, value: ahead })),
      miaodan_months_strays: states.map(({ table, strays }) => ({ labels: { table }, value: strays ? 1 : 0 })),
    }
  },
})

const STATES = ['closed', 'half-open', 'open'] as const

const search = (deps: Deps): Reading => ({
  name: 'search', everyMs: OFTEN_MS,
  gauges: {
    miaodan_search_breaker: { help: '1 for the state the breaker before the search server is in. None without such a server.', label: 'state' },
    miaodan_search_waiting: { help: 'Changes the search server has not heard of yet.' },
    miaodan_search_lag_seconds: { help: 'Age of the oldest of them.' },
  },
  read: async () => {
    const status = await deps.search.status?.()
    if (!status) return {}
    return {
      miaodan_search_breaker: STATES.map(state => ({ labels: { state }, value: status.state === state ? 1 : 0 })),
      // Kept by the database's own clock, which nobody moves.
      miaodan_search_waiting: status.waiting, miaodan_search_lag_seconds: status.waitingSince ? Math.max(0, (Date.now() - status.waitingSince.getTime()) / 1000) : 0,
    }
  },
})

const replicas = (deps: Deps): Reading => ({
  name: 'replicas', everyMs: 0,
  gauges: {
    miaodan_replica_used: { help: '1 while this process reads from a replica, 0 while the primary answers for it.', label: 'replica' },
    miaodan_replica_lag_seconds: { help: 'How old is what a replica holds. None while that is not known.', label: 'replica' },
  },
  read: async () => {
    const all = deps.stale.replicas()
    return {
      miaodan_replica_used: all.map(({ name, state }) => ({ labels: { replica: name }, value: state === 'used' ? 1 : 0 })),
      miaodan_replica_lag_seconds: all.flatMap(({ name, lagMs }) => (lagMs === undefined ? [] : [{ labels: { replica: name }, value: lagMs / 1000 }])),
    }
  },
})

const queues = (deps: Deps): Reading => ({
  name: 'queues', everyMs: SELDOM_MS,
  gauges: {
    miaodan_queue_waiting: { help: 'What waits for staff, by queue: payouts to approve, days that differ from the gateway\'s bill, disputes…', label: 'queue' },
    miaodan_queue_oldest_seconds: { help: 'How long the oldest of a queue has waited.', label: 'queue' },
  },
  read: async () => {
    const states = await Promise.all(workQueues().map(async ({ name, read }) => ({ labels: { queue: name }, ...await read(deps.db, deps) })))
    return {
      miaodan_queue_waiting: states.map(({ labels, waiting }) => ({ labels, value: waiting })),
      miaodan_queue_oldest_seconds: states.map(({ labels, oldestAt }) => ({ labels, value: ageSeconds(deps, oldestAt) })),
    }
  },
})

const payments = (deps: Deps): Reading => ({
  name: 'payments', everyMs: SELDOM_MS,
  gauges: {
    miaodan_money_under_way: { help: 'Payments, refunds and payouts the gateway has still to answer for.', label: 'kind' },
    miaodan_money_under_way_oldest_seconds: { help: 'Age of the oldest of a kind.', label: 'kind' },
    miaodan_reconciliation_days_open: { help: 'Days that are over and not yet compared with the gateway\'s bill.' },
  },
  read: async () => {
    const { openDays, kinds } = await moneyUnderWay(deps.db)
    return {
      miaodan_money_under_way: kinds.map(({ kind, count }) => ({ labels: { kind }, value: count })),
      miaodan_money_under_way_oldest_seconds: kinds.map(({ kind, oldestAt }) => ({ labels: { kind }, value: ageSeconds(deps, oldestAt) })),
      miaodan_reconciliation_days_open: openDays,
    }
  },
})

const money = (deps: Deps): Reading => ({
  name: 'money', everyMs: RARELY_MS,
  gauges: { miaodan_money_held_fen: { help: 'Other people\'s money with the platform, by the reason it is held for, in fen.', label: 'kind' } },
  read: async () => ({ miaodan_money_held_fen: (await deps.stale.read(moneyHeld)).map(({ kind, amount }) => ({ labels: { kind }, value: Number(amount) })) }),
})

export const readingsOf = (deps: Deps): Reading[] => [events, deadlines, database, replicas, space, months, search, queues, payments, money].map(make => make(deps))
