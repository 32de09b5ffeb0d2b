/** The doctor on a healthy installation, and on one broken in each way it claims to know. */
import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService } from '../../../test/catalog.ts'
import { testKeys } from '../../../test/gateway.ts'
import { signUp } from '../../../test/people.ts'
import { readConfig } from '../../config.ts'
import { FieldCrypto } from '../../kernel/field-crypto.ts'
import { queuesOfJobs } from '../../kernel/housekeeping.ts'
import { createSandboxGateway } from '../../ports/payments/sandbox.ts'
import { databaseFindings } from './database.ts'
import { examine } from './examine.ts'
import { endOf, lineOf, type Finding } from './finding.ts'
import { settingsFindings } from './settings.ts'
import { storedFindings } from './stored.ts'
import { surroundingFindings } from './surroundings.ts'

const KEY = `k1:${randomBytes(32).toString('base64')}`

let t: TestApp
let whole: Record<string, string>
beforeAll(async () => {
  t = await createTestApp({ gateway: true, environment: { FIELD_KEYS: KEY } })
  const keys = testKeys()
  whole = {
    DATABASE_URL: t.databaseUrl, DATA_DIR: t.deps.config.dataDir, DEMO: '1', SESSION_SECRET: t.deps.config.sessionSecret, FIELD_KEYS: KEY, METRICS_PORT: '0',
    PORT: String(t.deps.config.port), GATEWAY_URL: t.deps.config.gateway.url, MERCHANT_APP_ID: t.deps.config.gateway.appId,
    GATEWAY_PUBLIC_KEY: keys.gateway.publicKey, MERCHANT_PRIVATE_KEY: keys.merchant.privateKey, DATABASE_POOL: '4',
  }
  const provider = await signUp(t, { roles: ['buyer', 'provider'], phone: '13912345678' })
  await publishedService(t, provider)
  await t.worker.drain()
})
afterAll(() => t.close())

const worst = (all: readonly Finding[], en: string): string => {
  const found = all.filter(finding => finding.about.en === en)
  return found.some(one => one.level === 'fail') ? 'fail' : found.some(one => one.level === 'warn') ? 'warn' : found.length > 0 ? 'ok' : 'nothing'
}

it('finds nothing wrong with a healthy installation, and says so in both languages', async () => {
  const all = await examine(whole)
  // The tests' own server does without the disk, which is what must not be.
  expect(all.filter(finding => finding.level === 'fail').map(finding => finding.about.en)).toEqual(['Durability'])
  for (const en of ['Database', 'Words', 'Schema', 'FIELD_KEYS', 'Ledger', 'Months', 'Payment gateway', 'DATA_DIR', 'Search index services', 'Search index providers', 'PUBLIC_URL']) expect([en, worst(all, en)]).toEqual([en, 'ok'])
  expect([endOf(all).code, endOf(all.filter(finding => finding.level !== 'fail')).code]).toEqual([1, 0])
  expect(all.map(lineOf).join('\n')).toMatch(/✓ 账本 · Ledger\n {4}0 条分录.*\n {4}0 entries/)
})

it.each([
  ['Configuration', { PORT: 'eighty' }], ['Configuration', { DATABASE_URL: 'nowhere' }], ['Database', { DATABASE_URL: 'postgres://nobody:wrong@127.0.0.1:9/none' }],
])('stops where nothing more can be asked, at the %s: %j', async (en, changes) => {
  const all = await examine({ ...whole, ...changes })
  expect(worst(all, en)).toBe('fail')
  expect(worst(all, 'Ledger')).toBe('nothing')
})

it.each([
  ['SESSION_SECRET', 'fail', { SESSION_SECRET: 'secretsecretsecretsecretsecretsecret' }], ['SESSION_SECRET', 'warn', { SESSION_SECRET: '' }], ['FIELD_KEYS', 'warn', { FIELD_KEYS: '' }],
  ['PUBLIC_URL', 'fail', { PUBLIC_URL: 'http://miaodan.example' }], ['PUBLIC_URL', 'warn', { PUBLIC_URL: 'https://miaodan.example' }], ['PUBLIC_URL', 'ok', { PUBLIC_URL: 'https://miaodan.example', TRUST_PROXY: '1' }],
  ['Demo mode', 'fail', { PUBLIC_URL: 'https://miaodan.example' }], ['CALLBACK_URL', 'fail', { GATEWAY_URL: 'https://pay.example' }], ['Metrics', 'warn', { METRICS_PORT: '' }],
])('of %s says %s with %j', (en, level, changes) => {
  const environment = { ...whole, ...changes }
  const all = settingsFindings(readConfig(environment), environment)
  expect(worst(all, en)).toBe(level)
  for (const { level, advice } of all.filter(one => one.about.en === en)) if (level !== 'ok') expect(advice).toEqual({ zh: expect.any(String), en: expect.any(String) })
})

it.each([
  ['is unknown', `k2:${randomBytes(32).toString('base64')}`], ['has another secret', `k1:${randomBytes(32).toString('base64')}`], ['stands before an older one', `${KEY},k0:${randomBytes(32).toString('base64')}`],
])('a field key that %s is found before somebody needs it', async (_how, keys) => {
  expect(worst(await storedFindings({ ...t.deps, fields: new FieldCrypto(keys) }), 'FIELD_KEYS')).toBe('fail')
})

