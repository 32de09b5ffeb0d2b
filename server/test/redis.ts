/** A real Redis for one test file: Debian's `redis-server` on a free port of this machine, with a folder of its own, that can be killed. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from '../src/embedded/ports.ts'

const START_TIMEOUT_MS = 20_000
const PROGRAM = process.env['REDIS_SERVER_PATH'] ?? 'redis-server'

export type TestRedis = {
  url: string
  /** As the machine's power would end it: nothing is written, nobody is told. */
  kill(): Promise<void>
  /** Starts it anew on the same port, empty. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Whether the tests on Redis can run. When not, it says so loudly, once a file. */
export function hasRedis(): boolean {
  const found = spawnSync(PROGRAM, ['--version'], { stdio: 'ignore' }).status === 0
  if (!found) process.stderr.write('\n*** redis-server was not found: what stands on Redis was NOT tested. Install it, or say where it is with REDIS_SERVER_PATH. ***\n\n')
  return found
}

/** With `cluster`, a cluster of one node: it refuses what touches keys of several slots, as a large one does. */
export async function startRedis({ cluster = false } = {}): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess | undefined

  async function start(): Promise<void> {
    await rm(join(folder, 'nodes.conf'), { force: true })
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', ...cluster ? ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort()), '--cluster-announce-ip', '127.0.0.1'] : []]
    server = spawn(PROGRAM, settings, { stdio: 'ignore' })
    await untilAnswers(url, cluster)
  }

  async function kill(): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }

  await start()
  return {
    // Two names of one node make a client treat it as a cluster.
    url: cluster ? `${url},${url}` : url,
    kill,
    restart: start,
    close: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilAnswers(url: string, cluster: boolean): Promise<void> {
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null, enableReadyCheck: !cluster })
  client.on('error', () => {})
  const patience = setTimeout(() => client.disconnect(), START_TIMEOUT_MS)
  try {
    if (cluster) await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
    while (cluster && !String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) await delay(20)
    await client.ping()
  } finally {
    clearTimeout(patience)
    client.disconnect()
  }
}
