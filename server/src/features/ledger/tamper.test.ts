/** Somebody with all rights over the database can change a row. They cannot hide it. */
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { AT, fundedOrder, type Books, type OrderFacts } from '../../../test/books.ts'
import { openDatabase, type Tx } from '../../kernel/db.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { post, refundEscrow, verifyBooks, verifyChain } from './index.ts'

let books: Books
let order: OrderFacts
beforeEach(async () => {
  const database = await createTestDatabase()
  const { db, sql: statements, close } = openDatabase(database.url, { max: 2 })
  books = {
    url: database.url, db, sql: statements, post: entry => inTransaction(db, async tx => post(tx, entry)),
    close: async () => {
      await close()
      await database.drop()
    },
  }
  order = await fundedOrder(books, 1_000n)
  await books.post(refundEscrow({ ...order, amount: 400n, at: AT }))
})
afterEach(async () => books.close())

/** As a superuser who switches the guards off, changes something and switches them on again. */
async function tamper(work: (tx: Tx) => Promise<unknown>): Promise<void> {
  const tables = ['ledger_accounts', 'ledger_entries', 'ledger_postings']
  await books.db.transaction(async tx => {
    for (const table of tables) await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
    await work(tx)
    for (const table of tables) await tx.execute(sql.raw(`alter table ${table} enable trigger user`))
  })
}

test('untouched books are in order', async () => {
  expect(await verifyBooks(books.db)).toEqual({ ok: true, entries: 2n, postings: 2n, faults: [] })
})

test.each([
  ['a posting, with the balances made to fit', ['chain_broken'], `
    update ledger_postings set amount = 500, source_balance = 500 where amount = 400;
    update ledger_accounts set balance = 500 where balance is not null`],
  ['a balance', ['balance_not_postings', 'sum_not_zero'], 'update ledger_accounts set balance = balance + 1 where balance = 600'],
  ['where money went', ['balance_not_postings', 'chain_broken'], `update ledger_postings set destination = 'available:thief' where amount = 400`],
  ['the time of an entry', ['chain_broken'], `update ledger_entries set at = at - interval '1 day' where sequence = 2`],
  ['the memo of an entry', ['chain_broken'], `update ledger_entries set memo = 'as agreed' where sequence = 1`],
  ['the content and its hash', ['chain_broken'], `
    update ledger_entries as e set memo = 'as agreed', content_hash = ledger_content_hash(key, kind, chain, currency, order_id, milestone_id, payment_id, user_id,
      (select string_agg(source || '>' || destination || ' ' || amount, E'\\n' order by ordinal) from ledger_postings where entry_id = e.id), 'as agreed') where sequence = 1;
    update ledger_entries set hash = ledger_chain_hash(previous_hash, sequence, id, at, content_hash) where sequence = 1`],
  ['an entry away from the middle', ['chain_broken'], `
    delete from ledger_postings where entry_id in (select id from ledger_entries where sequence = 1); delete from ledger_entries where sequence = 1`],
  ['an entry by a posting more', ['chain_broken'], `
    insert into ledger_postings (entry_id, ordinal, source, destination, amount, currency, at) select id, 9, 'gateway:sandbox', 'platform:fee', 5, 'CNY', at from ledger_entries where sequence = 1`],
  ['the postings of an entry away', ['chain_broken'], 'delete from ledger_postings where amount = 400'],
  ['the month of postings away', ['chain_broken', 'balance_not_postings'], `do $$ declare month regclass := (select tableoid from ledger_postings limit 1); begin
    execute format('alter table ledger_postings detach partition %s', month); end $$`],
])('changing %s shows', async (_, checks, statement) => {
  await tamper(async tx => tx.execute(sql.raw(statement)))
  const { ok, faults } = await verifyBooks(books.db)
  expect(ok).toBe(false)
  expect(faults.map(fault => fault.check)).toEqual(expect.arrayContaining(checks))
  if (checks.includes('chain_broken')) expect(await verifyChain(books.db, `order:${order.orderId}`)).not.toEqual([])
})

test('a checkpoint that was changed shows', async () => {
  await books.db.execute(sql`insert into ledger_checkpoints (address, posting_id, balance, taken_at) values ('gateway:sandbox', 1, -900, now())`)
  expect((await verifyBooks(books.db)).faults.map(fault => fault.check).toSorted()).toEqual(['checkpoint_not_postings', 'sum_not_zero'])
})
