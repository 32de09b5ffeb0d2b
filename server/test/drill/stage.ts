/** Everything a drill needs, of its own: Postgres that can be restarted, Redis, a search server, the proxy, the gateway behind a line, two web processes and two workers. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates, setDefaultCACertificates } from 'node:tls'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { startPostgres } from '../../src/embedded/postgres.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { createTestApp, type TestApp } from '../app.ts'
import { startCaddy } from '../caddy.ts'
import { freePorts, sharedEnvironment, startFleet, type Fleet } from '../crash/fleet.ts'
import { startStub, type Stub } from '../meilisearch-stub.ts'
import { hasRedis, startRedis, type TestRedis } from '../redis.ts'
import { startLine, type Line } from './line.ts'
import { KEY, PREFIX } from './searching.ts'

/** The machines of a web process and of a worker do not agree on the time. */
const SKEWS_MS = { web: 45_000, worker: -45_000 }
const SKEW = new URL('./skew.ts', import.meta.url).href
const AWAY_MS = 2_000
const SETTINGS = { max_connections: '200', shared_buffers: '128MB' }

export type Stage = {
  t: TestApp
  fleet: Fleet
  url: string
  databaseUrl: string
  line: Line
  redis: TestRedis | undefined
  search: Stub
  restartPostgres(): Promise<void>
  close(): Promise<void>
}

const skewed = (ms: number): Record<string, string> => ({ SKEW_MS: String(ms), NODE_OPTIONS: `--import=${SKEW}` })

export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-drill-'))
  const [port = 0, first = 0, second = 0, one = 0, two = 0, gatewayPort = 0, databasePort = 0] = await freePorts(7)
  const start = () => startPostgres({ dataDir: join(folder, 'postgres'), port: databasePort, settings: SETTINGS })
  let server = await start()
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  await sql`create database drill`
  await sql.end()
  const databaseUrl = server.url.replace(/\/postgres$/, '/drill')
  await migrate(databaseUrl)

  const redis = hasRedis() ? await startRedis() : undefined
  const search = await startStub()
  const proxy = await startCaddy(port, [first, second].map(each => `http://127.0.0.1:${each}`), '500ms')
  setDefaultCACertificates([...rootCertificates, readFileSync(proxy.authority, 'utf8')])
  const shared: Record<string, string> = { ...await sharedEnvironment(), ...redis && { REDIS_URL: redis.url }, MEILI_URL: search.url, MEILI_KEY: KEY, MEILI_PREFIX: PREFIX }
  const line = await startLine({ host: '127.0.0.1', port: Number(new URL(shared['GATEWAY_URL'] ?? '').port) }, gatewayPort)
  const t = await createTestApp({ environment: shared, database: { url: databaseUrl, drop: async () => {} } })
  const fleet = startFleet(t, shared, { web: [first, second], worker: [one, two] }, {
    PUBLIC_URL: proxy.url, CALLBACK_URL: proxy.internalUrl, GATEWAY_URL: `http://127.0.0.1:${gatewayPort}`, TRUST_PROXY: '1', DATABASE_POOL: '8',
  }, { supervised: true, own: (role, index) => (index === 0 ? skewed(role === 'web' ? SKEWS_MS.web : SKEWS_MS.worker) : {}) })
  await Promise.all([fleet.gateway.untilUp(), ...[...fleet.webs, ...fleet.workers].map(process => process.untilUp('/readyz'))])

  return {
    t, fleet, url: proxy.url, databaseUrl, line, redis, search,
    restartPostgres: async () => {
      await server.stop()
      await delay(AWAY_MS)
      server = await start()
    },
    close: async () => {
      await fleet.stop()
      await t.close()
      await Promise.all([proxy.close(), line.close(), redis?.close(), search.close()])
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
