import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fen } from '@miaodan/shared/kernel/money'
import { accountOf } from '@miaodan/shared/ledger/model'
import { AT, fundedOrder, newOrder, openBooks, type Books } from '../../../test/books.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { accountAt, listAccounts, trialBalance } from './accounts.ts'
import {
  balancesOf, balancesUnder, clear, creditRefund, entriesOf, followOrder, fundRequirement, moveEscrow, payoutFailed, payoutPaid, refundEscrow, refundSent, releaseMilestone,
  requestPayout, statementOf, whereIsMyMoney,
} from './index.ts'

let books: Books
beforeAll(async () => { books = await openBooks() })
afterAll(async () => books.close())

const terms = { feeBps: 1_000 }

describe('a statement', () => {
  test('has each movement with the balance after it, newest first, page by page', async () => {
    const userId = randomUUID()
    for (const amount of [100n, 200n, 300n]) {
      const order = await fundedOrder(books, amount, { payerId: userId })
      await books.post(refundEscrow({ ...order, amount, at: AT }))
      await books.post(creditRefund({ ...order, amount, at: AT }))
    }
    const payoutId = randomUUID()
    await books.post(requestPayout({ payoutId, userId, amount: 450n, at: AT }))
    const lines = []
    for (let cursor: string | undefined; ;) {
      const page = await statementOf(books.db, accountOf.available(userId), { cursor, limit: 3 })
      lines.push(...page.items)
      if (!page.next) break
      cursor = page.next
    }
    expect(lines.map(line => [line.change.amount, line.balance?.amount])).toEqual([[-450n, 150n], [300n, 600n], [200n, 300n], [100n, 100n]])
    expect(lines[0]).toMatchObject({ kind: 'payout.requested', counterpart: accountOf.payout(userId, payoutId), at: AT, refs: { userId } })
  })

  test('of a platform account has no running balance', async () => {
    const { items } = await statementOf(books.db, accountOf.gateway('sandbox'), { limit: 1 })
    expect(items[0]?.balance).toBeNull()
  })
})

test("a person's money is told with order, milestone and since when", async () => {
  const order = await fundedOrder(books, 1_000n)
  const other = await fundedOrder(books, 500n, { providerId: order.providerId })
  await inTransaction(books.db, async tx => releaseMilestone(tx, { ...order, terms, amount: 1_000n, at: AT }))
  const places = await whereIsMyMoney(books.db, order.providerId, [order.milestoneId, other.milestoneId])
  expect(places.map(place => [place.kind, place.balance.amount, place.opener.orderId, place.opener.milestoneId])).toEqual([
    ['clearing', 900n, order.orderId, order.milestoneId], ['escrow', 500n, other.orderId, other.milestoneId],
  ])
  expect(places[0]?.openedAt).toEqual(AT)
  expect(await whereIsMyMoney(books.db, randomUUID())).toEqual([])
  expect(await balancesUnder(books.db, `clearing:${order.providerId}:`)).toEqual([{ address: accountOf.clearing(order.providerId, order.milestoneId), balance: 900n }])
  expect(await balancesOf(books.db, [accountOf.escrow(order.milestoneId), accountOf.escrow(other.milestoneId)])).toEqual(new Map([[accountOf.escrow(order.milestoneId), 0n], [accountOf.escrow(other.milestoneId), 500n]]))
})

