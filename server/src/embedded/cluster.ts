import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { canEnter, type PostgresUser } from './binaries.ts'

const PASSWORD = 'password'

/** Made beside its place and moved there, so that a start cut short leaves nothing half made. */
export async function createCluster(folder: string, binaries: string, user: PostgresUser): Promise<void> {
  const unfinished = join(folder, 'cluster.new')
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  const passwordFile = join(folder, PASSWORD)
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
  if (user) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid)
  // The builtin C.UTF-8 gives the same order everywhere and knows letters; plain C would lose every Chinese trigram.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8']
  const child = spawn(
    join(binaries, 'initdb'),
    ['-D', reachable(unfinished, user), '--username=postgres', '--auth=scram-sha-256', `--pwfile=../${PASSWORD}`, ...locale],
    { cwd: unfinished, ...user, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  if (code !== 0) throw new Error(`initdb failed:\n${output.trim().split('\n').slice(-10).join('\n')}`)
  renameSync(unfinished, join(folder, 'cluster'))
}

export function readPassword(folder: string): string {
  return readFileSync(join(folder, PASSWORD), 'utf8').trim()
}

/**
 * The name under which Postgres finds its folder. Where only root may enter a folder above it (a checkout in /root), the
 * path leads nowhere for Postgres, but the working directory it was started in does not need the path.
 */
export function reachable(folder: string, user: PostgresUser): string {
  return user && process.platform === 'linux' && !canEnter(dirname(folder), user) ? '/proc/self/cwd' : folder
}

export function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}
