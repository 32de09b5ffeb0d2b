/**
 * How fast money gets into escrow, on 16 connections, beside what the same Postgres can do at best.
 *
 *     node bench/escrow.ts [--seconds 6] [--rounds 3]
 *
 * Measured through a real server process (role web, logging on) over HTTP:
 *   callback  a signed notification of the gateway → verified, order paid, milestone funded, price in escrow, answered.
 *             Orders and payments stand ready and the notifications are signed beforehand.
 *   whole     POST /orders (price computed, service kept as a copy) → POST /payments → the callback, signed on the fly.
 * The limits are pgbench's, with prepared statements:
 *   same rows         what one callback writes, as plain statements without triggers and foreign keys: the callback's limit
 *   one escrow order  the least that order, payment and escrow are as plain rows, 7 statements: the limit of the whole
 * Everything shares the machine's cores: Postgres, the server, and the client that sends.
 * What bounds it: the one core a process of Node has. A callback costs about 6 ms of it (profiled on a busy machine): half
 * is writing 17 statements to Postgres's socket, a third drizzle putting them together. While other work takes the cores,
 * pgbench's 16 backends get a larger share of them than the one server does: read the ratio on a quiet machine.
 */
import { spawnSync } from 'node:child_process'
import { createPrivateKey, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
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
const SERVICES = 40
/** Signing costs more than anything here does: no more are signed than the machine may be able to take. */
const CALLBACKS_PER_SECOND = 700
const HOT_ROWS = 1_000

type Figure = { rate: number, p50?: number, p95?: number }

export async function run({ seconds = 6, rounds = 3 } = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
  const server = await startPostgres({ dataDir: join(folder, 'postgres'), settings: POSTGRES_SETTINGS })
  try {
    const product = await createDatabase(server.url, 'product')
    const plain = await createDatabase(server.url, 'plain')
    await migrate(product)
    const [sql, plainSql] = [connect(product, 2), connect(plain, 1)]
    await plainSql.unsafe(await limitFile('escrow-schema.sql'))
    const stage = await setStage(product, folder, { buyers: CONNECTIONS, services: SERVICES })
    await measure(stage, sql, { product, plain, seconds, rounds })
    const report = await verifyBooks(stage.deps.db)
    console.log(`books: ${report.ok ? 'in order' : JSON.stringify(report.faults)}, ${report.entries} entries`)
    await Promise.all([stage.close(), sql.end(), plainSql.end()])
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(stage: Stage, sql: Sql, { product, plain, seconds, rounds }: { product: string, plain: string, seconds: number, rounds: number }): Promise<void> {
  const perRound = seconds * CALLBACKS_PER_SECOND
  await makeUnpaidOrders(stage, sql, perRound * rounds)
  await sql.unsafe(await limitFile('escrow-callback.sql'))
  const figures: Record<string, Figure[]> = {}
  const note = (name: string, figure: Figure | undefined): void => void (figure && (figures[name] ??= []).push(figure))
  const port = await freePort()
  const stopServer = await stage.startServer(port)
  const lanes = await Promise.all(Array.from({ length: CONNECTIONS }, () => openLane(port)))
  // A fresh process is slow at first: its code is still interpreted.
  await drive(CONNECTIONS, seconds, lane => buy(stage, lanes[lane] as Lane, lane))
  for (let round = 0; round < rounds; round++) {
    note('limit: same rows', pgbench(product, 'escrow-callback.pgbench.sql', seconds, { orders: perRound }))
    const notifications = Array.from({ length: perRound }, (_, index) => notification(stage, benchId(round * perRound + index + 1)))
    note('callback', await drive(CONNECTIONS, seconds, lane => settle(lanes[lane] as Lane, notifications.pop())))
    note('limit: one escrow order', pgbench(plain, 'escrow-order.pgbench.sql', seconds, { hot: HOT_ROWS }))
    note('whole', await drive(CONNECTIONS, seconds, lane => buy(stage, lanes[lane] as Lane, lane)))
  }
  for (const lane of lanes) lane.close()
  await stopServer()
  print(figures)
}

function print(figures: Record<string, Figure[]>): void {
  const rateOf = (name: string): number => median((figures[name] ?? []).map(figure => figure.rate))
  for (const [name, limit] of [['limit: same rows', ''], ['callback', 'limit: same rows'], ['limit: one escrow order', ''], ['whole', 'limit: one escrow order']] as const) {
    const list = figures[name] ?? []
    const times = list[0]?.p50 === undefined ? '' : `   p50 ${median(list.map(figure => figure.p50 ?? 0)).toFixed(1)} ms p95 ${median(list.map(figure => figure.p95 ?? 0)).toFixed(1)} ms`
    const share = limit && rateOf(limit) ? `   ${(rateOf(name) / rateOf(limit)).toFixed(2)} of its limit` : ''
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
const limitFile = (name: string): Promise<string> => readFile(limitPath(name), 'utf8')

/** Undefined where pgbench is not installed. */
function pgbench(url: string, script: string, seconds: number, variables: Record<string, number>): Figure | undefined {
  const defined = Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`])
  const run = spawnSync('pgbench', ['-n', '-M', 'prepared', '-c', String(CONNECTIONS), '-j', '2', '-T', String(seconds), ...defined, '-f', limitPath(script), url], { encoding: 'utf8' })
  const found = /tps = ([\d.]+)/.exec(run.stdout ?? '')
  if (!found && run.stderr) throw new Error(run.stderr.slice(0, 2_000))
  return found ? { rate: Number(found[1]) } : undefined
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '6' }, rounds: { type: 'string', default: '3' } } })
  await run({ seconds: Number(values.seconds), rounds: Number(values.rounds) })
}
