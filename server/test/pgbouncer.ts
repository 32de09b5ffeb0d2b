/** A real PgBouncer in transaction pooling before a database of the tests. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../src/embedded/ports.ts'
import { untilStarted } from './program.ts'

const PROGRAM = process.env['PGBOUNCER_PATH'] ?? 'pgbouncer'
/** It refuses to be root; nobody is this on every Linux. */
const NOBODY = 65_534
/** Follows prepared statements from here on. */
const FOLLOWS_PREPARED = [1, 21]

export type TestPooler = { url: string, close(): Promise<void> }

const versionOf = (): readonly number[] => /PgBouncer (\d+)\.(\d+)/.exec(spawnSync(PROGRAM, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.slice(1).map(Number) ?? []

/** Whether the tests behind it can run. When not, it says so loudly, once a file. */
export function hasPgBouncer(): boolean {
  const found = versionOf().length > 0
  if (!found) process.stderr.write('\n*** pgbouncer was not found: transaction pooling was NOT tested. Install it, or say where it is with PGBOUNCER_PATH. ***\n\n')
  return found
}

export function followsPrepared(): boolean {
  const [major = 0, minor = 0] = versionOf()
  return major > (FOLLOWS_PREPARED[0] as number) || (major === FOLLOWS_PREPARED[0] && minor >= (FOLLOWS_PREPARED[1] as number))
}

/** `sessions`: so many of Postgres's are shared by all who connect. */
export async function startPgBouncer(databaseUrl: string, sessions: number): Promise<TestPooler> {
  const { hostname, port: databasePort, username, password, pathname } = new URL(databaseUrl)
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-pgbouncer-'))
  const port = await freePort()
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(file, `[databases]
* = host=${hostname} port=${databasePort} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${sessions}
max_client_conn = 500
ignore_startup_parameters = extra_float_digits,statement_timeout,idle_in_transaction_session_timeout
${followsPrepared() ? 'max_prepared_statements = 600' : ''}
`)
  await chmod(folder, 0o755)
  const asRoot = process.getuid?.() === 0
  const child = spawn(PROGRAM, [file], { stdio: ['ignore', 'ignore', 'pipe'], ...asRoot && { uid: NOBODY, gid: NOBODY } })
  const { close } = await untilStarted('pgbouncer', child, folder, async () => {
    const socket = connect(port, '127.0.0.1')
    const listens = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false)
    socket.destroy()
    return listens
  })
  return { url: `postgres://${username}:${password}@127.0.0.1:${port}${pathname}`, close }
}
