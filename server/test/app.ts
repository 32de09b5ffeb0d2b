/** The whole application on a database of its own, without a network: requests are injected, the clock is moved by hand. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { openDeps, type Deps } from '../src/deps.ts'
import { features as allFeatures } from '../src/features/index.ts'
import type { Feature } from '../src/kernel/feature.ts'
import { createWorker, type Worker } from '../src/worker.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { startTestGateway, testKeys, type TestGateway } from './gateway.ts'

export type TestApp = {
  app: FastifyInstance
  deps: Deps
  worker: Worker
  databaseUrl: string
  /** The payer's hand at the sandbox gateway; there with `gateway: true`. */
  gateway: TestGateway
  /** Moves the clock forward and carries out what has become due. */
  advance(ms: number): Promise<void>
  close(): Promise<void>
}

export type TestAppOptions = {
  features?: readonly Feature[]
  environment?: Record<string, string>
  /** Starts a real sandbox gateway, and listens on a real port for its callbacks. */
  gateway?: boolean
  /** A database to use instead of one of its own. */
  database?: TestDatabase
}

/** Nothing listens here, so that a test never meets a gateway that is not its own. */
const NO_GATEWAY = 'http://127.0.0.1:9'

/** Call it once a file, in beforeAll, and `close` in afterAll. */
export async function createTestApp({ features = allFeatures, environment = {}, gateway: withGateway = false, database: given }: TestAppOptions = {}): Promise<TestApp> {
  const database = given ?? await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'miaodan-'))
  const keys = testKeys()
  const gateway = withGateway ? await startTestGateway(join(dataDir, 'gateway'), keys) : undefined
  const deps = await openDeps(readConfig({
    DATABASE_URL: database.url, DATA_DIR: dataDir, DEMO: '1', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent', RATE_LIMIT: '100000',
    SESSION_SECRET: randomBytes(32).toString('hex'), DATABASE_POOL: '8',
    GATEWAY_URL: NO_GATEWAY, GATEWAY_PUBLIC_KEY: keys.gateway.publicKey, MERCHANT_PRIVATE_KEY: keys.merchant.privateKey,
    ...gateway?.environment, ...environment,
  }))
  const stops = [await deps.live.start()]
  for (const feature of features) {
    const stop = await feature.start?.(deps)
    if (stop) stops.push(stop)
  }
  const app = await createApp(deps, features)
  if (gateway) await app.listen({ port: deps.config.port, host: '127.0.0.1' })
  else await app.ready()
  const worker = createWorker(deps, features)
  return {
    app, deps, worker, databaseUrl: database.url,
    get gateway() {
      if (!gateway) throw new Error('this test app has no gateway; make it with `gateway: true`')
      return gateway
    },
    advance: async ms => {
      await deps.clock.advance(deps.sql, ms)
      await worker.drain()
    },
    close: async () => {
      await app.close()
      await gateway?.close()
      for (const stop of stops) await stop()
      await deps.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