it('a gateway that is away, or does not know us, and a folder that is not there', async () => {
  const { url, publicKey, merchantPrivateKey } = t.deps.config.gateway
  for (const other of [{ url: 'http://127.0.0.1:9' }, { appId: 'somebody-else' }, { gatewayPublicKey: testKeys().merchant.publicKey }]) {
    const gateway = createSandboxGateway({ url, appId: t.deps.config.gateway.appId, merchantPrivateKey, gatewayPublicKey: publicKey, ...other })
    expect([other, worst(await surroundingFindings({ ...t.deps, gateway }), 'Payment gateway')]).toEqual([other, 'fail'])
  }
  const away = await surroundingFindings({ ...t.deps, config: { ...t.deps.config, dataDir: '/proc/none' }, checks: [{ name: 'redis', required: false, check: () => Promise.reject(new Error('refused')) }] })
  expect([worst(away, 'DATA_DIR'), worst(away, 'Service redis')]).toEqual(['fail', 'fail'])
})

it('a migration that is missing, one of a newer version, a pool too large, and a clock that was moved', async () => {
  const look = async (pool: number, demo = true) => (await databaseFindings(t.databaseUrl, pool, demo)).findings
  expect(worst(await look(4), 'Schema')).toBe('ok')
  await t.deps.db.execute(sql`update migrations set name = '9999_from_the_future.sql' where name = '0018_operations.sql'`)
  expect((await look(4)).filter(one => one.about.en === 'Schema').map(one => one.says.en)).toEqual([expect.stringContaining('9999_from_the_future.sql'), expect.stringContaining('0018_operations.sql')])
  await t.deps.db.execute(sql`update migrations set name = '0018_operations.sql' where name = '9999_from_the_future.sql'`)
  expect([worst(await look(4), 'Connections'), worst(await look(100_000), 'Connections')]).toEqual(['ok', 'fail'])
  await t.deps.db.execute(sql`update clock set offset_ms = 86400000`)
  expect([worst(await look(4, true), 'Clock'), worst(await look(4, false), 'Clock')]).toEqual(['ok', 'fail'])
  await t.deps.db.execute(sql`update clock set offset_ms = 0`)
})

it('a month that is missing, and one that lies in the default partition', async () => {
  const [last] = await t.deps.sql<{ partition: string, month: string }[]>`select partition::text, month::text from month_partitions where parent = 'outbox'::regclass order by month desc limit 1`
  const look = async () => (await storedFindings(t.deps)).filter(one => one.about.en === 'Months')
  await t.deps.sql`delete from outbox`
  await t.deps.sql.unsafe(`drop table ${last?.partition}`)
  await t.deps.sql`insert into outbox (event_id, topic, key, payload, at, dead_at) values (${`${(new Date(`${last?.month}T12:00:00Z`).getTime()).toString(16).padStart(12, '0').replace(/^(.{8})/, '$1-')}-7000-8000-000000000001`}, 'x', 'x', '{}', now(), now())`
  expect((await look()).map(({ level, says }) => [level, says.en])).toContainEqual(['warn', 'The default partition has rows of a month that was not there in time: outbox'])
  await t.deps.sql`delete from outbox`
  const [before] = await t.deps.sql<{ partition: string }[]>`select partition::text from month_partitions where parent = 'outbox'::regclass order by month desc limit 1`
  await t.deps.sql.unsafe(`drop table ${before?.partition}`)
  expect((await look()).map(({ level, says }) => [level, says.en])).toEqual([['warn', 'Of outbox only 1 months to come are there.']])
  await t.deps.sql`select ensure_months(now(), 3)`
  expect((await look()).map(({ level }) => level)).toEqual(['ok'])
})

it('an index that lacks documents', async () => {
  await t.deps.db.execute(sql`insert into users (id, username, username_key, display_name, roles, created_at) select gen_random_uuid(), 'extra' || n, 'extra' || n, '多出来的', '{buyer,provider}', now() from generate_series(1, 20) as n`)
  const all = await storedFindings(t.deps)
  expect([worst(all, 'Work'), worst(all, 'Search index providers'), worst(all, 'Search index services')]).toEqual(['ok', 'warn', 'ok'])
})

it('work that was given up, how much of each kind, and where it is tried again', async () => {
  await t.deps.db.execute(sql`insert into outbox (event_id, topic, key, payload, at, dead_at) values (${randomUUID()}, 'x', 'x', '{}', now(), now())`)
  await t.deps.db.execute(sql`insert into deadlines (id, entity, entity_id, action, due_at, dead_at) select gen_random_uuid(), 'payment', gen_random_uuid(), 'expire', now(), now() from generate_series(1, 2)`)
  await t.deps.db.execute(sql`with made as (insert into notices (id, user_id, type, created_at, event_id) select gen_random_uuid(), gen_random_uuid(), 'x', now(), gen_random_uuid() from generate_series(1, 3) returning id)
    insert into notice_sendings (id, notice_id, channel, dead_at) select gen_random_uuid(), id, 'email', now() from made`)
  const [queue] = queuesOfJobs
  if (!queue) throw new Error('there is no queue')
  const stop = await t.deps.jobs.work(queue, async () => { throw new Error('disk full') })
  await t.deps.jobs.add({ ...queue, attempts: 1 }, {}, { id: 'given-up' })
  await expect.poll(async () => (await t.deps.jobs.dead(queue, 0)).total, { timeout: 20_000 }).toBe(1)
  await stop()
  expect((await storedFindings(t.deps)).filter(finding => finding.about.en === 'Work')).toEqual([{
    level: 'warn', about: { zh: '后台工作', en: 'Work' },
    says: { zh: '被放弃的工作：事件 1 个、期限 2 个、通知 3 条、任务 1 个。', en: 'Given up: events 1, deadlines 2, notices 3, jobs 1.' },
    advice: { zh: expect.stringContaining('/staff/failures'), en: expect.stringContaining('/staff/failures') },
  }])
})
