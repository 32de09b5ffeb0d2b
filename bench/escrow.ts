/**
 * How fast money gets into escrow, on 16 connections, beside the same rows written by plain SQL on the same Postgres.
 *
 *     node bench/escrow.ts [--seconds 6] [--rounds 3]
 *
 * Measured through a real server process (role web, logging on) over HTTP:
 *   callback  a signed notification of the gateway → verified, order paid, milestone funded, price in escrow, answered.
 *             Orders and payments stand ready and the notifications are signed beforehand.
 *   purchase  POST /orders (price computed, service kept as a copy) → POST /payments → the callback, signed on the fly.
 * The limits are pgbench's, with prepared statements: the rows that the same requests write, in as many transactions, as
 * plain statements into tables without triggers and foreign keys. How many rows either writes is counted and printed.
 * What subscribers make of the events later (notices, cards in the chat, the index of the search) is in neither: the
 * money is in escrow without them, and the process that relays the events does not run here.
 * Linux may share the cores by session, and each of Postgres's backends is one: to give client and server, or pgbench,
 * together as much as Postgres, as a service manager does, run it as root in a session with such a share:
 *     setsid sh -c 'echo -12 > /proc/self/autogroup; exec node bench/escrow.ts'
 * Everything shares the machine's cores: Postgres, the server, and the client that sends. While other work takes the
 * cores, pgbench's 16 backends get a larger share of them than the one server does: read the ratio on a quiet machine.
 * What bounds it: processor time of two cores, for a purchase 4.4 ms of Node's, 4.5 of Postgres's and 0.9 of the client's.
 * Node's is sending and receiving 36 statements and 3 answers (a third is the system's writing to sockets), hardly their
 * making. Postgres's is flat: beginning and ending that many small statements. Checks and foreign keys together are less
 * than a tenth of it, and the ledger 0.2 ms a posting.
 */
