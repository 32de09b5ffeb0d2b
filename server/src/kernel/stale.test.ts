/** Reads from a real streaming replica: what is stale says since when, and nobody has to wait, or fails, when it is away. */
import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasPgBouncer, startPgBouncer } from '../../test/pgbouncer.ts'
import { startReplica, type TestReplica } from '../../test/replica.ts'
import { MovableClock } from './clock.ts'
import { openDatabase, sqlState, type Database, type Executor } from './db.ts'
import { staleReads } from './metrics.ts'
import { openStaleReads, type StaleOptions, type StaleReads } from './stale.ts'

const PATIENCE = { timeout: 20_000 }

let pair: TestReplica
let database: Database
const opened: StaleReads[] = []
beforeAll(async () => {
  pair = await startReplica()
  database = openDatabase(pair.primaryUrl, { max: 4 })
  await pair.primary`create table notes (id int primary key, text text)`
  await pair.primary`insert into notes select n, 'old' from generate_series(1, 1000) n`
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map(stale => stale.close()))
})
afterAll(async () => {
  await database?.close()
  await pair?.close()
})

const clock = new MovableClock()
const open = (options: Partial<StaleOptions> = {}): StaleReads => {
  const stale = openStaleReads({ primary: database, clock, log: pino({ level: 'silent' }), urls: [pair.replicaUrl], connections: 2, prepare: true, maxLagMs: 30_000, ...options })
  opened.push(stale)
  return stale
}
const stateOf = (stale: StaleReads) => stale.replicas()[0]?.state
async function openInUse(options: Partial<StaleOptions> = {}): Promise<StaleReads> {
  const stale = open(options)
  await expect.poll(() => stateOf(stale), PATIENCE).toBe('used')
  return stale
}
const isReplica = async (db: Executor): Promise<boolean> => Boolean((await db.execute<{ replica: boolean }>(sql`select pg_is_in_recovery() as replica`))[0]?.replica)
const count = async (db: Executor): Promise<number> => Number((await db.execute<{ count: number }>(sql`select count(*)::int as count from notes`))[0]?.count)
const outcomes = async (): Promise<Record<string, number>> => Object.fromEntries((await staleReads.get()).values.map(({ labels, value }) => [String(labels.outcome), value]))
async function gained(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await outcomes()
  await work()
  return Object.fromEntries(Object.entries(await outcomes()).map(([name, value]) => [name, value - (before[name] ?? 0)]).filter(([, value]) => value !== 0))
}

