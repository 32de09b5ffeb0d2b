import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { startProxy, type TcpProxy } from '../../test/tcp-proxy.ts'
import { untilDatabaseAnswers } from './await-database.ts'

let door: TcpProxy
const told: string[] = []
const log = { warn: (_facts: object, message: string) => void told.push(message) } as never

beforeAll(async () => {
  const { hostname, port } = new URL(inject('testPostgres').url)
  door = await startProxy({ host: hostname, port: Number(port) })
})
afterAll(() => door.close())
beforeEach(() => {
  told.length = 0
})

/** The tests' Postgres, through the door. */
function url(change: Partial<Pick<URL, 'pathname' | 'password'>> = {}): string {
  return Object.assign(new URL(inject('testPostgres').url), { hostname: '127.0.0.1', port: String(door.port), ...change }).href
}

it('waits for a database that comes up, and says once what it waits for', async () => {
  await door.shut()
  const answers = untilDatabaseAnswers(url(), log)
  await expect.poll(() => told).toEqual(['waiting for the database'])
  await door.open()
  await answers
  expect(told).toHaveLength(1)
})

it('does not wait where waiting does not help', async () => {
  await expect(untilDatabaseAnswers(url({ pathname: '/not_there' }), log)).rejects.toMatchObject({ code: '3D000' })
  await expect(untilDatabaseAnswers(url({ password: 'wrong' }), log)).rejects.toMatchObject({ code: '28P01' })
  expect(told).toEqual([])
})

it('gives up in the end, with what the last try said', async () => {
  await door.shut()
  await expect(untilDatabaseAnswers(url(), log, 100)).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|ECONNRESET/) })
  await door.open()
})
