/**
 * Chat with 500 open sockets: messages stored, acknowledged and delivered a second, against a bare socket echo that the
 * same loader drives in the same run.
 *
 *     node bench/chat.ts [--seconds 8] [--rounds 3] [--sockets 500] [--flight 64]
 *
 * The real server with a Postgres of its own, each a process of its own. People are paired; `flight` of them have a
 * message under way at any time, and write the next one when the last is acknowledged and has reached the other's socket.
 * What bounds it: one request, one statement with its commit, and one notification a message; on few cores Postgres, the
 * server and this loader share them.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../server/src/config.ts'
import { openDeps } from '../server/src/deps.ts'
import { freePort } from '../server/src/embedded/ports.ts'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import { createSecrets } from '../server/src/embedded/secrets.ts'
import { registerPerson, SESSION_COOKIE, startSession } from '../server/src/features/accounts/index.ts'
import { conversationOf } from '../server/src/features/chat/index.ts'
import { migrate } from '../server/src/kernel/migrate.ts'
import { inTransaction } from '../server/src/kernel/tx.ts'
import { startChild } from './lib/child.ts'
import { median, quantile } from './lib/drive.ts'
import { openSockets, type Line } from './lib/sockets.ts'

export type Options = { seconds?: number, rounds?: number, sockets?: number, flight?: number }
type Round = { rate: number, ackP99: number, deliveredP50: number, deliveredP99: number }
type Talker = { cookie: string, conversationId: string }

const TEXT = '样稿我看过了，大号盒的烫金效果很好。小号盒内托是什么材质？成本会涨吗？'

export async function run({ seconds = 8, rounds = 3, sockets = 500, flight = 64 }: Options = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
  const postgres = await startPostgres({ dataDir: folder })
  const stops: Array<() => Promise<unknown>> = [() => postgres.stop()]
  try {
    await migrate(postgres.url)
    const [port, echoPort] = [await freePort(), await freePort()]
    const environment = {
      ...createSecrets(), DATABASE_URL: postgres.url, DATA_DIR: folder, PORT: String(port), HOST: '127.0.0.1', DEMO: '1', ROLE: 'web', LOG_LEVEL: 'fatal', RATE_LIMIT: '1000000000',
      SESSION_SECRET: randomBytes(32).toString('hex'),
    }
    const talkers = await makeTalkers(environment, sockets)
    stops.push(await startChild(new URL('../server/src/main.ts', import.meta.url), environment, `http://127.0.0.1:${port}/healthz`))
    stops.push(await startChild(new URL('./limits/echo-server.ts', import.meta.url), { PORT: String(echoPort) }, `http://127.0.0.1:${echoPort}/`))
    const echo = await openSockets(sockets, () => ({ url: `ws://127.0.0.1:${echoPort}/` }))
    const live = await openSockets(sockets, i => ({ url: `ws://127.0.0.1:${port}/api/v1/live`, headers: { cookie: talkers[i]?.cookie ?? '' } }))
    const results: Record<'echo' | 'chat', Round[]> = { echo: [], chat: [] }
    const agent = new Agent({ keepAlive: true, maxSockets: flight })
    for (let round = 0; round < rounds; round++) {
      results.echo.push(await echoRound(echo, flight, seconds))
      results.chat.push(await chatRound({ live, talkers, agent, port, flight, seconds }))
    }
    report(results, sockets, flight)
    agent.destroy()
    for (const line of [...echo, ...live]) line.end()
  } finally {
    for (const stop of stops.reverse()) await stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** People signed in, each two of them with a conversation: 0 with 1, 2 with 3. */
async function makeTalkers(environment: Record<string, string>, count: number): Promise<Talker[]> {
  const deps = await openDeps(readConfig(environment))
  const people = await inTransaction(deps.db, async tx => {
    const made: { userId: string, cookie: string }[] = []
    for (let i = 0; i < count; i++) {
      const { userId } = await registerPerson(tx, deps, { username: `talker${letters(i)}`, displayName: `说话的人${i}`, phone: `199${String(i).padStart(8, '0')}` })
      const { cookie } = await startSession(tx, deps, userId, 'registration', { userAgent: 'bench', address: '127.0.0.1' })
      made.push({ userId, cookie: `${SESSION_COOKIE}=${cookie}` })
    }
    return made
  })
  const talkers: Talker[] = []
  for (let i = 0; i + 1 < people.length; i += 2) {
    const [one, other] = people.slice(i, i + 2) as [typeof people[0], typeof people[0]]
    const conversationId = await inTransaction(deps.db, tx => conversationOf(tx, deps, one.userId, other.userId))
    talkers.push({ cookie: one.cookie, conversationId }, { cookie: other.cookie, conversationId })
  }
  await deps.close()
  return talkers
}