describe('with a replica', () => {
  it('answers, and says as of when: what it has not heard of is not in the answer', async () => {
    const stale = await openInUse()
    expect(await stale.read(isReplica)).toBe(true)
    const before = await stale.read(count)
    await pair.pause()
    try {
      const written = Date.now()
      await pair.primary`insert into notes values (${2_000}, 'new')`
      expect(await stale.read(async (db, asOf) => [await isReplica(db), await count(db), asOf.getTime() <= written])).toEqual([true, before, true])
      // Time goes by, and the answer is as old as it was.
      const [first, second] = [await stale.read(async (_db, asOf) => asOf), await delay(1_500).then(() => stale.read(async (_db, asOf) => asOf))]
      expect(Math.abs(second.getTime() - first.getTime())).toBeLessThan(50)
    } finally {
      await pair.resume()
    }
    await pair.caughtUp()
    expect(await stale.read(count)).toBe(before + 1)
  })

  it('one read sees one moment', async () => {
    const stale = await openInUse()
    const seen = await stale.read(async db => {
      const first = await count(db)
      await pair.primary`insert into notes values (${2_001}, 'between')`
      await pair.caughtUp()
      return [first, await count(db)]
    })
    expect(seen[1]).toBe(seen[0])
  })

  it('what must hold everything up to a moment comes from the primary until the replica does', async () => {
    const stale = await openInUse()
    expect(await stale.read(isReplica, { upTo: new Date(Date.now() - 60_000) })).toBe(true)
    expect(await stale.read(isReplica, { upTo: new Date() })).toBe(false)
    expect(await stale.read(isReplica, { upTo: new Date(Date.now() + 60_000) })).toBe(false)
  })

  it('one too far behind is not read from, until it has caught up', async () => {
    const stale = await openInUse({ maxLagMs: 1_500 })
    await pair.pause()
    try {
      await pair.primary`insert into notes values (${2_002}, 'new')`
      await expect.poll(() => stateOf(stale), PATIENCE).toBe('behind')
      expect(await gained(async () => expect(await stale.read(isReplica)).toBe(false))).toEqual({ behind: 1 })
      await expect(stale.check()).rejects.toThrow(/behind/)
    } finally {
      await pair.resume()
    }
    await expect.poll(() => stateOf(stale), PATIENCE).toBe('used')
    expect(await stale.read(isReplica)).toBe(true)
    await stale.check()
  })

  it('what a migration has added and the replica has not heard of yet is read from the primary', async () => {
    const stale = await openInUse()
    await pair.pause()
    try {
      await pair.primary`alter table notes add column read_at timestamptz`
      expect(await gained(() => stale.read(db => db.execute(sql`select read_at from notes limit 1`)))).toEqual({ failed: 1 })
      expect(stateOf(stale)).toBe('used')
    } finally {
      await pair.resume()
    }
  })

  it('a read that the replay of the log puts an end to is made on the primary, at once or while it pauses', async () => {
    const stale = await openInUse()
    for (const inBetween of [async () => {}, () => delay(500)]) {
      const ran: boolean[] = []
      const got = await gained(() => stale.read(async db => {
        ran.push(await isReplica(db))
        await count(db)
        if (ran.length === 1) {
          await pair.primary`update notes set text = text || '.'`
          await pair.primary`vacuum notes`
          await inBetween()
        }
        return db.execute(sql`select count(*) from notes cross join (select pg_sleep(0.3)) as pause`)
      }))
      expect(ran).toEqual([true, false])
      expect(Object.keys(got)).toHaveLength(1)
      expect(['conflict', 'away']).toContain(Object.keys(got)[0])
      expect(stateOf(stale)).toBe('used')
    }
  })

  it('a session that is ended there sends its own read to the primary, and no other', async () => {
    const stale = await openInUse()
    const ended = stale.read(async db => {
      const onReplica = await isReplica(db)
      if (onReplica) await db.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
      return onReplica
    })
    expect(await Promise.all([ended, stale.read(isReplica)])).toEqual([false, true])
    expect([stateOf(stale), await stale.read(isReplica)]).toEqual(['used', true])
  })

  it('killed in the midst of reads it costs none of them, and comes back into use by itself', async () => {
    const stale = await openInUse()
    const begun: boolean[] = []
    const reads = Array.from({ length: 5 }, (_, index) => stale.read(async db => {
      const onReplica = await isReplica(db)
      begun.push(onReplica)
      if (onReplica) await (index % 2 === 0 ? db.execute(sql`select pg_sleep(20)`) : delay(1_000))
      return count(db)
    }))
    await expect.poll(() => begun.length, PATIENCE).toBe(2)
    await pair.stopReplica()
    expect(new Set(await Promise.all(reads)).size).toBe(1)
    await expect.poll(() => stateOf(stale), PATIENCE).toBe('away')
    const asked = performance.now()
    expect(await Promise.all(Array.from({ length: 5 }, () => stale.read(isReplica)))).toEqual([false, false, false, false, false])
    expect(performance.now() - asked).toBeLessThan(2_500)
    await pair.startReplica()
    await expect.poll(() => stateOf(stale), PATIENCE).toBe('used')
    expect(await stale.read(isReplica)).toBe(true)
  })
})