import { spawnSync } from 'node:child_process'
import { createPrivateKey, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { formBody, signParameters } from '@miaodan/sandbox-gateway/signature'
import { freePort } from '../server/src/embedded/ports.ts'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import { verifyBooks } from '../server/src/features/ledger/index.ts'
import type { Sql } from '../server/src/kernel/db.ts'
import { migrate } from '../server/src/kernel/migrate.ts'
import { selectionOf } from '../server/test/catalog.ts'
import { wire } from '../server/test/orders.ts'
import { connect } from './lib/connect.ts'
import { drive, median } from './lib/drive.ts'
import { APP_ID, makeUnpaidOrders, PRICE, setStage, type Stage } from './lib/escrow-stage.ts'
import { httpRequest, openLane, type Lane } from './lib/http-lane.ts'
import { createDatabase, POSTGRES_SETTINGS } from './lib/database.ts'

const CONNECTIONS = 16
/** A provider takes 99 orders at most: enough of them for what can be ordered in the time. */
const SERVICES = 80
/** Signing costs more than anything here does: no more are signed than the machine may be able to take. */
const CALLBACKS_PER_SECOND = 700
/** Above what pgbench's client does in one run. */
const MOST_IN_A_RUN = 10_000_000
/** So many are counted, for the rows that one writes. */
const COUNTED = 32

type Figure = { rate: number, p50?: number, p95?: number }

export async function run({ seconds = 6, rounds = 3 } = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
  const server = await startPostgres({ dataDir: join(folder, 'postgres'), settings: POSTGRES_SETTINGS })
  try {
    const product = await createDatabase(server.url, 'product')
    await migrate(product)
    const sql = connect(product, 1)
    const stage = await setStage(product, folder, { buyers: CONNECTIONS, services: SERVICES })
    const perRound = seconds * CALLBACKS_PER_SECOND
    await makeUnpaidOrders(stage, sql, perRound * rounds)
    await sql.unsafe(await readFile(limitPath('escrow-rows.sql'), 'utf8'))
    const limits = await makeLimits(product, folder, perRound)
    print(await measure(stage, limits, { seconds, rounds, perRound }))
    await compareRows(stage, sql, limits)
    const report = await verifyBooks(stage.deps.db)
    console.log(`books: ${report.ok ? 'in order' : JSON.stringify(report.faults)}, ${report.entries} entries`)
    await Promise.all([stage.close(), sql.end()])
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(stage: Stage, limits: Limits, { seconds, rounds, perRound }: { seconds: number, rounds: number, perRound: number }): Promise<Record<string, Figure[]>> {
  const figures: Record<string, Figure[]> = {}
  const note = (name: string, figure: Figure | undefined): void => void (figure && (figures[name] ??= []).push(figure))
  await withServer(stage, async lanes => {
    // A fresh process is slow at first: its code is still interpreted.
    await drive(CONNECTIONS, seconds, lane => buy(stage, lanes[lane] as Lane, lane))
    for (let round = 0; round < rounds; round++) {
      note('callback, plain SQL', limits.callback({ seconds }))
      const notifications = Array.from({ length: perRound }, (_, index) => notification(stage, benchId(round * perRound + index + 1)))
      note('callback', await drive(CONNECTIONS, seconds, lane => settle(lanes[lane] as Lane, notifications.pop())))
      note('purchase, plain SQL', limits.purchase({ seconds }))
      note('purchase', await drive(CONNECTIONS, seconds, lane => buy(stage, lanes[lane] as Lane, lane)))
    }
  })
  return figures
}

async function withServer(stage: Stage, work: (lanes: readonly Lane[]) => Promise<unknown>): Promise<void> {
  const port = await freePort()
  const stopServer = await stage.startServer(port)
  const lanes = await Promise.all(Array.from({ length: CONNECTIONS }, () => openLane(port)))
  await work(lanes)
  for (const lane of lanes) lane.close()
  await stopServer()
}

function print(figures: Record<string, Figure[]>): void {
  const rateOf = (name: string): number => median((figures[name] ?? []).map(figure => figure.rate))
  for (const [name, limit] of [['callback, plain SQL', ''], ['callback', 'callback, plain SQL'], ['purchase, plain SQL', ''], ['purchase', 'purchase, plain SQL']] as const) {
    const list = figures[name] ?? []
    const times = list[0]?.p50 === undefined ? '' : `   p50 ${median(list.map(figure => figure.p50 ?? 0)).toFixed(1)} ms p95 ${median(list.map(figure => figure.p95 ?? 0)).toFixed(1)} ms`
    const share = limit && rateOf(limit) ? `   ${(rateOf(name) / rateOf(limit)).toFixed(2)} of plain SQL` : ''
    console.log(`${name.padEnd(26)} ${list.length === 0 ? 'no pgbench here' : `${rateOf(name).toFixed(0).padStart(6)} /s`}${share}${times}   (${list.map(figure => figure.rate.toFixed(0)).join(', ')})`)
  }
}

/** False when there is nothing left to send. */
async function settle(lane: Lane, request: Buffer | undefined): Promise<boolean> {
  if (!request) return false
  const answer = await lane.send(request)
  if (answer.body !== 'success') throw new Error(`the callback answered ${answer.status}: ${answer.body}`)
  return true
}

/** A whole purchase in one buyer's name. */
async function buy(stage: Stage, lane: Lane, number: number): Promise<void> {
  const { cookie } = stage.buyers[number] ?? { cookie: '' }
  // The first service's provider is taken up by the orders that were made ready.
  const serviceId = stage.serviceIds[1 + Math.floor(Math.random() * (stage.serviceIds.length - 1))]
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await lane.send(httpRequest('POST', `/api/v1${path}`, { cookie, 'content-type': 'application/json', 'idempotency-key': randomUUID() }, JSON.stringify(body)))
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
    return JSON.parse(answer.body) as { id: string }
  }
  const order = await post('/orders', { serviceId, selection: selectionOf(), price: wire(PRICE) })
  const payment = await post('/payments', { purpose: 'order', subjectId: order.id, channel: 'alipay', amount: wire(PRICE) })
  await settle(lane, notification(stage, payment.id))
}

const keys = new WeakMap<Stage, ReturnType<typeof createPrivateKey>>()

function notification(stage: Stage, paymentId: string): Buffer {
  const key = keys.get(stage) ?? createPrivateKey(stage.gatewayPrivateKey)
  keys.set(stage, key)
  const now = new Date().toISOString()
  const body = formBody(signParameters({
    method: 'notify', app_id: APP_ID, sign_type: 'RSA2', timestamp: now, nonce: randomUUID(), notify_type: 'payment.succeeded', notify_id: randomUUID(),
    out_trade_no: paymentId, trade_no: `T${randomUUID()}`, amount: String(PRICE), currency: 'CNY', channel: 'alipay', event_time: now,
  }, key))
  return httpRequest('POST', '/api/v1/callbacks/sandbox', { 'content-type': 'application/x-www-form-urlencoded' }, body)
}

const benchId = (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const limitPath = (name: string): string => fileURLToPath(new URL(`./limits/${name}`, import.meta.url))

type Length = { seconds: number } | { purchases: number }
/** Each answers undefined where pgbench is not installed. */
type Limits = { callback(length: Length): Figure | undefined, purchase(length: Length): Figure | undefined }

/** Each of pgbench's clients counts its own `k`; of the orders that stand ready it takes one after the other. */
async function makeLimits(url: string, folder: string, orders: number): Promise<Limits> {
  const [purchase, callback] = await Promise.all(['escrow-purchase.pgbench.sql', 'escrow-callback.pgbench.sql'].map(name => readFile(limitPath(name), 'utf8')))
  const files = { callback: join(folder, 'callback.sql'), purchase: join(folder, 'purchase.sql') }
  await writeFile(files.callback, `\\set k :k + 1\n\\set n 1 + mod(:k * ${CONNECTIONS} + :client_id, ${orders})\n${callback}`)
  await writeFile(files.purchase, `\\set k :k + 1\n\\set n (:client_id + 1) * 1000000000 + :k\n${purchase}${callback}`)
  let made = 0
  const run = (file: string, length: Length): Figure | undefined => {
    made += MOST_IN_A_RUN
    return pgbench(url, file, length, made)
  }
  return { callback: length => run(files.callback, length), purchase: length => run(files.purchase, length) }
}

function pgbench(url: string, file: string, length: Length, k: number): Figure | undefined {
  const until = 'seconds' in length ? ['-T', String(length.seconds)] : ['-t', String(length.purchases / CONNECTIONS)]
  const run = spawnSync('pgbench', ['-n', '-M', 'prepared', '-c', String(CONNECTIONS), '-j', '2', ...until, '-D', `k=${k}`, '-f', file, url], { encoding: 'utf8' })
  const found = /tps = ([\d.]+)/.exec(run.stdout ?? '')
  if (!found && run.stderr) throw new Error(run.stderr.slice(0, 2_000))
  return found ? { rate: Number(found[1]) } : undefined
}

/** Says how many rows a purchase writes through the product, and how many by plain SQL. */
async function compareRows(stage: Stage, sql: Sql, limits: Limits): Promise<void> {
  const before = await rowsWritten(sql)
  await withServer(stage, lanes => Promise.all(lanes.map(async (lane, number) => {
    for (let count = 0; count < COUNTED / CONNECTIONS; count++) await buy(stage, lane, number)
  })))
  limits.purchase({ purchases: COUNTED })
  const after = await rowsWritten(sql)
  const since = (table: string, kind: keyof Written): string => (((after.get(table)?.[kind] ?? 0) - (before.get(table)?.[kind] ?? 0)) / COUNTED).toFixed(1).replace('.0', '')
  const counts = (table: string): string => `${since(table, 'inserted')}+${since(table, 'updated')}+${since(table, 'deleted')}`
  const tables = [...after.keys()].filter(name => name.startsWith('public.') && counts(name) !== '0+0+0')
  console.log(`rows a purchase inserts+updates+deletes, product / plain SQL: ${tables.map(name => `${name.slice(7)} ${counts(name)} / ${counts(name.replace('public', 'plain'))}`).join(', ')}`)
}

type Written = { inserted: number, updated: number, deleted: number }

/** Months count as their table. A connection's counts are added when it ends, and when it has been idle for ten seconds: those that set the stage have been. */
async function rowsWritten(sql: Sql): Promise<Map<string, Written>> {
  const rows = await sql<{ name: string, inserted: string, updated: string, deleted: string }[]>`
    select schemaname || '.' || regexp_replace(relname, '_(\\d{4}_\\d{2}|default)$', '') as name, sum(n_tup_ins) as inserted, sum(n_tup_upd) as updated, sum(n_tup_del) as deleted from pg_stat_user_tables group by 1 order by 1`
  return new Map(rows.map(row => [row.name, { inserted: Number(row.inserted), updated: Number(row.updated), deleted: Number(row.deleted) }]))
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '6' }, rounds: { type: 'string', default: '3' } } })
  await run({ seconds: Number(values.seconds), rounds: Number(values.rounds) })
}
