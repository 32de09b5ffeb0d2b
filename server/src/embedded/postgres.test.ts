import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { FolderTakenError } from './owner.ts'
import { startPostgres } from './postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'miaodan-postgres-'))
const dataDir = join(folder, 'data')
const settings = { fsync: 'off' }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('it keeps its data over a stop, speaks only to its own machine and hides its password', async () => {
  const first = await startPostgres({ dataDir, settings })
  await run(first.url, (sql) => sql`create table kept as select '秒单' as word`)
  await first.stop()
  const second = await startPostgres({ dataDir, settings })
  try {
    const [row] = await run(second.url, (sql) => sql`select word, current_setting('listen_addresses') as listens from kept`)
    expect(row).toEqual({ word: '秒单', listens: '127.0.0.1' })
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600)
    await expect(run(second.url.replace(/:[^:@]*@/, ':guess@'), (sql) => sql`select 1`)).rejects.toThrow('password')
  } finally {
    await second.stop()
  }
})

test('a data folder that is in use is refused', async () => {
  const server = await startPostgres({ dataDir, settings })
  try {
    await expect(startPostgres({ dataDir })).rejects.toThrow(FolderTakenError)
  } finally {
    await server.stop()
  }
})

test('it ends with the process that started it, also when that one is killed, and starts again after it', async () => {
  const program = `
    const { startPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)})
    const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings: { fsync: 'off' } })
    process.stdout.write(server.url)
    setInterval(() => undefined, 1000)`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = (await once(starter.stdout, 'data')).map(String)
  starter.kill('SIGKILL')
  await once(starter, 'exit')
  await expect.poll(() => run(url ?? '', (sql) => sql`select 1`).catch((error: NodeJS.ErrnoException) => error.code), { timeout: 10_000 }).toBe('ECONNREFUSED')
  const server = await startPostgres({ dataDir, settings })
  try {
    expect(await run(server.url, (sql) => sql`select word from kept`)).toEqual([{ word: '秒单' }])
  } finally {
    await server.stop()
  }
  expect(existsSync(join(dataDir, 'owner.json'))).toBe(false)
})

async function run<T>(url: string, work: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