/** Digits of usernames could be taken for letters, so there are none. */
const letters = (n: number): string => [...String(n)].map(digit => 'bcdfghjkmn'[Number(digit)]).join('')

async function echoRound(lines: Line[], flight: number, seconds: number): Promise<Round> {
  const took: number[] = []
  const start = performance.now()
  const end = start + seconds * 1_000
  await Promise.all(Array.from({ length: flight }, async (_, lane) => {
    for (let i = lane; performance.now() < end; i = (i + flight) % lines.length) {
      const line = lines[i] as Line
      const from = performance.now()
      await new Promise<void>(resolve => {
        line.onText = () => resolve()
        line.send(JSON.stringify({ type: 'message.created', text: TEXT }))
      })
      took.push(performance.now() - from)
    }
  }))
  return summary(took, [0], start)
}

type ChatRound = { live: Line[], talkers: Talker[], agent: Agent, port: number, flight: number, seconds: number }

async function chatRound({ live, talkers, agent, port, flight, seconds }: ChatRound): Promise<Round> {
  const waiting = new Map<string, () => void>()
  live.forEach((line, i) => {
    line.onText = text => {
      const message = JSON.parse(text) as { type: string, clientId?: string }
      if (message.type === 'message.created') waiting.get(`${i} ${message.clientId}`)?.()
    }
  })
  const [acks, deliveries]: [number[], number[]] = [[], []]
  const start = performance.now()
  const end = start + seconds * 1_000
  await Promise.all(Array.from({ length: flight }, async (_, lane) => {
    for (let i = lane, n = 0; performance.now() < end; i = (i + flight) % talkers.length, n++) {
      const { cookie, conversationId } = talkers[i] as Talker
      const clientId = `bench-${start.toFixed(0)}-${lane}-${n}`
      const key = `${i ^ 1} ${clientId}`
      const from = performance.now()
      const delivered = new Promise<void>(resolve => waiting.set(key, resolve)).then(() => void deliveries.push(performance.now() - from))
      await post(agent, port, `/api/v1/conversations/${conversationId}/messages`, cookie, JSON.stringify({ clientId, text: TEXT }))
      acks.push(performance.now() - from)
      await delivered
      waiting.delete(key)
    }
  }))
  return summary(deliveries, acks, start)
}

function post(agent: Agent, port: number, path: string, cookie: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request({ agent, port, host: '127.0.0.1', method: 'POST', path, headers: { cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, response => {
      response.resume()
      response.on('end', () => (response.statusCode === 201 ? resolve() : reject(new Error(`the server answered ${response.statusCode}`))))
    })
    sending.on('error', reject)
    sending.end(body)
  })
}

function summary(delivered: number[], acks: number[], start: number): Round {
  const rate = delivered.length / ((performance.now() - start) / 1_000)
  delivered.sort((a, b) => a - b)
  acks.sort((a, b) => a - b)
  return { rate, ackP99: quantile(acks, 0.99), deliveredP50: quantile(delivered, 0.5), deliveredP99: quantile(delivered, 0.99) }
}

function report({ echo, chat }: Record<'echo' | 'chat', Round[]>, sockets: number, flight: number): void {
  const middle = (rounds: Round[], name: keyof Round): number => median(rounds.map(round => round[name]))
  const all = (rounds: Round[]): string => rounds.map(round => round.rate.toFixed(0)).join(', ')
  console.log(`${sockets} sockets, ${flight} messages under way`)
  console.log(`bare echo                     ${middle(echo, 'rate').toFixed(0).padStart(6)} /s   p50 ${middle(echo, 'deliveredP50').toFixed(1)} ms, p99 ${middle(echo, 'deliveredP99').toFixed(1)} ms   (${all(echo)})`)
  console.log(`stored, acked and delivered   ${middle(chat, 'rate').toFixed(0).padStart(6)} /s   p50 ${middle(chat, 'deliveredP50').toFixed(1)} ms, p99 ${middle(chat, 'deliveredP99').toFixed(1)} ms, acked p99 ${middle(chat, 'ackP99').toFixed(1)} ms   ${(middle(chat, 'rate') / middle(echo, 'rate')).toFixed(3)} of the limit   (${all(chat)})`)
}

if (import.meta.main) {
  const option = (value: string) => ({ type: 'string' as const, default: value })
  const { values } = parseArgs({ options: { seconds: option('8'), rounds: option('3'), sockets: option('500'), flight: option('64') } })
  await run({ seconds: Number(values.seconds), rounds: Number(values.rounds), sockets: Number(values.sockets), flight: Number(values.flight) })
}
