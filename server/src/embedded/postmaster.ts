import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from './owner.ts'

const STOP_TIMEOUT_MS = 20_000
const POLL_MS = 15

/** The eighth line of postmaster.pid says "ready" as soon as connections are taken; the first says whose file it is. */
export function isReady(cluster: string, pid: number): boolean {
  const lines = postmasterFile(cluster)
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

/** Of the server that runs on this cluster now; undefined when none does. */
export function portOf(cluster: string): number | undefined {
  const lines = postmasterFile(cluster)
  const pid = Number(lines[0])
  return pid && isServerOf(pid, cluster) && isReady(cluster, pid) ? Number(lines[3]) : undefined
}

/** After a SIGKILL a server may still be on its way out, or run on without a guard: it holds the data, so it must end. */
export async function stopOrphan(cluster: string): Promise<void> {
  const pid = Number(postmasterFile(cluster)[0])
  if (!pid || !isServerOf(pid, cluster)) return
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (isServerOf(pid, cluster)) process.kill(pid, signal)
    for (const deadline = Date.now() + STOP_TIMEOUT_MS; Date.now() < deadline; await delay(POLL_MS)) if (!isServerOf(pid, cluster)) return
  }
  throw new Error(`An old Postgres server (process ${pid}) holds ${cluster} and cannot be stopped.`)
}

/** A process id in an old file may by now be anybody's: a Postgres server stands in its cluster's folder. */
function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return realpathSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return false
  }
}

function postmasterFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}
