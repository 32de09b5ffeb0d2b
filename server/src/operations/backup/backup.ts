/**
 * Takes a backup while everything runs: all tables from one snapshot, so that they agree with each other, then the files
 * those rows tell of, which are written once and never changed. Our own instead of pg_dump, because the embedded Postgres
 * comes without it; an operator of a large database uses its server's own tools (docs/operations.md).
 */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import postgres from 'postgres'
import yazl from 'yazl'
import { VERSION } from '../../kernel/system-routes.ts'
import { NotStoredError, type Storage } from '../../ports/storage/port.ts'
import { fileEntry, FORMAT, MANIFEST, measure, tableEntry, type Manifest } from './archive.ts'
import { listed, quoted, tablesOf, type Table } from './schema.ts'

export type BackupRequest = { databaseUrl: string, storage: Storage | null, path: string }

/** Only for its owner: it holds what everybody wrote to each other. Sealed values stay sealed, and their keys are not in it. */
const MODE = 0o600

/** `storage` null leaves the files out, for a bucket that is backed up by itself. The file appears under its name when it is whole. */
export async function takeBackup({ databaseUrl, storage, path }: BackupRequest): Promise<Manifest> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'miaodan-backup', idle_in_transaction_session_timeout: 0, statement_timeout: 0 } })
  const partial = `${path}.part`
  try {
    const manifest = await sql.begin('isolation level repeatable read read only', async tx => write(tx, storage, partial))
    await rename(partial, path)
    return manifest
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    await sql.end()
  }
}

async function write(tx: postgres.TransactionSql, storage: Storage | null, path: string): Promise<Manifest> {
  const zip = new yazl.ZipFile()
  const written = pipeline(zip.outputStream, createWriteStream(path, { mode: MODE, flush: true }))
  const failed = new Promise<never>((_done, fail) => {
    zip.on('error', fail)
    written.catch(fail)
  })
  failed.catch(() => undefined)
  const manifest: Manifest = {
    format: FORMAT, version: VERSION, takenAt: await momentOf(tx), tables: [], files: [], missing: [],
    migrations: await tx<Manifest['migrations']>`select name, sha256 from migrations order by name`,
    sequences: [],
  }
  for (const table of await tablesOf(tx)) await Promise.race([addTable(zip, tx, table, manifest), failed])
  // After the tables: a number drawn meanwhile only makes a gap.
  manifest.sequences = await tx<Manifest['sequences']>`select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public' and last_value is not null`
  if (storage) for (const file of await filesOf(tx)) await Promise.race([addFile(zip, storage, file, manifest), failed])
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`), MANIFEST)
  zip.end()
  await written
  return manifest
}

/** On a replica, that of the last transaction it has replayed. */
async function momentOf(tx: postgres.TransactionSql): Promise<string> {
  const [row] = await tx<{ at: Date }[]>`select coalesce(case when pg_is_in_recovery() then pg_last_xact_replay_timestamp() end, clock_timestamp()) as at`
  return (row?.at ?? new Date()).toISOString()
}

function addTable(zip: yazl.ZipFile, tx: postgres.TransactionSql, { name, columns, partitioned, months }: Table, manifest: Manifest): Promise<void> {
  const from = partitioned ? `(select ${listed(columns)} from ${quoted(name)})` : `${quoted(name)} (${listed(columns)})`
  return add(zip, tableEntry(name), () => tx.unsafe(`copy ${from} to stdout`).readable(), ({ lines, sha256 }) => manifest.tables.push({ name, columns, rows: lines, sha256, months }))
}

type File = { key: string, type: string }

const filesOf = (tx: postgres.TransactionSql) => tx<File[]>`
  select storage_key as key, type from uploads union select thumbnail_key, 'image/webp' from uploads where thumbnail_key is not null order by key`

async function addFile(zip: yazl.ZipFile, storage: Storage, { key, type }: File, manifest: Manifest): Promise<void> {
  const content = await storage.get(key).catch((error: unknown) => {
    if (error instanceof NotStoredError) return null
    throw error
  })
  if (!content) manifest.missing.push(key)
  // Pictures and PDFs are as small as they get.
  else await add(zip, fileEntry(key), async () => content, ({ bytes, sha256 }) => manifest.files.push({ key, type, bytes, sha256 }), { compress: false })
}

/** Ends when the entry is in the archive: the next one is opened only then, since there is one connection. */
function add(zip: yazl.ZipFile, name: string, open: () => Promise<Readable>, onEnd: Parameters<typeof measure>[0], options: Partial<yazl.ReadStreamOptions> = {}): Promise<void> {
  return new Promise((done, fail) => {
    zip.addReadStreamLazy(name, options, give => {
      open().then(source => {
        const measured = measure(result => {
          onEnd(result)
          done()
        })
        source.on('error', fail)
        give(null, source.pipe(measured))
      }, fail)
    })
  })
}
