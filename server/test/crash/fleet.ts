/** The product as it runs with traffic: web processes and workers, each a process of its own, and the gateway. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { freePort } from '../../src/embedded/ports.ts'
import type { TestApp } from '../app.ts'
import { testKeys } from '../gateway.ts'
import { Killable } from './killable.ts'

/** In business time, which goes by in leaps here: longer than the gateway's own, so that it never gives a notification up. */
const RETRIES = '1,1,2,5,30,120,600,3600,7200,14400,28800,86400,86400,86400'
const APP_ID = 'miaodan-test'

export type Fleet = { gateway: Killable, webs: readonly Killable[], workers: readonly Killable[], stop(): Promise<void> }

/** What all processes of a fleet, and the test's own app, must agree on. */
export async function sharedEnvironment(): Promise<Record<string, string>> {
  return {
    SESSION_SECRET: randomBytes(32).toString('hex'), FIELD_KEYS: `test:${randomBytes(32).toString('base64')}`, MERCHANT_APP_ID: APP_ID, GATEWAY_URL: `http://127.0.0.1:${await freePort()}`,
  }
}

export const freePorts = (count: number): Promise<number[]> => Promise.all(Array.from({ length: count }, freePort))

type Role = 'all' | 'web' | 'worker'
type Environment = Record<string, string>

/**
 * `ports`: where processes of each role are to listen. `given` wins over what a fleet has by itself, and what is `own` to
 * one over that; `supervised` is said in killable.ts. They are being started when it returns: wait `untilUp`.
 */
export function startFleet(t: TestApp, shared: Environment, ports: Partial<Record<Role, readonly number[]>>, given: Environment = {}, { own, supervised }: { own?: (role: Role, index: number) => Environment, supervised?: boolean } = {}): Fleet {
  const keys = testKeys()
  const gateway = new Killable(new URL('../../../gateway/src/main.ts', import.meta.url), Number(new URL(shared['GATEWAY_URL'] ?? '').port), {
    DATA_DIR: join(t.deps.config.dataDir, 'gateway'), GATEWAY_PRIVATE_KEY: keys.gateway.privateKey, MERCHANT_PUBLIC_KEY: keys.merchant.publicKey, MERCHANT_APP_ID: APP_ID,
    RETRY_SECONDS: RETRIES, LOG_LEVEL: 'silent',
  })
  const environment = {
    ...shared, DATABASE_URL: t.databaseUrl, DATA_DIR: t.deps.config.dataDir, DEMO: '1', RATE_LIMIT: '1000000', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    GATEWAY_PUBLIC_KEY: keys.gateway.publicKey, MERCHANT_PRIVATE_KEY: keys.merchant.privateKey, ...given,
  }
  const start = (role: Role) => (ports[role] ?? []).map((port, index) => new Killable(new URL('../../src/main.ts', import.meta.url), port, { ...environment, ...own?.(role, index), ROLE: role }, supervised))
  const webs = [...start('all'), ...start('web')]
  const workers = start('worker')
  const all = [gateway, ...webs, ...workers]
  return { gateway, webs, workers, stop: async () => void await Promise.all(all.map(process => process.stop())) }
}
