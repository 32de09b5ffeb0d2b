import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { AT, fundedOrder, openBooks, type Books } from '../../../test/books.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { balanceOf, entriesOf, post, refundReleased, releaseMilestone, requestPayout, verifyBooks, type NewEntry } from './index.ts'
import { takeCheckpoint } from './checkpoint.ts'

const CONNECTIONS = 16
let books: Books
beforeAll(async () => { books = await openBooks({ max: CONNECTIONS }) })
afterAll(async () => books.close())

function move(from: string, to: string, amount: bigint): NewEntry {
  const id = randomUUID()
  return { key: `test:${id}`, kind: 'escrow.moved', chain: `test:${id}`, currency: 'CNY', refs: {}, at: AT, postings: [{ from, to, amount }] }
}

test('16 connections that spend the same balance spend it once', async () => {
  const userId = randomUUID()
  await books.post(move(accountOf.gateway('sandbox'), accountOf.available(userId), 1_000n))
  const results = await Promise.allSettled(Array.from({ length: 64 }, async () => books.post(requestPayout({ payoutId: randomUUID(), userId, amount: 300n, at: AT }))))
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(3)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'ledger.insufficient_balance' })
  expect(await balanceOf(books.db, accountOf.available(userId))).toBe(100n)
})

test('the same event told by 16 connections at once is posted once', async () => {
  const userId = randomUUID()
  await books.post(move(accountOf.gateway('sandbox'), accountOf.available(userId), 1_000n))
  const entry = requestPayout({ payoutId: randomUUID(), userId, amount: 300n, at: AT })
  const results = await Promise.all(Array.from({ length: 32 }, async () => books.post(entry)))
  expect(results.filter(result => !result.replayed)).toHaveLength(1)
  expect(new Set(results.map(result => result.entryId)).size).toBe(1)
  expect(await balanceOf(books.db, accountOf.available(userId))).toBe(700n)
})

test('entries that need the same accounts in opposite orders, new ones too, never deadlock', async () => {
  const before = await deadlocks()
  for (let round = 0; round < 6; round++) {
    const wallets = Array.from({ length: 6 }, () => accountOf.available(randomUUID()))
    await books.post({ ...move(accountOf.gateway('sandbox'), wallets[0] as string, 1n), postings: wallets.slice(0, 3).map(to => ({ from: accountOf.gateway('sandbox'), to, amount: 10_000n })) })
    await Promise.all(Array.from({ length: 64 }, async (_, turn) => {
      const ring = turn % 2 === 0 ? wallets : wallets.toReversed()
      const start = turn % ring.length
      // Money is given before it is taken, so that the walk round the ring never runs out.
      const stops = [accountOf.gateway('sandbox'), ...ring.slice(start), ...ring.slice(0, start)]
      const postings = stops.slice(1).map((to, index) => ({ from: stops[index] as string, to, amount: 1n }))
      // Without a retry: a deadlock would be seen.
      await books.db.transaction(async tx => post(tx, { ...move('', '', 1n), postings }))
    }))
  }
  expect(await deadlocks()).toBe(before)

  async function deadlocks(): Promise<string> {
    const [row] = await books.db.execute<{ deadlocks: string }>(sql`select deadlocks from pg_stat_database where datname = current_database()`)
    return row?.deadlocks ?? ''
  }
})

test('two milestones of an order released at once pay the minimum fee once', async () => {
  const order = await fundedOrder(books, 1_000n)
  const other = await fundedOrder(books, 1_000n, { orderId: order.orderId, providerId: order.providerId })
  const terms = { feeBps: 100, minimum: 50n }
  const released = await Promise.all([order, other].map(async facts => inTransaction(books.db, async tx => releaseMilestone(tx, { ...facts, terms, amount: 1_000n, at: AT }))))
  expect(released.map(({ fee }) => fee).toSorted((a, b) => Number(a - b))).toEqual([0n, 50n])
})

test('all of a milestone can be taken back, whichever of them the minimum fee fell on', async () => {
  const order = await fundedOrder(books, 1_000n)
  const other = await fundedOrder(books, 1_000n, { orderId: order.orderId, providerId: order.providerId })
  const terms = { feeBps: 100, minimum: 50n }
  for (const facts of [order, other]) await inTransaction(books.db, async tx => releaseMilestone(tx, { ...facts, terms, amount: 1_000n, at: AT }))
  const back = []
  for (const facts of [order, other]) back.push((await inTransaction(books.db, async tx => refundReleased(tx, { ...facts, amount: 1_000n, at: AT }))).fee)
  expect(back).toEqual([50n, 0n])
  await expect(inTransaction(books.db, async tx => refundReleased(tx, { ...order, refundId: randomUUID(), amount: 1n, at: AT }))).rejects.toMatchObject({ code: 'ledger.insufficient_balance' })
})

test('a process killed within its transaction leaves nothing', async () => {
  const [userId, payoutId] = [randomUUID(), randomUUID()]
  await books.post(move(accountOf.gateway('sandbox'), accountOf.available(userId), 500n))
  const program = fileURLToPath(new URL('../../../test/post-and-wait.ts', import.meta.url))
  const child = spawn(process.execPath, [program, '--url', books.url, '--payout', payoutId, '--user', userId, '--at', AT.toISOString()], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(child.stdout, 'data')
  expect(String(said)).toBe('posted\n')
  expect(await balanceOf(books.db, accountOf.available(userId))).toBe(500n)
  child.kill('SIGKILL')
  // Waits for the dead one's locks, finds its key free and its balance untouched.
  expect(await books.post(requestPayout({ payoutId, userId, amount: 500n, at: AT }))).toMatchObject({ replayed: false })
  expect(await balanceOf(books.db, accountOf.payout(userId, payoutId))).toBe(500n)
  expect((await entriesOf(books.db, { userId }, { limit: 10 })).items).toHaveLength(1)
})

test('a checkpoint waits for a posting that was numbered before it and commits after it', async () => {
  const gateway = accountOf.gateway('late')
  await books.post(move(gateway, accountOf.available(randomUUID()), 5n))
  let release = (): void => {}
  const held = new Promise<void>(done => { release = done })
  let numbered = (): void => {}
  const isNumbered = new Promise<void>(done => { numbered = done })
  const late = books.db.transaction(async tx => {
    await post(tx, move(gateway, accountOf.available(randomUUID()), 7n))
    numbered()
    await held
  })
  await isNumbered
  await books.post(move(gateway, accountOf.available(randomUUID()), 11n))
  // The first call only marks. While the late transaction runs, no call goes past its number.
  for (let turn = 0; turn < 3; turn++) await takeCheckpoint(books.db, AT)
  release()
  await late
  // Transactions of other tests' databases on this server also count as running: it may take more turns than the two it takes alone.
  await expect.poll(async () => {
    expect(await balanceOf(books.db, gateway)).toBe(-23n)
    await takeCheckpoint(books.db, AT)
    const [checkpoint] = await books.db.execute<{ balance: string }>(sql`select balance from ledger_checkpoints where address = ${gateway}`)
    return checkpoint?.balance
  }, { timeout: 20_000, interval: 10 }).toBe('-23')
  expect((await verifyBooks(books.db)).faults).toEqual([])
})
