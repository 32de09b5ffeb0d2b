/** The real thing for a journey: server and sandbox gateway as processes of their own, on a database of their own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SupervisedChild } from '../../server/src/embedded/child.ts'
import { SingleRun } from '../../server/src/embedded/once.ts'
import { freePort } from '../../server/src/embedded/ports.ts'
import { createSecrets } from '../../server/src/embedded/secrets.ts'
import { createTestDatabase } from '../../server/test/database.ts'

export type MailboxEntry = { id: string; channel: 'sms' | 'email'; to: string; subject: string | null; text: string; html: string | null; at: string }

export type System = {
  url: string
  gatewayUrl: string
  databaseUrl: string
  clock: {
    /** Moves the clocks of server and gateway forward; what becomes due is carried out at once. */
    advance(ms: number): Promise<void>
  }
  mailbox: {
    list(to?: string): Promise<MailboxEntry[]>
    /** The newest six-digit code sent there, as soon as there is one that was not asked for before. */
    code(to: string): Promise<string>
  }
  /** As a power cut would: the server is killed, and comes back by itself. Resolves when it answers again. */
  crashServer(): Promise<void>
  stop(): Promise<void>
}

const READY_TIMEOUT_MS = 60_000
const CODE_TIMEOUT_MS = 15_000
const POLL_MS = 50

/** `demo`: with the people and deals of the demo, which takes some twenty seconds. */
export async function startSystem(environment: Record<string, string> = {}, { demo = false } = {}): Promise<System> {
  const [database, dataDir, port, gatewayPort] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'miaodan-e2e-')), freePort(), freePort()])
  const [url, gatewayUrl] = [`http://localhost:${port}`, `http://localhost:${gatewayPort}`]
  // Keys that are given hold for both: a gateway that does not know the server's key refuses to be asked.
  const common = { HOST: 'localhost', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn', ...createSecrets(), ...environment }
  let expected = false
  const onRestart = (exit: string): void => void (expected || process.stderr.write(`A process of the system ended: ${exit}\n`))
  const gateway = new SupervisedChild({
    program: new URL('../../gateway/src/main.ts', import.meta.url),
    env: { ...common, PORT: String(gatewayPort), DATA_DIR: join(dataDir, 'gateway'), PUBLIC_URL: gatewayUrl },
    onRestart,
  })
  const serverEnvironment = {
    ...common,
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    DEMO: '1',
    RATE_LIMIT: '100000',
    GATEWAY_URL: gatewayUrl,
    GATEWAY_PUBLIC_URL: gatewayUrl,
    ...environment,
  }
  let running: SupervisedChild | undefined
  const stop = async (): Promise<void> => {
    expected = true
    await running?.stop()
    await gateway.stop()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const start = async (): Promise<SupervisedChild> => {
    // As `npm start` does: the demo is played before a server listens.
    if (demo) {
      await gateway.untilAnswers(`${gatewayUrl}/healthz`, READY_TIMEOUT_MS)
      if (!await new SingleRun(new URL('../../server/src/demo/main.ts', import.meta.url), serverEnvironment).succeeded) throw new Error('The demo could not be loaded.')
    }
    running = new SupervisedChild({ program: new URL('../../server/src/main.ts', import.meta.url), env: serverEnvironment, onRestart })
    await Promise.all([gateway.untilAnswers(`${gatewayUrl}/healthz`, READY_TIMEOUT_MS), running.untilAnswers(`${url}/healthz`, READY_TIMEOUT_MS)])
    return running
  }
  const server = await start().catch(async (error: unknown) => {
    await stop()
    throw error
  })
  let advancedMs = 0
  return {
    url,
    gatewayUrl,
    databaseUrl: database.url,
    clock: {
      async advance(ms) {
        advancedMs += ms
        await post(`${gatewayUrl}/sandbox/clock`, { offsetMs: advancedMs })
        await post(`${url}/api/v1/dev/clock`, { seconds: Math.ceil(ms / 1000) })
      },
    },
    mailbox: openMailbox(url),
    async crashServer() {
      expected = true
      await server.kill()
      await server.untilAnswers(`${url}/healthz`, READY_TIMEOUT_MS)
      expected = false
    },
    stop,
  }
}

/** Other messages have six digits too: addresses with ids do. */
const codeIn = (text: string): string | undefined => /验证码 (\d{6})|(\d{6}) is your code/.exec(text)?.slice(1).find(Boolean)

function openMailbox(url: string): System['mailbox'] {
  const seen = new Set<string>()
  const list = async (to?: string): Promise<MailboxEntry[]> => {
    const answer = await fetch(`${url}/api/v1/dev/mailbox${to ? `?to=${encodeURIComponent(to)}` : ''}`)
    if (!answer.ok) throw new Error(`The mailbox answered ${answer.status}: ${await answer.text()}`)
    return ((await answer.json()) as { items: MailboxEntry[] }).items
  }
  return {
    list,
    async code(to) {
      for (const deadline = Date.now() + CODE_TIMEOUT_MS; Date.now() < deadline; await delay(POLL_MS)) {
        const entry = (await list(to)).find(({ id, text }) => !seen.has(id) && codeIn(text))
        const code = entry && codeIn(entry.text)
        if (!code) continue
        seen.add(entry.id)
        return code
      }
      throw new Error(`No code was sent to ${to} within ${CODE_TIMEOUT_MS / 1000} s.`)
    },
  }
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
}
