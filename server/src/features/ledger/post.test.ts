import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountOf, MAX_MEMO_LENGTH, MAX_POSTING_AMOUNT, MAX_POSTINGS } from '@miaodan/shared/ledger/model'
import { AT, fundedOrder, newOrder, openBooks, type Books } from '../../../test/books.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { balanceOf, clear, entriesOf, fundEscrow, postAll, refundEscrow, requestPayout, verifyChain, type NewEntry } from './index.ts'

let books: Books
beforeAll(async () => { books = await openBooks() })
afterAll(async () => books.close())

/** An entry with nothing special about it, for tests of what makes one special. */
function plain(changes: Partial<NewEntry> = {}): NewEntry {
  const id = randomUUID()
  return {
    key: `test:${id}`, kind: 'escrow.funded', chain: `test:${id}`, currency: 'CNY', refs: {}, at: AT,
    postings: [{ from: accountOf.gateway('sandbox'), to: accountOf.escrow(id), amount: 100n }], ...changes,
  }
}

describe('a key', () => {
  test('is posted once: the same content again changes nothing, also at a later time', async () => {
    const order = await fundedOrder(books, 5_000n)
    const again = fundEscrow({ ...order, channel: 'sandbox', shares: [{ milestoneId: order.milestoneId, amount: 5_000n }], at: new Date(AT.getTime() + 60_000) })
    expect(await books.post(again)).toMatchObject({ replayed: true })
    expect(await balanceOf(books.db, accountOf.escrow(order.milestoneId))).toBe(5_000n)
    expect((await entriesOf(books.db, { orderId: order.orderId }, { limit: 10 })).items).toHaveLength(1)
  })

  test.each([
    ['amount', { postings: [{ from: accountOf.gateway('sandbox'), to: accountOf.escrow('x'), amount: 101n }] }],
    ['account', { postings: [{ from: accountOf.gateway('sandbox'), to: accountOf.escrow('y'), amount: 100n }] }],
    ['memo', { memo: 'other' }],
    ['kind', { kind: 'escrow.moved' as const }],
    ['person', { refs: { userId: randomUUID() } }],
    ['chain', { chain: 'test:another' }],
    ['posting hidden in its memo', { memo: 'gateway:sandbox>escrow:x 100\n' }],
  ])('with another %s is a broken invariant', async (_, change) => {
    const entry = plain({ postings: [{ from: accountOf.gateway('sandbox'), to: accountOf.escrow('x'), amount: 100n }] })
    await books.post(entry)
    await expect(books.post({ ...entry, ...change })).rejects.toMatchObject({ name: 'LedgerInvariantError', code: 'ledger.key_conflict' })
  })

  test('twice in one call is posted once', async () => {
    const entry = plain()
    const posted = await inTransaction(books.db, async tx => postAll(tx, [entry, entry]))
    expect(posted.map(({ replayed }) => replayed)).toEqual([false, true])
    expect(posted[0]?.entryId).toBe(posted[1]?.entryId)
  })
})

