/** Once a vitest run: a Postgres with a migrated template, shared with the runs that go on at the same time. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { dropDatabasesOf, ensureTemplate } from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testPostgres: { url: string; template: string; run: string }
  }
}

type Held = { url: string; run: string; release(): Promise<void> }

const FOLDER = fileURLToPath(new URL(`../../.cache/test-postgres-${process.getuid?.() ?? 0}`, import.meta.url))
const KEEPER = fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url))
const START_TIMEOUT_MS = 120_000
const ANSWER_TIMEOUT_MS = 5_000
const RELEASE_TIMEOUT_MS = 20_000
const RETRY_MS = 50

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const held = given ? holdGiven(given) : await holdEmbedded()
  try {
    project.provide('testPostgres', { url: held.url, run: held.run, template: await ensureTemplate(held.url) })
  } catch (error) {
    await held.release()
    throw error
  }
  return held.release
}

function holdGiven(url: string): Held {
  const run = randomBytes(4).toString('hex')
  return {
    url,
    run,
    async release() {
      const sql = postgres(url, { max: 1, onnotice: () => {} })
      await dropDatabasesOf(sql, run)
      await sql.end()
    },
  }
}

/** Joins the keeper that is running, or starts one. Of several started at once all but one withdraw by themselves. */
async function holdEmbedded(): Promise<Held> {
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 })
  let keeper: Keeper | undefined
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await delay(RETRY_MS)) {
    const held = await joinRunning()
    if (held) {
      if (keeper) rmSync(keeper.log, { force: true })
      return held
    }
    if (keeper?.failed()) throw new Error(`The test Postgres did not start:\n${readFileSync(keeper.log, 'utf8').slice(-2_000)}`)
    if (!keeper || keeper.ended()) keeper = startKeeper()
  }
  throw new Error(`The test Postgres did not start within ${START_TIMEOUT_MS / 1_000} s.`)
}

async function joinRunning(): Promise<Held | undefined> {
  const address = readAddress()
  if (!address) return undefined
  const socket = connect({ port: address.port, host: '127.0.0.1', allowHalfOpen: true })
  const answer = await firstLine(socket, address.token)
  if (!answer) return undefined
  socket.unref()
  const { url, run } = JSON.parse(answer) as { url: string; run: string }
  return { url, run, release: () => leave(socket) }
}

function readAddress(): { port: number; token: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(FOLDER, 'keeper.json'), 'utf8')) as { port: number; token: string }
  } catch {
    return undefined
  }
}

function firstLine(socket: Socket, token: string): Promise<string | undefined> {
  return new Promise((done) => {
    const giveUp = (): void => {
      socket.destroy()
      done(undefined)
    }
    socket.setTimeout(ANSWER_TIMEOUT_MS, giveUp)
    socket.on('error', giveUp).once('end', giveUp)
    socket.once('connect', () => socket.write(`${token}\n`))
    socket.once('data', (line) => {
      socket.setTimeout(0)
      socket.off('end', giveUp)
      done(line.toString())
    })
  })
}

async function leave(socket: Socket): Promise<void> {
  socket.ref()
  const patience = new AbortController()
  const ended = new Promise<void>((done) => socket.once('end', () => done()).once('close', () => done()))
  socket.resume().end()
  await Promise.race([ended, delay(RELEASE_TIMEOUT_MS, undefined, { signal: patience.signal }).catch(() => undefined)])
  patience.abort()
  socket.destroy()
}

type Keeper = { log: string; ended(): boolean; failed(): boolean }

function startKeeper(): Keeper {
  const log = join(FOLDER, `keeper-${process.pid}.log`)
  const output = openSync(log, 'w', 0o600)
  // Detached, because it outlives this run when another one has joined it by then.
  const child = spawn(process.execPath, [KEEPER, FOLDER], { stdio: ['ignore', output, output], detached: true })
  closeSync(output)
  child.unref()
  let failedToStart = false
  child.on('error', () => (failedToStart = true))
  return {
    log,
    ended: () => failedToStart || child.exitCode !== null || child.signalCode !== null,
    failed: () => failedToStart || child.signalCode !== null || (child.exitCode ?? 0) !== 0,
  }
}
