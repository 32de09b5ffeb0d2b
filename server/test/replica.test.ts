/** The whole application with a real streaming replica: who reads from it, what is never read from it, and what is told of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { durationMs } from '@miaodan/shared/kernel/time'
import { readConfig } from '../src/config.ts'
import { staleReads } from '../src/kernel/metrics.ts'
import { replicaToRead } from '../src/operations/backup/from-replica.ts'
import { openArchive } from '../src/operations/backup/archive.ts'
import { takeBackup } from '../src/operations/backup/backup.ts'
import { examine } from '../src/operations/doctor/examine.ts'
import { lineOf } from '../src/operations/doctor/finding.ts'
import { replicaFindings } from '../src/operations/doctor/replica.ts'
import { createMetrics } from '../src/operations/metrics/index.ts'
import { createTestApp, type TestApp } from './app.ts'
import { testKeys } from './gateway.ts'
import { done, giveBalance, runningOrder, send, type TestOrder } from './orders.ts'
import { signUp, type TestPerson } from './people.ts'
import { startReplica, type TestReplica } from './replica.ts'

const PATIENCE = { timeout: 20_000 }

let pair: TestReplica
let t: TestApp
let owner: TestPerson
let order: TestOrder
beforeAll(async () => {
  pair = await startReplica()
  t = await createTestApp({ database: { url: pair.primaryUrl, drop: async () => {} }, environment: { DATABASE_REPLICA_URL: pair.replicaUrl } })
  // Two days before the month ends in China.
  const inChina = new Date(t.deps.clock.now().getTime() + durationMs({ hours: 8 }))
  await t.advance(Date.UTC(inChina.getUTCFullYear(), inChina.getUTCMonth() + 1) - inChina.getTime() - durationMs({ days: 2 }))
  owner = await signUp(t, { staffRoles: ['owner'] })
  order = await runningOrder(t)
  await pair.caughtUp()
  await inUse()
})
afterAll(async () => {
  await t?.close()
  await pair?.close()
})

const inUse = () => vi.waitFor(() => expect(t.deps.stale.replicas()[0]?.state).toBe('used'), PATIENCE)
const today = () => new Date(t.deps.clock.now().getTime() + durationMs({ hours: 8 })).toISOString().slice(0, 10)
const figures = () => done(owner, 'GET', `/staff/figures?from=${today()}&to=${today()}`)
/** While the replica holds back what comes after this moment. */
async function held<T>(work: () => Promise<T>): Promise<T> {
  await pair.pause()
  try {
    return await work()
  } finally {
    await pair.resume()
    await pair.caughtUp()
    await inUse()
  }
}

it('the setting names one or several, and anything else is refused with its name', () => {
  const read = (value: string) => readConfig({ DATABASE_URL: pair.primaryUrl, DEMO: '1', GATEWAY_PUBLIC_KEY: 'x', MERCHANT_PRIVATE_KEY: 'x', DATABASE_REPLICA_URL: value }).replicas.urls
  expect(['', 'postgres://a/x', 'postgres://u:p@a:5432/x,postgresql://b/x'].map(read)).toEqual([[], ['postgres://a/x'], ['postgres://u:p@a:5432/x', 'postgresql://b/x']])
  for (const wrong of ['a/x', 'http://a/x', 'postgres://a/x,', 'postgres://a:x,b:5/x']) expect(() => read(wrong)).toThrow('DATABASE_REPLICA_URL')
})

