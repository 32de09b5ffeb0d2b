/**
 * Puts a backup into a database: the schema as it was then, all rows in one transaction that holds only if every checksum
 * is right and the books balance, then the migrations that came since. A restore that fails leaves an empty schema behind.
 */
import { pipeline } from 'node:stream/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { readConfig, type Config } from '../../config.ts'
import { openDeps, type Deps } from '../../deps.ts'
import { StartProblem } from '../../embedded/settings.ts'
import { verifyBooks } from '../../features/ledger/index.ts'
import { features } from '../../features/index.ts'
import { clientOf } from '../../kernel/db.ts'
import { migrate, readMigrations, type Migration } from '../../kernel/migrate.ts'
import { fileEntry, measure, openArchive, tableEntry, type Manifest, type Measured } from './archive.ts'
import { listed, quoted, tablesOf } from './schema.ts'

export type Restored = {
  manifest: Manifest
  rows: number
  entries: bigint
  /** Tables of the backup that no migration makes: somebody else's. */
  skipped: string[]
  /** Set when the keys at hand do not open what was sealed. */
  sealed: string | null
}

type Archive = Awaited<ReturnType<typeof openArchive>>

/** @throws StartProblem when the backup is damaged or of a newer version, the database is in use, or holds something and `force` is not said */
export async function restoreBackup(path: string, environment: Record<string, string | undefined>, { force }: { force: boolean }): Promise<Restored> {
  const config = readConfig(environment)
  const archive = await openArchive(path)
  try {
    const schema = await schemaOf(archive.manifest)
    await clear(config.databaseDirectUrl, force)
    await migrate(config.databaseDirectUrl, schema)
    const deps = await openDeps(config)
    try {
      const result = await load(archive, deps, config)
      await migrate(config.databaseDirectUrl)
      return { ...result, manifest: archive.manifest, sealed: await whySealed(deps) }
    } finally {
      await deps.close()
    }
  } finally {
    archive.close()
  }
}

/** The migrations the backup's schema was made of, as this version has them. */
async function schemaOf({ migrations }: Manifest): Promise<Migration[]> {
  const ours = await readMigrations()
  const strange = migrations.find(({ name, sha256 }) => !ours.some(one => one.name === name && one.sha256 === sha256))
  if (strange) throw new StartProblem(`备份来自另一个版本（${strange.name}）。请用那个版本恢复。`, `The backup is of another version (${strange.name}): restore it with that one.`)
  return ours.filter(one => migrations.some(({ name }) => name === one.name))
}

async function clear(url: string, force: boolean): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [others] = await sql<{ count: number }[]>`select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name in ('miaodan', 'miaodan-sql')`
    if (others?.count) throw new StartProblem('服务还在使用这个数据库，请先停止它。', 'The server still uses this database: stop it first.')
    const [schema] = await sql<{ there: boolean }[]>`select to_regclass('public.users') is not null as there`
    const [people] = schema?.there ? await sql`select 1 from users limit 1` : []
    if (people && !force) throw new StartProblem('数据库里已经有数据。要清空它再恢复，请加上 --force。', 'The database is not empty. To empty it and restore, add --force.')
    await sql`drop schema if exists search cascade`
    await sql`drop schema public cascade`
    await sql`create schema public`
  } finally {
    await sql.end()
  }
}

async function load(archive: Archive, { storage }: Deps, { databaseDirectUrl }: Config): Promise<Pick<Restored, 'rows' | 'entries' | 'skipped'>> {
  const sql = postgres(databaseDirectUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'miaodan-restore' } })
  try {
    return await drizzle(sql).transaction(async tx => {
      const { rows, skipped } = await loadTables(archive, clientOf(tx) as postgres.TransactionSql)
      const { ok, entries, faults } = await verifyBooks(tx)
      if (!ok) throw new StartProblem(`恢复出来的账本不平：${faults[0]?.subject}`, `The books that were restored do not balance: ${faults[0]?.subject}`)
      for (const { key, type, bytes, sha256 } of archive.manifest.files) {
        const content = await archive.read(fileEntry(key))
        let found: Measured | undefined
        await storage.put(key, content.pipe(measure(measured => (found = measured))), { type, size: bytes })
        if (found?.sha256 !== sha256) throw damaged(fileEntry(key))
      }
      return { rows, skipped, entries }
    })
  } finally {
    await sql.end()
  }
}

const damaged = (entry: string): StartProblem => new StartProblem(`备份已损坏：${entry}`, `The backup is damaged: ${entry}`)

async function loadTables(archive: Archive, tx: postgres.TransactionSql): Promise<{ rows: number, skipped: string[] }> {
  const { tables, sequences } = archive.manifest
  const targets = await tablesOf(tx)
  const skipped = tables.filter(table => !targets.some(target => target.name === table.name)).map(table => table.name)
  // Months that there are by now were made with the schema; rows of older ones would fall into the default partitions.
  for (const { name, months } of tables) for (const month of months) await tx`select ensure_month(to_regclass(${`public.${quoted(name)}`}), ${month}::date) where to_regclass(${`public.${quoted(name)}`}) is not null`
  // The books' triggers refuse what has not come through the ledger, and what they would work out is in the backup.
  const arm = await disarm(tx)
  await tx.unsafe(`truncate ${listed(targets.map(target => target.name))}`)
  let rows = 0
  for (const { name } of targets) {
    const table = tables.find(one => one.name === name)
    if (!table) continue
    const target = await tx.unsafe(`copy ${quoted(name)} (${listed(table.columns)}) from stdin`).writable()
    let found: Measured | undefined
    await pipeline(await archive.read(tableEntry(name)), measure(measured => (found = measured)), target)
    if (found?.sha256 !== table.sha256 || found.lines !== table.rows) throw damaged(tableEntry(name))
    const [{ count } = { count: -1 }] = await tx<{ count: number }[]>`select count(*)::int as count from ${tx(name)}`
    if (count !== table.rows) throw damaged(tableEntry(name))
    rows += count
  }
  await arm()
  for (const { name, value } of sequences) await tx`select setval(to_regclass(${`public.${quoted(name)}`}), ${value}::bigint) where to_regclass(${`public.${quoted(name)}`}) is not null`
  return { rows, skipped }
}

/** Switches the triggers of all tables and partitions off. What it answers with puts each back as it was. */
async function disarm(tx: postgres.TransactionSql): Promise<() => Promise<void>> {
  const triggers = await tx<{ table: string, name: string, state: 'O' | 'A' | 'R' | 'D' }[]>`
    select tgrelid::regclass::text as table, tgname as name, tgenabled as state from pg_trigger join pg_class c on c.oid = tgrelid
    where c.relnamespace = 'public'::regnamespace and not tgisinternal order by c.relispartition, c.relname`
  const set = async (state: (one: (typeof triggers)[number]) => string) => {
    for (const one of triggers) await tx.unsafe(`alter table only ${one.table} ${state(one)} trigger ${quoted(one.name)}`)
  }
  await set(() => 'disable')
  return () => set(({ state }) => ({ O: 'enable', A: 'enable always', R: 'enable replica', D: 'disable' })[state])
}

/** Why the keys at hand do not open what is sealed; null when they do. */
export async function whySealed(deps: Deps): Promise<string | null> {
  try {
    for (const { unseal } of features) await unseal?.(deps)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
