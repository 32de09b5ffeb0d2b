/** What the escrow measurement needs before it can begin: people, services, orders that wait for their money, a server. */
import { generateKeys } from '@miaodan/sandbox-gateway/keys'
import type { Deps } from '../../server/src/deps.ts'
import { publishedService, selectionOf } from '../../server/test/catalog.ts'
import { done, wire } from '../../server/test/orders.ts'
import { signUp, type TestPerson } from '../../server/test/people.ts'
import type { Sql } from '../../server/src/kernel/db.ts'
import { startChild } from './child.ts'
import { openStage } from './stage.ts'

export const PRICE = 120_000
export const APP_ID = 'miaodan-bench'

export type Stage = {
  deps: Deps
  /** The gateway's, to sign notifications with. */
  gatewayPrivateKey: string
  buyers: readonly TestPerson[]
  serviceIds: readonly string[]
  /** Answers how to stop it. */
  startServer(port: number): Promise<() => Promise<void>>
  close(): Promise<void>
}

export async function setStage(databaseUrl: string, dataDir: string, counts: { buyers: number, services: number }): Promise<Stage> {
  const keys = generateKeys()
  const opened = await openStage(databaseUrl, dataDir, { GATEWAY_URL: 'http://127.0.0.1:9', MERCHANT_APP_ID: APP_ID, GATEWAY_PUBLIC_KEY: keys.gateway.publicKey, MERCHANT_PRIVATE_KEY: keys.merchant.privateKey, RATE_LIMIT: '100000000' })
  const { t, environment } = opened
  const buyers = await inTurn(counts.buyers, () => signUp(t))
  const serviceIds = await inTurn(counts.services, async () => publishedService(t, await signUp(t, { roles: ['buyer', 'provider'] })))
  await t.deps.sql`update provider_profiles set capacity = 99`
  return {
    deps: t.deps, buyers, serviceIds, gatewayPrivateKey: keys.gateway.privateKey,
    startServer: async port => startChild(new URL('../../server/src/main.ts', import.meta.url), { ...environment, ROLE: 'web', PORT: String(port), LOG_LEVEL: 'info' }, `http://127.0.0.1:${port}/healthz`),
    close: opened.close,
  }
}

async function inTurn<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let index = 0; index < count; index++) made.push(await make())
  return made
}

/**
 * Makes one order with an open payment through the product, and copies its rows `count` times: order, milestone and
 * payment number n all have the id bench_id(n).
 */
export async function makeUnpaidOrders({ buyers, serviceIds }: Stage, sql: Sql, count: number): Promise<void> {
  const [buyer] = buyers
  if (!buyer) throw new Error('there is no buyer')
  const order = await done(buyer, 'POST', '/orders', { serviceId: serviceIds[0], selection: selectionOf(), price: wire(PRICE) })
  const payment = await done(buyer, 'POST', '/payments', { purpose: 'order', subjectId: order.id, channel: 'alipay', amount: wire(PRICE) })
  await sql.unsafe(`create function bench_id(n bigint) returns uuid language sql immutable return ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`)
  const copy = (table: string, changes: string, where: string) => sql.unsafe(`
    insert into ${table} select (jsonb_populate_record(source, ${changes})).* from ${table} as source, generate_series(1, ${count}) as n where ${where}`)
  await copy('orders', `jsonb_build_object('id', bench_id(n), 'number', 'B' || n)`, `source.id = '${order.id}'`)
  await copy('milestones', `jsonb_build_object('id', bench_id(n), 'order_id', bench_id(n))`, `source.order_id = '${order.id}'`)
  await copy('payments', `jsonb_build_object('id', bench_id(n), 'subject_id', bench_id(n), 'state', 'pending', 'trade_no', 'T' || n, 'parts', jsonb_build_object('milestoneIds', jsonb_build_array(bench_id(n))))`, `source.id = '${payment.id}'`)
  await copy('deadlines', `jsonb_build_object('id', gen_random_uuid(), 'entity_id', bench_id(n))`, `source.entity_id in ('${order.id}', '${payment.id}')`)
  await sql`vacuum analyze orders, milestones, payments, deadlines`
}