describe('what may be stale', () => {
  it.each([
    ['figures', () => figures(), (answer: { volume: unknown }) => answer.volume],
    ['the trial balance', () => done(owner, 'GET', '/ledger/trial-balance'), (answer: { kinds: unknown }) => answer.kinds],
    ['the check of the books', () => done(owner, 'GET', '/ledger/verification'), (answer: { entries: unknown }) => answer.entries],
  ])('%s come from the replica and say since when; once it has caught up they are new', async (_what, read, essence) => {
    const before = essence(await read())
    const after = await held(async () => {
      const paused = t.deps.clock.now().getTime()
      await runningOrder(t)
      const answer = await read()
      expect(essence(answer)).toEqual(before)
      expect(new Date(answer.asOf).getTime()).toBeLessThanOrEqual(paused + 1_000)
      return paused
    })
    expect(essence(await read())).not.toEqual(before)
    await expect.poll(async () => new Date((await figures()).asOf).getTime(), PATIENCE).toBeGreaterThan(after)
  })

  it('the audit log, what the ranking brought, and the home page\'s numbers too', async () => {
    await held(async () => {
      const paused = t.deps.clock.now().getTime()
      const suspended = await signUp(t)
      const other = await signUp(t, { staffRoles: ['owner'] })
      expect((await send(other, 'PUT', `/staff/people/${suspended.userId}/suspension`, { reason: '测试：重复注册' })).statusCode).toBe(204)
      const about = async (reader: TestPerson) => {
        const log = await done(reader, 'GET', '/staff/audit?limit=5')
        return { ...log, items: log.items.filter((entry: { entityId: string }) => entry.entityId === suspended.userId) }
      }
      const log = await about(owner)
      expect(log.items).toEqual([])
      // Who did it finds it.
      expect((await about(other)).items).toHaveLength(1)
      for (const { asOf } of [log, await done(owner, 'GET', '/staff/matching'), await done(owner, 'GET', '/pulse')]) expect(new Date(asOf).getTime()).toBeLessThanOrEqual(paused + 1_000)
    })
    const file = await owner.inject({ url: '/api/v1/staff/matching/ranks.csv' })
    expect(file.headers['content-disposition']).toMatch(/filename="miaodan-ranks-\d{8}T\d{6}Z\.csv"/)
  })

  it('is refused to those it was refused to before', async () => {
    for (const url of ['/staff/figures?from=2026-01-01&to=2026-01-02', '/staff/audit', '/ledger/verification']) expect((await order.buyer.inject({ url: `/api/v1${url}` })).statusCode).toBe(403)
  })
})

it('one\'s own is never stale: balance, orders, messages, and the statement of the present month', async () => {
  await held(async () => {
    await giveBalance(t, order.buyer.userId, 123_456n)
    expect((await done(order.buyer, 'GET', '/wallet')).available.amount).toBe('123456')
    const month = today().slice(0, 7)
    const statement = await order.buyer.inject({ url: `/api/v1/wallet/statements/${month}?format=csv` })
    expect(statement.body).toContain('1234.56')
    const { milestoneIds: [milestone], buyer, provider } = order
    await done(provider, 'POST', `/milestones/${milestone}/deliver`, { message: '请看', uploads: [], proofs: [] })
    expect((await done(buyer, 'GET', `/orders/${order.id}`)).milestones[0].state).toBe('delivered')
  })
})

it('the statement of a month comes from the replica once the month is over', async () => {
  const month = today().slice(0, 7)
  const read = async () => {
    const before = await countOf('replica')
    const { body } = await order.buyer.inject({ url: `/api/v1/wallet/statements/${month}?format=csv` })
    expect(body).toContain('1234.56')
    return await countOf('replica') - before
  }
  expect(await read()).toBe(0)
  await t.advance(durationMs({ days: 3 }))
  await pair.caughtUp()
  expect(await read()).toBe(1)
})

const text = async () => createMetrics(t.deps).text()
const countOf = async (outcome: string): Promise<number> => (await staleReads.get()).values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0

