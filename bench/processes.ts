/**
 * What a second web process brings, and what a process that does nothing takes.
 *
 *     node bench/run.ts processes
 *
 * Signed-in people look at services and their orders on 16 connections: at one web process, then shared out to two. Beside
 * each figure stands how much of the machine was busy and how much of it was neither the servers nor idle (Postgres, and
 * the client that asks): where nothing was idle with one process already, a second can bring no more than what the
 * machine has left. Read the ratio on a machine with cores to spare.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../server/src/embedded/ports.ts'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import { migrate } from '../server/src/kernel/migrate.ts'
import { publishedService } from '../server/test/catalog.ts'
import { Killable } from '../server/test/crash/killable.ts'
import { signUp } from '../server/test/people.ts'
import { createDatabase, POSTGRES_SETTINGS } from './lib/database.ts'
import { drive, median } from './lib/drive.ts'
import { httpRequest, openLane } from './lib/http-lane.ts'
import { openStage } from './lib/stage.ts'

const CONNECTIONS = 16
const SERVICES = 10
const IDLE_MS = 5_000
const MAIN = new URL('../server/src/main.ts', import.meta.url)

export async function run({ seconds = 6, rounds = 3 } = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
  const server = await startPostgres({ dataDir: join(folder, 'postgres'), settings: POSTGRES_SETTINGS })
  const url = await createDatabase(server.url, 'product')
  await migrate(url)
  const { t, environment, close } = await openStage(url, folder, { RATE_LIMIT: '100000000' })
  const buyer = await signUp(t)
  const services: string[] = []
  while (services.length < SERVICES) services.push(await publishedService(t, await signUp(t, { roles: ['buyer', 'provider'] })))
  const ports = [await freePort(), await freePort()]
  const start = (role: 'web' | 'worker', port: number) => new Killable(MAIN, port, { ...environment, NODE_ENV: 'production', ROLE: role, LOG_LEVEL: 'warn' })
  const webs = ports.map(port => start('web', port))
  const worker = start('worker', await freePort())
  try {
    await Promise.all([...webs, worker].map(process => process.untilUp('/readyz')))
    await delay(IDLE_MS)
    for (const [role, process] of [['web', webs[0]], ['worker', worker]] as const) console.log(`idle ${role.padEnd(8)} ${(memoryOf(process) / 1024 / 1024).toFixed(0)} MB resident`)

    const look = async (count: number) => {
      const lanes = await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => openLane(ports[index % count] ?? 0)))
      const before = busyTime(webs)
      const figure = await drive(CONNECTIONS, seconds, async lane => {
        const path = Math.random() < 0.5 ? '/orders' : `/services/${services[Math.floor(Math.random() * SERVICES)]}`
        const answer = await lanes[lane]?.send(httpRequest('GET', `/api/v1${path}`, { cookie: buyer.cookie }))
        if (answer?.status !== 200) throw new Error(`${path} answered ${answer?.status}`)
      })
      const after = busyTime(webs)
      for (const lane of lanes) lane.close()
      const all = after.all - before.all
      return { ...figure, busy: 1 - (after.idle - before.idle) / all, servers: (after.servers - before.servers) / all }
    }
    // A fresh process is slow at first: its code is still interpreted.
    await look(2)
    const figures = { 1: [] as Awaited<ReturnType<typeof look>>[], 2: [] as Awaited<ReturnType<typeof look>>[] }
    for (let round = 0; round < rounds; round++) for (const count of [1, 2] as const) figures[count].push(await look(count))
    const of = (count: 1 | 2, what: 'rate' | 'p95' | 'busy' | 'servers') => median(figures[count].map(figure => figure[what]))
    for (const count of [1, 2] as const) {
      console.log(`${count} web ${count === 1 ? 'process  ' : 'processes'} ${of(count, 'rate').toFixed(0).padStart(6)} /s   p95 ${of(count, 'p95').toFixed(1)} ms   machine ${percent(of(count, 'busy'))} busy, of which the servers ${percent(of(count, 'servers'))} of the machine   (${figures[count].map(figure => figure.rate.toFixed(0)).join(', ')})`)
    }
    console.log(`two do ${(of(2, 'rate') / of(1, 'rate')).toFixed(2)} times what one does`)
  } finally {
    await Promise.all([...webs, worker].map(process => process.stop()))
    await close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(0)}%`

function memoryOf(process: Killable | undefined): number {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process?.pid}/status`, 'utf8'))?.[1] ?? 0)
}

/** In ticks since the machine started: of all its cores, of those that did nothing, and of these processes. */
function busyTime(processes: readonly Killable[]): { all: number, idle: number, servers: number } {
  const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).map(Number) ?? []
  const servers = processes.reduce((sum, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return sum + Number(fields[11]) + Number(fields[12])
  }, 0)
  return { all: ticks.slice(0, 8).reduce((sum, each) => sum + each, 0), idle: (ticks[3] ?? 0) + (ticks[4] ?? 0), servers }
}
