import { spawn, type ChildProcess } from 'node:child_process'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { postgresBinaries, postgresUser, type PostgresUser } from './binaries.ts'
import { createCluster, environment, reachable, readPassword } from './cluster.ts'
import { claimFolder } from './owner.ts'
import { freePort } from './ports.ts'
import { isReady, stopOrphan } from './postmaster.ts'

export type PostgresOptions = {
  /** Created when missing. Holds the cluster, its password and its log. */
  dataDir: string
  /** Left out or 0: any free one. */
  port?: number
  settings?: Record<string, string>
}

export type RunningPostgres = {
  /** Of the superuser, to the database `postgres`. */
  url: string
  port: number
  /** Resolves, once, when the server has ended without being asked to. */
  crashed: Promise<void>
  stop(): Promise<void>
}

const READY_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 20_000
const POLL_MS = 15
const PORT_ATTEMPTS = 5

/**
 * Starts a PostgreSQL server of our own on 127.0.0.1, as somebody who is not root, and stops it when this process ends,
 * however it ends. Throws FolderTakenError when another living process runs on the same data folder.
 */
export async function startPostgres({ dataDir, port = 0, settings = {} }: PostgresOptions): Promise<RunningPostgres> {
  const folder = resolve(dataDir)
  const user = postgresUser()
  mkdirSync(dirname(folder), { recursive: true })
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
  const release = claimFolder(folder)
  try {
    // Postgres must be able to enter the folder; root does not need to own it.
    if (user) chownSync(folder, user.uid, user.gid)
    const binaries = postgresBinaries(user)
    await stopOrphan(join(folder, 'cluster'))
    if (!existsSync(join(folder, 'cluster'))) await createCluster(folder, binaries, user)
    const server = await launch(folder, binaries, user, port, settings)
    return {
      url: `postgres://postgres:${readPassword(folder)}@127.0.0.1:${server.port}/postgres`,
      port: server.port,
      crashed: server.crashed,
      async stop() {
        await server.stop()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

type Server = Pick<RunningPostgres, 'port' | 'crashed' | 'stop'>

async function launch(folder: string, binaries: string, user: PostgresUser, wanted: number, settings: Record<string, string>): Promise<Server> {
  const cluster = join(folder, 'cluster')
  for (let attempt = 1; ; attempt++) {
    const port = wanted || (await freePort())
    const values = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC', ...settings, port: String(port) }
    const log = openSync(join(folder, 'postgres.log'), attempt === 1 ? 'w' : 'a', 0o600)
    // Detached: a Ctrl-C in the terminal must reach our own process, which stops Postgres after everything that uses it.
    const child = spawn(
      join(binaries, 'postgres'),
      ['-D', reachable(cluster, user), ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { cwd: cluster, ...user, env: environment(), stdio: ['ignore', log, log], detached: true },
    )
    closeSync(log)
    const exited = new Promise<void>((done) => child.once('error', () => done()).once('exit', () => done()))
    const guard = stopWhenWeDie(child, user)
    void exited.then(() => guard.kill())
    if (await untilReady(cluster, child)) return running(child, exited, port)
    await end(child, exited)
    const lines = readFileSync(join(folder, 'postgres.log'), 'utf8').trim().split('\n').slice(-10).join('\n')
    // Between finding a free port and using it somebody else may have taken it.
    if (wanted || attempt === PORT_ATTEMPTS || !lines.includes('could not bind')) throw new Error(`Postgres did not start:\n${lines}`)
  }
}

function running(child: ChildProcess, exited: Promise<void>, port: number): Server {
  let asked = false
  return {
    port,
    crashed: new Promise((done) => void exited.then(() => (asked ? undefined : done()))),
    async stop() {
      asked = true
      await end(child, exited)
    },
  }
}

async function untilReady(cluster: string, child: ChildProcess): Promise<boolean> {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await delay(POLL_MS)) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false
    if (isReady(cluster, child.pid)) return true
  }
  return false
}

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  // Fast shutdown first (connections are cut, everything is written), then immediate, then by force.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    const patience = new AbortController()
    await Promise.race([exited, delay(STOP_TIMEOUT_MS, undefined, { signal: patience.signal }).catch(() => undefined)])
    patience.abort()
  }
}

/** A shell that waits on a pipe from us: when we vanish, even by SIGKILL, the pipe closes and it stops Postgres. */
function stopWhenWeDie(child: ChildProcess, user: PostgresUser): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read _; kill -INT "$0"', String(child.pid)], { cwd: '/', ...user, stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  guard.on('error', () => undefined)
  guard.unref()
  return guard
}
