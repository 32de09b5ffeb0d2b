/** The real proxy with the configuration of deploy/proxy, in front of processes of this machine. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../src/embedded/ports.ts'
import { untilStarted } from './program.ts'

const PROGRAM = process.env['CADDY_PATH'] ?? 'caddy'
const CONFIGURATION = fileURLToPath(new URL('../../deploy/proxy/Caddyfile', import.meta.url))

/** `internalUrl`: for machines inside, without TLS. `authority`: the file with the certificate its own is signed with. */
export type TestProxy = { url: string, internalUrl: string, authority: string, close(): Promise<void> }

/** Whether the tests behind a proxy can run. When not, it says so loudly, once a file. */
export function hasCaddy(): boolean {
  const found = spawnSync(PROGRAM, ['version'], { stdio: 'ignore' }).status === 0
  if (!found) process.stderr.write('\n*** caddy was not found: several processes behind a proxy were NOT tested. Install it, or say where it is with CADDY_PATH. ***\n\n')
  return found
}

/** `port`: where people come in, with TLS. `processes`: where the web processes listen, or will. */
export async function startCaddy(port: number, processes: readonly string[], healthInterval: string): Promise<TestProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-caddy-'))
  const internalPort = await freePort()
  const child = spawn(PROGRAM, ['run', '--config', CONFIGURATION, '--adapter', 'caddyfile'], {
    env: {
      PATH: process.env['PATH'], HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder,
      SITE_ADDRESS: `https://localhost:${port}`, HTTP_PORT: String(await freePort()), WEB_PROCESSES: processes.map(url => new URL(url).host).join(' '), HEALTH_INTERVAL: healthInterval, INTERNAL_PORT: String(internalPort),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const certificate = join(folder, 'caddy', 'pki', 'authorities', 'local', 'root.crt')
  const { close } = await untilStarted('The proxy', child, folder, async said => said.includes('serving initial configuration') && await readFile(certificate, 'utf8').catch(() => '') !== '')
  return { url: `https://localhost:${port}`, internalUrl: `http://127.0.0.1:${internalPort}`, authority: certificate, close }
}
