/**
 * How fast the ledger posts, as a share of what the same Postgres can do at best: one paid order as 7 plain statements.
 *
 *     node bench/ledger.ts [--seconds 8] [--rounds 3]
 *
 * Starts a Postgres of its own. The limit is measured with pgbench where it is installed, and through postgres.js. What
 * bounds a post: Postgres spends about as much on it as on the 7 statements (it writes fewer rows, but hashes, checks and
 * keeps five indexes more); the rest is the client, which costs a process of Node a good half of a core.
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

export async function run({ seconds = 8, rounds = 3 } = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
  const server = await startPostgres({ dataDir: folder })
  try {
    const plain = await createDatabase(server.url, 'plain')
    const books = await createDatabase(server.url, 'books')
    const sql = connect(plain, CONNECTIONS)
    await sql.unsafe(await readFile(limits('escrow-schema.sql'), 'utf8'))
    await sql`vacuum analyze accounts`
    await migrate(books)
    const ours = openDatabase(books, { max: CONNECTIONS })
    const rates: Record<string, number[]> = {}
    const note = (name: string, rate: number | undefined): void => void (rate !== undefined && (rates[name] ??= []).push(rate))
    for (let round = 0; round < rounds; round++) {
      note('7 statements, pgbench', pgbench(plain, seconds))
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
}

async function fund(database: Database, milestones: number): Promise<void> {
  const shares = Array.from({ length: milestones }, () => ({ milestoneId: randomUUID(), amount: 128_000n }))
  const entry = fundEscrow({ orderId: randomUUID(), paymentId: randomUUID(), payerId: randomUUID(), channel: 'sandbox', shares, at: new Date() })
  await inTransaction(database.db, tx => post(tx, entry))
}

async function createDatabase(server: string, name: string): Promise<string> {
  const admin = connect(server, 1)
  await admin`create database ${admin(name)}`
  await admin.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Undefined where pgbench is not installed. */
function pgbench(url: string, seconds: number): number | undefined {
  const run = spawnSync('pgbench', ['-n', '-M', 'prepared', '-c', String(CONNECTIONS), '-j', '2', '-T', String(seconds), '-D', `hot=${HOT_ROWS}`, '-f', limits('escrow-order.pgbench.sql'), url], { encoding: 'utf8' })
  const found = /tps = ([\d.]+)/.exec(run.stdout ?? '')
  return found ? Number(found[1]) : undefined
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' }, rounds: { type: 'string', default: '3' } } })
  await run({ seconds: Number(values.seconds), rounds: Number(values.rounds) })
}
