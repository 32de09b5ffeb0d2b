/**
 * How fast the ledger posts, as a share of what the same Postgres can do at best: one paid order as 7 plain statements.
 *
 *     node bench/ledger.ts [--seconds 8] [--rounds 3]
 *
 * Starts a Postgres of its own. The limit is measured with pgbench where it is installed, and through postgres.js.
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import { fundEscrow, post, verifyBooks } from '../server/src/features/ledger/index.ts'
import { openDatabase, type Database } from '../server/src/kernel/db.ts'
import { migrate } from '../server/src/kernel/migrate.ts'
import { inTransaction } from '../server/src/kernel/tx.ts'
import { connect } from './lib/connect.ts'
import { drive, median } from './lib/drive.ts'
import { payOrder } from './limits/escrow-order.ts'

const CONNECTIONS = 16
const HOT_ROWS = 1_000
const limits = (name: string) => fileURLToPath(new URL(`./limits/${name}`, import.meta.url))
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' }, rounds: { type: 'string', default: '3' } } })
const seconds = Number(values.seconds)

const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
const server = await startPostgres({ dataDir: folder })
try {
  const plain = await database('plain')
  const books = await database('books')
  const sql = connect(plain, CONNECTIONS)
  await sql.unsafe(await readFile(limits('escrow-schema.sql'), 'utf8'))
  await sql`vacuum analyze accounts`
  await migrate(books)
  const ours = openDatabase(books, { max: CONNECTIONS })
  const rates: Record<string, number[]> = {}
  const note = (name: string, rate: number) => void (rates[name] ??= []).push(rate)
  for (let round = 0; round < Number(values.rounds); round++) {
    const bench = pgbench(plain)
    if (bench !== undefined) note('7 statements, pgbench', bench)
    note('7 statements, postgres.js', (await drive(CONNECTIONS, seconds, () => payOrder(sql, HOT_ROWS))).rate)
    note('post, 1 milestone', (await drive(CONNECTIONS, seconds, () => fund(ours, 1))).rate)
    note('post, 3 milestones', (await drive(CONNECTIONS, seconds, () => fund(ours, 3))).rate)
  }
  const limit = median(rates['7 statements, pgbench'] ?? rates['7 statements, postgres.js'] ?? [])
  for (const [name, list] of Object.entries(rates)) {
    console.log(`${name.padEnd(28)} ${median(list).toFixed(0).padStart(6)} /s   ${(median(list) / limit).toFixed(2)} of the limit   (${list.map(rate => rate.toFixed(0)).join(', ')})`)
  }
  const report = await verifyBooks(ours.db)
  console.log(`books: ${report.ok ? 'in order' : JSON.stringify(report.faults)}, ${report.entries} entries`)
  await Promise.all([sql.end(), ours.close()])
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

async function fund(database: Database, milestones: number): Promise<void> {
  const shares = Array.from({ length: milestones }, () => ({ milestoneId: randomUUID(), amount: 128_000n }))
  const entry = fundEscrow({ orderId: randomUUID(), paymentId: randomUUID(), payerId: randomUUID(), channel: 'sandbox', shares, at: new Date() })
  await inTransaction(database.db, tx => post(tx, entry))
}

async function database(name: string): Promise<string> {
  const admin = connect(server.url, 1)
  await admin`create database ${admin(name)}`
  await admin.end()
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return url.href
}

function pgbench(url: string): number | undefined {
  const run = spawnSync('pgbench', ['-n', '-M', 'prepared', '-c', String(CONNECTIONS), '-j', '2', '-T', String(seconds), '-D', `hot=${HOT_ROWS}`, '-f', limits('escrow-order.pgbench.sql'), url], { encoding: 'utf8' })
  const found = /tps = ([\d.]+)/.exec(run.stdout ?? '')
  return found ? Number(found[1]) : undefined
}