it('a write is refused with and without a replica', async () => {
  for (const stale of [open({ urls: [] }), await openInUse()]) {
    const failed = await stale.read(db => db.execute(sql`insert into notes values (3000, 'a mistake')`)).then(() => undefined, (error: unknown) => error)
    expect(sqlState(failed)).toBe('25006')
  }
  expect(await pair.primary`select 1 from notes where id = 3000`).toHaveLength(0)
})

it('without a replica the primary answers as of now, and nothing is counted or complained of', async () => {
  const stale = open({ urls: [] })
  const before = Date.now()
  expect(await gained(async () => expect(await stale.read(async (db, asOf) => [await isReplica(db), asOf.getTime() >= before])).toEqual([false, true]))).toEqual({})
  await stale.check()
})

it('one that takes connections and says nothing is not waited for', async () => {
  const sockets: Socket[] = []
  const silent = createServer(socket => void sockets.push(socket.on('error', () => {})))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const stale = open({ urls: [`postgres://postgres:secret@127.0.0.1:${(silent.address() as { port: number }).port}/replicated`] })
  const asked = performance.now()
  expect(await stale.read(isReplica)).toBe(false)
  expect(performance.now() - asked).toBeLessThan(2_500)
  await expect.poll(() => stateOf(stale), PATIENCE).toBe('away')
  expect(await stale.read(isReplica)).toBe(false)
  await stale.close()
  for (const socket of sockets) socket.destroy()
  await new Promise(resolve => silent.close(resolve))
})

it('the primary itself, or a replica of something else, is not taken for a replica', async () => {
  const itself = open({ urls: [pair.primaryUrl] })
  const other = open({ urls: [pair.replicaUrl.replace(/\/replicated$/, '/postgres')] })
  for (const stale of [itself, other]) {
    await expect.poll(() => stateOf(stale), PATIENCE).toBe('strange')
    expect(await stale.read(isReplica)).toBe(false)
  }
  await expect(itself.check()).rejects.toThrow('not in recovery')
  await expect(other.check()).rejects.toThrow('another database')
})

it('of two replicas each is read from in turn, and one that is away leaves the other', async () => {
  const stale = open({ urls: [pair.replicaUrl, 'postgres://postgres:secret@127.0.0.1:9/replicated'] })
  await expect.poll(() => stale.replicas().map(({ state }) => state), PATIENCE).toEqual(['used', 'away'])
  expect(await Promise.all([stale.read(isReplica), stale.read(isReplica), stale.read(isReplica)])).toEqual([true, true, true])
})

it('what the program itself throws is thrown, and is not asked of the primary again', async () => {
  const stale = await openInUse()
  let ran = 0
  await expect(stale.read(async () => {
    ran++
    throw Object.assign(new Error('no such month'), { code: 'payments.no_statement' })
  })).rejects.toThrow('no such month')
  expect(ran).toBe(1)
})

it.skipIf(!hasPgBouncer())('behind PgBouncer in transaction pooling, without prepared statements', async () => {
  const pooler = await startPgBouncer(pair.replicaUrl, 2)
  const stale = await openInUse({ urls: [pooler.url], prepare: false, connections: 6 })
  expect(new Set(await Promise.all(Array.from({ length: 30 }, () => stale.read(isReplica))))).toEqual(new Set([true]))
  await stale.close()
  await pooler.close()
})

it('a role without any rights of an administrator may ask what is asked', async () => {
  await pair.primary`create role plain login password 'plain'`
  await pair.primary`grant select on notes to plain`
  await pair.caughtUp()
  const asPlain = (url: string): string => url.replace(/\/\/postgres:[^@]+@/, '//plain:plain@')
  const plain = openDatabase(asPlain(pair.primaryUrl), { max: 2 })
  const stale = await openInUse({ primary: plain, urls: [asPlain(pair.replicaUrl)] })
  expect(await stale.read(isReplica)).toBe(true)
  await plain.close()
})