it('/readyz, the metrics and the doctor tell of it, and a replica that is away makes no process unready and no request fail', async () => {
  const name = new URL(pair.replicaUrl).host
  const replicas = t.deps.config.replicas
  const ready = async () => {
    await new Promise(resolve => setTimeout(resolve, 1_100))
    const answer = await t.app.inject({ url: '/readyz' })
    return [answer.statusCode, answer.json().checks.replica.ok]
  }
  expect(await ready()).toEqual([200, true])
  expect(await text()).toContain(`miaodan_replica_used{replica="${name}"} 1`)
  expect(await text()).toMatch(/^miaodan_replica_lag_seconds\{replica="[^"]+"\} [\d.]+$/m)
  expect(await replicaFindings(pair.primaryUrl, replicas)).toMatchObject([{ level: 'ok', about: { en: `Replica ${name}` } }])

  await held(async () => {
    await giveBalance(t, order.buyer.userId, 1n)
    const [finding] = await replicaFindings(pair.primaryUrl, replicas)
    expect(finding).toMatchObject({ level: 'warn', advice: { en: expect.stringContaining('pg_wal_replay_resume') } })
    expect(finding?.says.zh).toMatch(/落后 \d+ 字节，最后重放的事务是/)
  })
  expect(await replicaFindings(pair.primaryUrl, { ...replicas, urls: [pair.primaryUrl] })).toMatchObject([{ level: 'fail', says: { en: expect.stringContaining('not in recovery') } }])
  expect(await replicaFindings(pair.primaryUrl, { ...replicas, urls: [pair.replicaUrl.replace(/\/replicated$/, '/postgres')] })).toMatchObject([{ level: 'fail', says: { en: expect.stringContaining('another database') } }])
  expect(await replicaFindings(pair.replicaUrl, replicas)).toMatchObject([{ level: 'fail', advice: { en: expect.stringContaining('DATABASE_URL must lead to the primary') } }])

  await pair.stopReplica()
  const answers = await Promise.all([figures(), figures(), done(owner, 'GET', '/ledger/verification')])
  for (const { asOf } of answers) expect(t.deps.clock.now().getTime() - new Date(asOf).getTime()).toBeLessThan(20_000)
  await expect.poll(() => t.deps.stale.replicas()[0]?.state, PATIENCE).toBe('away')
  expect(await ready()).toEqual([200, false])
  expect(await text()).toContain(`miaodan_replica_used{replica="${name}"} 0`)
  expect(await text()).not.toContain('miaodan_replica_lag_seconds{')
  expect(await countOf('away')).toBeGreaterThan(0)
  expect((await t.app.inject({ url: '/api/v1/status' })).json().parts.map((part: { name: string }) => part.name)).not.toContain('replica')
  expect(await replicaFindings(pair.primaryUrl, replicas)).toMatchObject([{ level: 'fail', says: { en: expect.stringContaining('Cannot be reached') } }])
  await pair.startReplica()
  await inUse()
  expect(await replicaFindings(pair.primaryUrl, { ...replicas, urls: [] })).toEqual([])
  const keys = testKeys()
  const all = await examine({ DATABASE_URL: pair.primaryUrl, DATABASE_REPLICA_URL: pair.replicaUrl, DATA_DIR: t.deps.config.dataDir, DEMO: '1', GATEWAY_PUBLIC_KEY: keys.gateway.publicKey, MERCHANT_PRIVATE_KEY: keys.merchant.privateKey, GATEWAY_URL: t.deps.config.gateway.url })
  expect(all.filter(finding => finding.about.zh.includes('副本')).map(lineOf)).toEqual([expect.stringMatching(/^✓ 只读副本 [\d.:]+ · Replica [\d.:]+\n {4}\d+ 毫秒内/)])
})

it('a backup is read from it, says as of when, and from nothing that is no replica of this database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-replica-backup-'))
  const path = join(folder, 'backup.zip')
  await expect(replicaToRead(t.deps.sql, [])).rejects.toThrow('DATABASE_REPLICA_URL is not set')
  await expect(replicaToRead(t.deps.sql, [pair.primaryUrl])).rejects.toThrow('no replica of this database')
  const manifest = await held(async () => {
    const paused = Date.now()
    await giveBalance(t, order.buyer.userId, 777n)
    const manifest = await takeBackup({ databaseUrl: await replicaToRead(t.deps.sql, t.deps.config.replicas.urls), storage: null, path })
    expect(new Date(manifest.takenAt).getTime()).toBeLessThanOrEqual(paused)
    return manifest
  })
  const [there] = await pair.primary<{ rows: number }[]>`select count(*)::int as rows from ledger_entries`
  expect(manifest.tables.find(table => table.name === 'ledger_entries')?.rows).toBe((there?.rows ?? 0) - 2)
  expect((await openArchive(path)).manifest.takenAt).toBe(manifest.takenAt)
  await rm(folder, { recursive: true, force: true })
})
