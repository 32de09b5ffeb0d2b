/** The ledger on a database of its own, with an order to play with. */
import { randomUUID } from 'node:crypto'
import { fundEscrow, post, verifyBooks, type NewEntry, type Posted } from '../src/features/ledger/index.ts'
import { openDatabase, type Db, type Sql } from '../src/kernel/db.ts'
import { inTransaction } from '../src/kernel/tx.ts'
import { createTestDatabase } from './database.ts'

/** A moment of the product's clock: the ledger never asks for the time itself. */
export const AT = new Date('2026-03-01T08:00:00.000Z')

export type Books = { url: string, db: Db, sql: Sql, post: (entry: NewEntry) => Promise<Posted>, close: () => Promise<void> }

/** Call it once a file, in beforeAll. `close` fails when the books are not in order, whatever the tests did. */
export async function openBooks(options: { max?: number } = {}): Promise<Books> {
  const database = await createTestDatabase()
  const { db, sql, close } = openDatabase(database.url, options)
  return {
    url: database.url, db, sql,
    post: entry => inTransaction(db, async tx => post(tx, entry)),
    close: async () => {
      const report = await verifyBooks(db)
      await close()
      await database.drop()
      if (!report.ok) throw new Error(`the books are not in order: ${JSON.stringify(report.faults)}`)
    },
  }
}

export type OrderFacts = { orderId: string, milestoneId: string, paymentId: string, payerId: string, providerId: string, refundId: string, payoutId: string, requirementId: string }

export function newOrder(facts: Partial<OrderFacts> = {}): OrderFacts {
  return {
    orderId: randomUUID(), milestoneId: randomUUID(), paymentId: randomUUID(), payerId: randomUUID(), providerId: randomUUID(),
    refundId: randomUUID(), payoutId: randomUUID(), requirementId: randomUUID(), ...facts,
  }
}

/** An order of one milestone whose price is in escrow. */
export async function fundedOrder(books: Books, amount: bigint, facts: Partial<OrderFacts> = {}): Promise<OrderFacts> {
  const order = newOrder(facts)
  await books.post(fundEscrow({ ...order, channel: 'sandbox', shares: [{ milestoneId: order.milestoneId, amount }], at: AT }))
  return order
}
