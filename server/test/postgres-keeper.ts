/**
 * Keeps one Postgres for all test runs of a checkout that overlap in time, and stops it with the last of them. A run
 * holds it by an open connection to this process, which closes however the run ends; its databases go with it.
 */
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { FolderTakenError } from '../src/embedded/owner.ts'
import { startPostgres, type RunningPostgres } from '../src/embedded/postgres.ts'
import { dropDatabasesOf, dropLeftovers } from './template.ts'

const FIRST_RUN_TIMEOUT_MS = 30_000

/** Test data may be lost with the machine: nothing waits for a disk. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '1GB',
  checkpoint_timeout: '1h',
  shared_buffers: '128MB',
  max_connections: '500',
  // A worker of autovacuum in the template would make cloning wait.
  autovacuum: 'off',
}

const folder = process.argv[2]
if (!folder) throw new Error('Usage: node postgres-keeper.ts <folder>')

const running = await startPostgres({ dataDir: folder, settings: SETTINGS }).catch((error: unknown) => {
  // Another run started its keeper at the same moment and was first.
  if (error instanceof FolderTakenError) process.exit(0)
  throw error
})
await keep(folder, running)

async function keep(place: string, server: RunningPostgres): Promise<void> {
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  await dropLeftovers(sql)
  const token = randomBytes(24).toString('hex')
  const addressFile = join(place, 'keeper.json')
  const runs = new Set<Socket>()
  let stopping = false

  const door = createServer({ allowHalfOpen: true }, (socket) => {
    if (stopping) return void socket.destroy()
    const run = randomBytes(4).toString('hex')
    socket.on('error', () => undefined)
    socket.once('data', (said) => {
      if (said.toString().trim() !== token) return void socket.destroy()
      runs.add(socket)
      socket.write(`${JSON.stringify({ url: server.url, run })}\n`)
    })
    const leave = async (): Promise<void> => {
      if (!runs.delete(socket)) return
      await dropDatabasesOf(sql, run).catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
      if (runs.size === 0) await stop()
      // A run that ends in order waits for this, so that nothing is left behind it.
      socket.end()
    }
    socket.once('end', () => void leave()).once('close', () => void leave())
  })

  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    rmSync(addressFile, { force: true })
    door.close()
    await sql.end({ timeout: 5 })
    await server.stop()
  }

  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  const address = door.address()
  if (!address || typeof address !== 'object') throw new Error('The keeper has no port.')
  writeFileSync(addressFile, JSON.stringify({ port: address.port, token }), { mode: 0o600 })
  void server.crashed.then(() => process.exit(1))
  void delay(FIRST_RUN_TIMEOUT_MS, undefined, { ref: false }).then(() => (runs.size === 0 ? stop() : undefined))
}
