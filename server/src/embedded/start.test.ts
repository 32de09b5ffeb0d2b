import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { freePort, portProblem } from './ports.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'miaodan-start-'))
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true })
  await database.drop()
})

test.each(['SIGTERM', 'SIGKILL'] as const)('after %s neither server nor gateway is left running', async (signal) => {
  const [port, gatewayPort] = [await freePort(), await freePort()]
  const launcher = launch({ PORT: String(port), GATEWAY_PORT: String(gatewayPort) })
  await untilSaid(launcher, `http://localhost:${port}`)
  expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200)
  launcher.kill(signal)
  const [code] = await once(launcher, 'exit')
  expect(code).toBe(signal === 'SIGTERM' ? 0 : null)
  await expect.poll(() => Promise.all([portProblem(port, '127.0.0.1'), portProblem(gatewayPort, '127.0.0.1')]), { timeout: 15_000 }).toEqual([undefined, undefined])
})

test('a taken port is told in one sentence in each language, and nothing is started', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const port = (other.address() as AddressInfo).port
  const launcher = launch({ PORT: String(port) })
  const said = await untilSaid(launcher, 'npm start\n\n')
  const [code] = launcher.exitCode === null ? await once(launcher, 'exit') : [launcher.exitCode]
  other.close()
  expect(code).toBe(1)
  expect(said.trim().split('\n')).toEqual([expect.stringContaining(`端口 ${port} 已被别的程序占用`), expect.stringContaining(`Port ${port} is taken by another program`)])
})

function launch(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(new URL('./start.ts', import.meta.url))], {
    env: { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir, DEMO: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Everything it wrote up to and with that text; throws when it ends without it. */
function untilSaid(launcher: ChildProcess, text: string): Promise<string> {
  return new Promise((done, fail) => {
    let said = ''
    for (const stream of [launcher.stdout, launcher.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (said.includes(text)) done(said)
      })
    }
    launcher.once('close', () => fail(new Error(`It ended without saying "${text}":\n${said}`)))
  })
}