describe('an account', () => {
  test('of a person never goes below zero, and nothing of the entry stays', async () => {
    const order = await fundedOrder(books, 1_000n)
    await expect(books.post(refundEscrow({ ...order, amount: 1_001n, at: AT }))).rejects.toMatchObject({ code: 'ledger.insufficient_balance' })
    await expect(books.post(requestPayout({ payoutId: randomUUID(), userId: randomUUID(), amount: 1n, at: AT }))).rejects.toMatchObject({ code: 'ledger.insufficient_balance' })
    expect(await balanceOf(books.db, accountOf.escrow(order.milestoneId))).toBe(1_000n)
    expect(await balanceOf(books.db, accountOf.refund(order.payerId, order.refundId))).toBe(0n)
  })

  test('lets money pass through within one entry, but not before it has come', async () => {
    const [first, second] = [accountOf.escrow(randomUUID()), accountOf.escrow(randomUUID())]
    const coming = { from: accountOf.gateway('sandbox'), to: first, amount: 7n }
    const going = { from: first, to: second, amount: 7n }
    await books.post(plain({ postings: [coming, going] }))
    expect([await balanceOf(books.db, first), await balanceOf(books.db, second)]).toEqual([0n, 7n])
    const third = accountOf.escrow(randomUUID())
    await expect(books.post(plain({ postings: [{ from: third, to: second, amount: 7n }, { ...coming, to: third }] }))).rejects.toMatchObject({ code: 'ledger.insufficient_balance' })
  })

  test('has one currency', async () => {
    const milestone = accountOf.escrow(randomUUID())
    await books.post(plain({ postings: [{ from: accountOf.gateway('sandbox'), to: milestone, amount: 7n }] }))
    const inDollars = { ...plain({ postings: [{ from: accountOf.gateway('usd'), to: milestone, amount: 7n }] }), currency: 'USD' } as unknown as NewEntry
    await expect(books.post(inDollars)).rejects.toMatchObject({ code: 'ledger.currency_mismatch' })
  })

  test.each(['escrow', 'escrow:', 'savings:1', 'escrow:A B', 'escrow:1\n', `escrow:${'1'.repeat(200)}`])('cannot be called %j', async address => {
    await expect(books.post(plain({ postings: [{ from: accountOf.gateway('sandbox'), to: address, amount: 1n }] }))).rejects.toMatchObject({ code: 'ledger.malformed' })
  })
})

describe('an entry has limits', () => {
  const to = (amount: bigint) => ({ from: accountOf.gateway('sandbox'), to: accountOf.escrow(randomUUID()), amount })

  test.each([
    ['no postings', { postings: [] }],
    ['too many postings', { postings: Array.from({ length: MAX_POSTINGS + 1 }, () => to(1n)) }],
    ['an amount of zero', { postings: [to(0n)] }],
    ['a negative amount', { postings: [to(-1n)] }],
    ['too large an amount', { postings: [to(MAX_POSTING_AMOUNT + 1n)] }],
    ['an amount beyond 64 bits', { postings: [to(1n << 64n)] }],
    ['a posting to where it came from', { postings: [{ from: accountOf.fee, to: accountOf.fee, amount: 1n }] }],
    ['too long a memo', { memo: 'm'.repeat(MAX_MEMO_LENGTH + 1) }],
    ['a key with a line break', { key: 'a\nb' }],
    ['an order that is no id', { refs: { orderId: 'none' } }],
  ])('%s is refused', async (_, change) => {
    await expect(books.post(plain(change))).rejects.toMatchObject({ name: 'LedgerInvariantError', code: 'ledger.malformed' })
  })

  test('the largest one allowed is posted', async () => {
    const postings = Array.from({ length: MAX_POSTINGS }, () => to(MAX_POSTING_AMOUNT))
    expect(await books.post(plain({ postings, memo: '账'.repeat(MAX_MEMO_LENGTH) }))).toMatchObject({ replayed: false })
  })
})

describe('the chain', () => {
  test('carries SHA-256 hashes that anybody can compute from the rows', async () => {
    const order = await fundedOrder(books, 900n)
    await books.post(refundEscrow({ ...order, amount: 900n, memo: '买卖双方\n同意', at: AT }))
    const entries = (await entriesOf(books.db, { orderId: order.orderId }, { limit: 10 })).items.toSorted((a, b) => a.sequence - b.sequence)
    let before = Buffer.alloc(0)
    for (const entry of entries) {
      const { orderId, milestoneId, paymentId, userId } = entry.refs
      const body = entry.postings.map(posting => `${posting.from}>${posting.to} ${posting.amount.amount}`)
      const content = sha256([entry.key, entry.kind, entry.chain, 'CNY', orderId ?? '-', milestoneId ?? '-', paymentId ?? '-', userId ?? '-', ...body, '', entry.memo].join('\n'))
      const hash = sha256(Buffer.concat([before, Buffer.from(`\n${entry.sequence}\n${entry.id}\n${entry.at.getTime() * 1_000}\n`), content]))
      expect(entry.hash).toBe(hash.toString('hex'))
      before = hash
    }
    expect(entries.map(entry => entry.sequence)).toEqual([1, 2])
    expect(await verifyChain(books.db, `order:${order.orderId}`)).toEqual([])
  })

  function sha256(data: string | Buffer): Buffer<ArrayBuffer> {
    return Buffer.from(createHash('sha256').update(data).digest())
  }
})

