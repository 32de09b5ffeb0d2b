import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createGateway, type GatewayOptions } from './app.ts'
import { generateKeys, readPrivateKey, type KeyPair } from './keys.ts'
import { formBody, parseParameters, signParameters, type Parameters } from './signature.ts'

export type TestGateway = {
  url: string
  appId: string
  keys: { gateway: KeyPair; merchant: KeyPair }
  app: FastifyInstance
  /** Ends it and starts it again on the same data and port. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** A real gateway on a random port of this machine, with keys and data of its own; quick, so that tests need not wait. */
export async function startTestGateway(options: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const keys = generateKeys()
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-gateway-'))
  const appId = 'miaodan-test'
  const start = async (port: number) => {
    const app = await createGateway({
      dataDir, gatewayPrivateKey: keys.gateway.privateKey, merchantPublicKey: keys.merchant.publicKey, merchantAppId: appId,
      settleAfterMs: 10, outdatedAfterMs: 50, retrySeconds: [0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02], ...options,
    })
    return { app, url: await app.listen({ port, host: '127.0.0.1' }) }
  }
  const first = await start(0)
  const gateway: TestGateway = {
    ...first, appId, keys,
    async restart() {
      await gateway.app.close()
      gateway.app = (await start(Number(new URL(gateway.url).port))).app
    },
    async close() {
      await gateway.app.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return gateway
}

export type Received = { rawBody: string; parameters: Parameters; headers: Record<string, string | string[] | undefined> }

export type Receiver = {
  url: string
  received: Received[]
  /** The answer to the next notifications, by count from zero. */
  answerWith(answer: (index: number) => { status: number; body: string }): void
  /** The first notification, past or future, that fits. */
  next(fits?: (notification: Received) => boolean): Promise<Received>
  /** Waits until so many have come. */
  count(expected: number): Promise<Received[]>
  close(): Promise<void>
}

const WAIT_LIMIT_MS = 5000

/** Stands for the merchant: takes notifications and answers `success` unless told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  let answer: (index: number) => { status: number; body: string } = () => ({ status: 200, body: 'success' })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const rawBody = Buffer.concat(chunks).toString('latin1')
      const { status, body } = answer(received.length)
      received.push({ rawBody, parameters: parseParameters(rawBody), headers: request.headers })
      response.writeHead(status).end(body)
      for (const look of waiting) look()
    })
  })
  await listen(server)
  const until = <T>(find: () => T | undefined): Promise<T> => new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      waiting.delete(look)
      reject(new Error(`Not within ${WAIT_LIMIT_MS} ms; received ${received.map((one) => one.parameters.notify_type).join(', ') || 'nothing'}.`))
    }, WAIT_LIMIT_MS)
    const look = () => {
      const found = find()
      if (found === undefined) return
      clearTimeout(limit)
      waiting.delete(look)
      resolve(found)
    }
    waiting.add(look)
    look()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`,
    received,
    answerWith(next) { answer = next },
    next: (fits = () => true) => until(() => received.find(fits)),
    count: (expected) => until(() => (received.length >= expected ? received : undefined)),
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}

/** A signed request as a merchant would send it; `change` may spoil it after signing. */
export async function call(
  gateway: Pick<TestGateway, 'url' | 'appId' | 'keys'>, method: string, parameters: Parameters,
  change: (signed: Parameters) => Parameters = (signed) => signed,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const signed = signParameters({
    app_id: gateway.appId, method, sign_type: 'RSA2', timestamp: new Date().toISOString(), nonce: randomUUID(), ...parameters,
  }, readPrivateKey(gateway.keys.merchant.privateKey))
  const response = await fetch(`${gateway.url}/v1`, {
    method: 'POST', body: formBody(change(signed)), headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
}