describe("an order's money", () => {
  test('is followed from an instant requirement to refund, fee and payout', async () => {
    const order = newOrder()
    const secondPayout = randomUUID()
    await books.post(fundRequirement({ ...order, channel: 'sandbox', amount: 1_000n, at: AT }))
    await books.post(moveEscrow({ ...order, shares: [{ milestoneId: order.milestoneId, amount: 1_000n }], at: AT }))
    await books.post(refundEscrow({ ...order, amount: 200n, at: AT }))
    await books.post(refundSent({ ...order, channel: 'sandbox', amount: 200n, at: AT }))
    await inTransaction(books.db, async tx => releaseMilestone(tx, { ...order, terms, amount: 800n, at: AT }))
    await books.post(clear({ ...order, amount: 720n, at: AT }))
    await books.post(requestPayout({ ...order, userId: order.providerId, amount: 700n, at: AT }))
    await books.post(payoutFailed({ ...order, userId: order.providerId, amount: 700n, at: AT }))
    await books.post(requestPayout({ payoutId: secondPayout, userId: order.providerId, amount: 600n, at: AT }))
    const trail = await followOrder(books.db, order.orderId)
    expect(trail.steps.map(step => step.kind)).toEqual(['escrow.funded', 'escrow.moved', 'escrow.refunded', 'refund.sent', 'milestone.released', 'clearing.ended'])
    expect(trail.paidIn).toEqual(fen(1_000n))
    expect(new Map(trail.places.map(place => [place.address, place.amount.amount]))).toEqual(new Map([
      [accountOf.gateway('sandbox'), 200n], [accountOf.fee, 80n], [accountOf.available(order.providerId), 120n], [accountOf.payout(order.providerId, secondPayout), 600n],
    ]))
    expect(trail.leaves).toMatchObject([{ address: accountOf.payout(order.providerId, secondPayout), amount: fen(600n), settled: false }])
    await books.post(payoutPaid({ payoutId: secondPayout, userId: order.providerId, channel: 'sandbox', amount: 600n, at: AT }))
    expect((await followOrder(books.db, order.orderId)).leaves).toMatchObject([{ settled: true }])
  })

  test('leaves a shared balance in the order in which it came', async () => {
    const first = await fundedOrder(books, 100n)
    const second = await fundedOrder(books, 100n, { providerId: first.providerId })
    for (const order of [first, second]) {
      await inTransaction(books.db, async tx => releaseMilestone(tx, { ...order, terms: { feeBps: 0 }, amount: 100n, at: AT }))
      await books.post(clear({ ...order, amount: 100n, at: AT }))
    }
    await books.post(requestPayout({ payoutId: first.payoutId, userId: first.providerId, amount: 130n, at: AT }))
    const left = async (orderId: string) => (await followOrder(books.db, orderId)).leaves.map(leave => leave.amount.amount)
    expect([await left(first.orderId), await left(second.orderId)]).toEqual([[100n], [30n]])
  })
})

test('accounts are found by kind and by a part of the address, and only those that hold money where asked', async () => {
  const order = await fundedOrder(books, 70n)
  await books.post(refundEscrow({ ...order, amount: 70n, at: AT }))
  const found = async (filter: Parameters<typeof listAccounts>[1]) => (await listAccounts(books.db, filter, { limit: 10 })).items.map(account => account.address)
  expect(await found({ search: order.milestoneId })).toEqual([accountOf.escrow(order.milestoneId)])
  expect(await found({ search: order.milestoneId, holding: true })).toEqual([])
  expect(await found({ search: order.payerId, kind: 'refund' })).toEqual([accountOf.refund(order.payerId, order.refundId)])
  expect(await accountAt(books.db, accountOf.gateway('nowhere'))).toBeUndefined()
  const one = await listAccounts(books.db, { kind: 'escrow' }, { limit: 1 })
  const rest = await listAccounts(books.db, { kind: 'escrow' }, { limit: 100, cursor: one.next ?? undefined })
  expect(rest.items.every(account => account.address > (one.items[0]?.address ?? ''))).toBe(true)
})

test('entries about an order are paged, newest first', async () => {
  const order = await fundedOrder(books, 70n)
  await books.post(refundEscrow({ ...order, amount: 70n, at: AT }))
  const first = await entriesOf(books.db, { orderId: order.orderId }, { limit: 1 })
  const second = await entriesOf(books.db, { orderId: order.orderId }, { limit: 1, cursor: first.next ?? undefined })
  expect([...first.items, ...second.items].map(entry => entry.kind)).toEqual(['escrow.refunded', 'escrow.funded'])
  expect(second.next).toBeNull()
})

test('the trial balance is zero', async () => {
  const balance = await trialBalance(books.db)
  expect(balance.sum).toEqual(fen(0n))
  expect(balance.kinds.map(kind => kind.kind)).toContain('escrow')
  expect(balance.platform.map(account => account.address)).toContain(accountOf.gateway('sandbox'))
})
