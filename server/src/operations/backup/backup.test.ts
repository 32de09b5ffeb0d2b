/** A backup is worth what can be restored from it: into another database and folder, and looked at there. */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { testKeys } from '../../../test/gateway.ts'
import { runningOrder } from '../../../test/orders.ts'
import { readConfig } from '../../config.ts'
import { openDeps } from '../../deps.ts'
import { contactsOf } from '../../features/accounts/index.ts'
import { verifyBooks } from '../../features/ledger/index.ts'
import { FieldCrypto } from '../../kernel/field-crypto.ts'
import { newId } from '../../kernel/ids.ts'
import { openArchive } from './archive.ts'
import { takeBackup } from './backup.ts'
import { restoreBackup, whySealed } from './restore.ts'
import { tablesOf } from './schema.ts'

const KEY = `k1:${randomBytes(32).toString('base64')}`
const PICTURE = randomBytes(300_000)

let t: TestApp
let folder: string
let target: TestDatabase
let buyerId: string
const file = () => join(folder, 'miaodan.zip')
const environment = (changes: Record<string, string> = {}) => {
  const keys = testKeys()
  return { DATABASE_URL: target.url, DATA_DIR: join(folder, 'data'), DEMO: '1', LOG_LEVEL: 'silent', SESSION_SECRET: randomBytes(32).toString('hex'), FIELD_KEYS: KEY, GATEWAY_PUBLIC_KEY: keys.gateway.publicKey, MERCHANT_PRIVATE_KEY: keys.merchant.privateKey, ...changes }
}

/** Of every table: how many rows, and a hash of them all with the partitions they lie in; and the triggers of all. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const content: Record<string, string> = {}
    for (const { name } of await tablesOf(client)) {
      const [row] = await client.unsafe(`select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text || tableoid::regclass), '' order by t::text)), '') as content from "${name}" t`)
      content[name] = String(row?.['content'])
    }
    const triggers = await client`select tgrelid::regclass::text as table, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2`
    content['triggers'] = JSON.stringify(triggers)
    return content
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  t = await createTestApp({ environment: { FIELD_KEYS: KEY } })
  folder = await mkdtemp(join(tmpdir(), 'miaodan-backup-'))
  target = await createTestDatabase()
  const { buyer } = await runningOrder(t)
  buyerId = buyer.userId
  const { storage, db, clock } = t.deps
  await storage.put('ab/picture.png', createReadStream(await picture()), { type: 'image/png' })
  await db.execute(sql`insert into uploads (id, owner_id, name, type, size, sha256, storage_key, created_at) values (${newId()}, ${buyerId}, 'a.png', 'image/png', ${PICTURE.length}, '', 'ab/picture.png', ${clock.now().toISOString()}), (${newId()}, ${buyerId}, 'b.png', 'image/png', 1, '', 'gone/for-good.png', ${clock.now().toISOString()})`)
  // A month that no migration makes any more, with a row of it, and one whose id is of no month.
  await db.execute(sql`select ensure_month('outbox', '2021-03-01'), ensure_month('ledger_postings', '2021-04-01')`)
  await db.execute(sql`insert into outbox (event_id, topic, key, payload, at, dead_at) values ('0177f000-0000-7000-8000-000000000001', 'x', 'old', '{}', now(), now()), ('f177f000-0000-4000-8000-000000000001', 'x', 'none', '{}', now(), now())`)
  await db.execute(sql`update users set display_name = E'tab\there, new\nline, back\\slash, 中文' where id = ${buyerId}`)
})
afterAll(async () => {
  await t.close()
  await target.drop()
  await rm(folder, { recursive: true, force: true })
})
async function picture(): Promise<string> {
  await writeFile(join(folder, 'picture'), PICTURE)
  return join(folder, 'picture')
}

it('takes every row and file, for its owner alone, and tells what was missing', async () => {
  const manifest = await takeBackup({ databaseUrl: t.databaseUrl, storage: t.deps.storage, path: file() })
  expect((await stat(file())).mode & 0o777).toBe(0o600)
  expect(manifest.missing).toEqual(['gone/for-good.png'])
  expect(manifest.files).toMatchObject([{ key: 'ab/picture.png', type: 'image/png', bytes: PICTURE.length }])
  expect(manifest.tables.find(table => table.name === 'orders')?.rows).toBe(1)
  expect((await openArchive(file())).manifest).toEqual(manifest)
})

it('is whole after a restore: the same rows, books that balance, files, keys, numbers that go on', async () => {
  const restored = await restoreBackup(file(), environment(), { force: false })
  expect(restored).toMatchObject({ skipped: [], sealed: null })
  expect(restored.entries).toBeGreaterThan(0n)
  expect(await contentOf(target.url)).toEqual(await contentOf(t.databaseUrl))
  const months = postgres(target.url, { max: 1, onnotice: () => {} })
  expect(await months`select key, tableoid::regclass::text as month from outbox where topic = 'x' order by key`).toEqual([{ key: 'none', month: 'outbox_default' }, { key: 'old', month: 'outbox_2021_03' }])
  expect(await months`select 1 from month_partitions where partition = 'ledger_postings_2021_04'::regclass`).toHaveLength(1)
  await months.end()

  const deps = await openDeps(readConfig(environment()))
  try {
    expect((await verifyBooks(deps.db)).ok).toBe(true)
    expect(await buffer(await deps.storage.get('ab/picture.png'))).toEqual(PICTURE)
    expect((await contactsOf(deps.db, deps, [buyerId])).get(buyerId)).toEqual((await contactsOf(t.deps.db, t.deps, [buyerId])).get(buyerId))
    expect(await whySealed({ ...deps, fields: new FieldCrypto(`k2:${randomBytes(32).toString('base64')}`) })).toContain('k1')
    // The books are guarded again, and numbers are drawn beyond those that are taken.
    await expect(deps.db.execute(sql`delete from ledger_postings`)).rejects.toThrow()
    await expect(deps.db.execute(sql`delete from ledger_postings_2021_04`)).rejects.toMatchObject({ cause: { code: 'LG004' } })
    await deps.db.execute(sql`insert into outbox (event_id, topic, key, payload, at) values (${newId()}, 'x', 'x', '{}', now())`)
  } finally {
    await deps.close()
  }
})

it('is refused when it is damaged, is none, would empty a database, or the server still runs', async () => {
  await expect(restoreBackup(file(), environment(), { force: false })).rejects.toThrow('--force')
  const bytes = await readFile(file())
  const damaged = join(folder, 'damaged.zip')
  // Within the picture, which is stored as it is: only the checksum can tell.
  bytes.writeUInt8(bytes.readUInt8(bytes.indexOf(PICTURE.subarray(0, 64)) + 100) ^ 1, bytes.indexOf(PICTURE.subarray(0, 64)) + 100)
  await writeFile(damaged, bytes)
  await expect(restoreBackup(damaged, environment(), { force: true })).rejects.toThrow('files/ab/picture.png')
  expect((await contentOf(target.url))['users']).toBe('0 ')
  await expect(restoreBackup(join(folder, 'picture'), environment(), { force: true })).rejects.toThrow('no whole backup')
  await expect(restoreBackup(file(), environment({ DATABASE_URL: t.databaseUrl }), { force: true })).rejects.toThrow('stop it first')
})
