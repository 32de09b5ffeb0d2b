/** A real primary with a real streaming replica, made without any tool beside Postgres itself: by copying a stopped cluster. */
import { execFileSync } from 'node:child_process'
import { chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { postgresUser } from '../src/embedded/binaries.ts'
import { freePort } from '../src/embedded/ports.ts'
import { startPostgres, type RunningPostgres } from '../src/embedded/postgres.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { databaseUrl } from './template.ts'

const DATABASE = 'replicated'
/** Nothing waits for a disk; no vacuum happens but the tests' own; and what is in the way of the replay is ended at once. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', max_standby_streaming_delay: '0', max_standby_archive_delay: '0', wal_receiver_status_interval: '1s', wal_retrieve_retry_interval: '100ms' }

export type TestReplica = {
  primaryUrl: string
  replicaUrl: string
  /** Superusers on both. */
  primary: postgres.Sql
  replica: postgres.Sql
  stopReplica(): Promise<void>
  startReplica(): Promise<void>
  /** Until the replica has replayed all that is on the primary now. */
  caughtUp(): Promise<void>
  /** Holds what comes from the primary back, until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
  close(): Promise<void>
}

export async function startReplica(): Promise<TestReplica> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-replica-'))
  execFileSync('chmod', ['755', folder])
  const [primaryDir, replicaDir] = [join(folder, 'primary'), join(folder, 'replica')]
  const ports = [await freePort(), await freePort()] as const
  await (await startPostgres({ dataDir: primaryDir, port: ports[0], settings: SETTINGS })).stop()
  mkdirSync(replicaDir, { mode: 0o700 })
  execFileSync('cp', ['-a', join(primaryDir, 'cluster'), replicaDir])
  cpSync(join(primaryDir, 'password'), join(replicaDir, 'password'))
  const signal = join(replicaDir, 'cluster', 'standby.signal')
  writeFileSync(signal, '')
  const user = postgresUser()
  if (user) chownSync(signal, user.uid, user.gid)

  const server = await startPostgres({ dataDir: primaryDir, port: ports[0], settings: SETTINGS })
  const { password } = new URL(server.url)
  const start = (): Promise<RunningPostgres> => startPostgres({ dataDir: replicaDir, port: ports[1], settings: { ...SETTINGS, primary_conninfo: `host=127.0.0.1 port=${ports[0]} user=postgres password=${password}` } })
  let standby: RunningPostgres | undefined = await start()
  const admin = postgres(server.url, { max: 1, onnotice: () => {} })
  await admin`create database ${admin(DATABASE)}`
  await admin.end()
  const primaryUrl = databaseUrl(server.url, DATABASE)
  const replicaUrl = primaryUrl.replace(`:${ports[0]}/`, `:${ports[1]}/`)
  await migrate(primaryUrl)
  const [primary, replica] = [primaryUrl, replicaUrl].map(url => postgres(url, { max: 1, onnotice: () => {}, backoff: false })) as [postgres.Sql, postgres.Sql]

  const caughtUp = async (): Promise<void> => {
    const [at] = await primary<{ lsn: string }[]>`select pg_current_wal_flush_lsn()::text as lsn`
    for (;;) {
      const [row] = await replica<{ there: boolean }[]>`select pg_last_wal_replay_lsn() >= ${at?.lsn ?? ''}::pg_lsn as there`
      if (row?.there) return
    }
  }
  const stopReplica = async (): Promise<void> => {
    await standby?.stop()
    standby = undefined
  }
  return {
    primaryUrl, replicaUrl, primary, replica, caughtUp, stopReplica,
    startReplica: async () => {
      standby ??= await start()
    },
    pause: async () => {
      await caughtUp()
      await replica`select pg_wal_replay_pause()`
      // It is asked to, and does it with the next record.
      await primary`select pg_logical_emit_message(false, 'test', '')`
      await primary`checkpoint`
      for (;;) {
        const [row] = await replica<{ state: string }[]>`select pg_get_wal_replay_pause_state() as state`
        if (row?.state === 'paused') return
      }
    },
    resume: async () => void await replica`select pg_wal_replay_resume()`,
    close: async () => {
      await Promise.all([primary.end({ timeout: 1 }), replica.end({ timeout: 1 })])
      await stopReplica()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