test('a lot in clearing can be cleared once, even under another key', async () => {
  const order = newOrder()
  const lot = accountOf.clearing(order.providerId, order.milestoneId)
  await books.post(plain({ postings: [{ from: accountOf.gateway('sandbox'), to: lot, amount: 50n }] }))
  const cleared = clear({ ...order, amount: 50n, at: AT })
  await books.post(cleared)
  await expect(books.post({ ...cleared, key: `${cleared.key}:again` })).rejects.toMatchObject({ code: 'ledger.insufficient_balance' })
})

describe('SQL sent past the ledger is refused', () => {
  const milestone = randomUUID()
  beforeAll(async () => {
    await fundedOrder(books, 300n, { milestoneId: milestone })
    await books.db.execute(sql`select ensure_month('ledger_postings', '2021-03-01')`)
  })

  test('also through a month of the postings: the one that is filled, an empty one, and what takes the rest', async () => {
    const [filled] = await books.db.execute<{ partition: string }>(sql`select tableoid::regclass::text as partition from ledger_postings limit 1`)
    for (const partition of [filled?.partition, 'ledger_postings_2021_03', 'ledger_postings_default']) {
      expect(partition).toMatch(/^ledger_postings_(\d{4}_\d{2}|default)$/)
      const insert = `insert into ${partition} (entry_id, ordinal, source, destination, amount, currency, at) select id, 50, 'gateway:sandbox', 'available:thief', 100, 'CNY', at from ledger_entries limit 1`
      for (const statement of [`update ${partition} set amount = amount + 1`, `delete from ${partition}`, `truncate ${partition}`, insert]) {
        await expect(books.db.execute(sql.raw(statement)), statement).rejects.toMatchObject({ cause: { code: statement === insert ? 'LG003' : 'LG004' } })
        if (statement === insert) continue
        const replica = books.db.transaction(async tx => {
          await tx.execute(sql`set local session_replication_role = replica`)
          await tx.execute(sql.raw(statement))
        })
        await expect(replica, statement).rejects.toMatchObject({ cause: { code: 'LG004' } })
      }
    }
    expect(await balanceOf(books.db, accountOf.escrow(milestone))).toBe(300n)
  })

  test.each([
    'update ledger_postings set amount = amount + 1',
    'delete from ledger_postings',
    'truncate ledger_postings',
    "update ledger_entries set memo = 'nothing'",
    'delete from ledger_entries',
    'truncate ledger_entries cascade',
    'update ledger_accounts set balance = balance + 1',
    `insert into ledger_accounts (address, currency, balance, opened_at) values ('available:thief', 'CNY', 100, now())`,
    'delete from ledger_accounts',
    'truncate ledger_accounts',
    `insert into ledger_postings (entry_id, ordinal, source, destination, amount, currency, at) select id, 50, 'gateway:sandbox', 'available:thief', 100, 'CNY', at from ledger_entries limit 1`,
    `insert into ledger_accounts (address, currency, balance, opened_at) values ('platform:fee2', 'CNY', 0, now())`,
  ])('%s', async statement => {
    await expect(books.db.execute(sql.raw(statement))).rejects.toMatchObject({ cause: { code: expect.stringMatching(/^LG00[34]$/) } })
    // For a session that has switched ordinary triggers off.
    if (!statement.startsWith('insert')) {
      const replica = books.db.transaction(async tx => {
        await tx.execute(sql`set local session_replication_role = replica`)
        await tx.execute(sql.raw(statement))
      })
      await expect(replica).rejects.toMatchObject({ cause: { code: 'LG004' } })
    }
    expect(await balanceOf(books.db, accountOf.escrow(milestone))).toBe(300n)
  })
})
