/** Whatever happens at the same time, in whatever order and however often it is told: the money is all there. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProblemError } from '@miaodan/shared/kernel/problem'
import { accountOf } from '@miaodan/shared/ledger/model'
import { AT, newOrder, openBooks, type Books, type OrderFacts } from '../../../test/books.ts'
import { inTransaction } from '../../kernel/tx.ts'
import {
  balanceOf, clear, creditRefund, followOrder, fundEscrow, fundRequirement, LedgerInvariantError, moveEscrow, payFromBalance, payoutFailed, payoutPaid, post,
  receiveSuspense, refundEscrow, refundReleased, refundSent, releaseMilestone, requestPayout, returnSuspense, verifyBooks, type FeeTerms, type NewEntry,
} from './index.ts'

let books: Books
beforeAll(async () => { books = await openBooks() })
afterAll(async () => books.close())

const PRICE = 10_000n
const channel = 'sandbox'
const LANES = 6

/** People are few, so that orders meet in the same balances. */
const people = Array.from({ length: 3 }, () => randomUUID())
type Deal = OrderFacts & { terms: FeeTerms }
type Step = { deal: number, does: keyof typeof actions, amount: bigint }

const posts = (build: (deal: Deal, amount: bigint) => NewEntry) => (deal: Deal, amount: bigint) => inTransaction(books.db, async tx => post(tx, build(deal, amount)))
const actions = {
  fund: posts(deal => fundEscrow({ ...deal, channel, shares: [{ milestoneId: deal.milestoneId, amount: PRICE }], at: AT })),
  fundFromBalance: posts(deal => payFromBalance({ ...deal, paymentId: deal.requirementId, shares: [{ milestoneId: deal.milestoneId, amount: PRICE }], at: AT })),
  fundRequirement: posts(deal => fundRequirement({ ...deal, paymentId: deal.refundId, channel, amount: PRICE, at: AT })),
  moveEscrow: posts(deal => moveEscrow({ ...deal, shares: [{ milestoneId: deal.milestoneId, amount: PRICE }], at: AT })),
  release: (deal: Deal, amount: bigint) => inTransaction(books.db, async tx => releaseMilestone(tx, { ...deal, amount, at: AT })),
  refund: posts((deal, amount) => refundEscrow({ ...deal, amount, at: AT })),
  refundReleased: (deal: Deal, amount: bigint) => inTransaction(books.db, async tx => refundReleased(tx, { ...deal, amount, at: AT })),
  refundSent: posts((deal, amount) => refundSent({ ...deal, channel, amount, at: AT })),
  creditRefund: posts((deal, amount) => creditRefund({ ...deal, amount, at: AT })),
  clear: posts((deal, amount) => clear({ ...deal, amount, at: AT })),
  requestPayout: posts((deal, amount) => requestPayout({ ...deal, userId: deal.providerId, amount, at: AT })),
  payoutPaid: posts((deal, amount) => payoutPaid({ ...deal, userId: deal.providerId, channel, amount, at: AT })),
  payoutFailed: posts((deal, amount) => payoutFailed({ ...deal, userId: deal.providerId, amount, at: AT })),
  payTwice: posts(deal => receiveSuspense({ ...deal, channel, receipt: deal.paymentId, amount: PRICE, at: AT })),
  returnTwice: posts(deal => returnSuspense({ ...deal, channel, receipt: deal.paymentId, amount: PRICE, at: AT })),
}

/** Two amounts, so that a repeated step is now the same and now a conflict, and so that steps fit each other often. */
const steps = fc.array(fc.record({
  deal: fc.nat(2),
  does: fc.constantFrom(...Object.keys(actions) as Step['does'][]),
  amount: fc.constantFrom(PRICE, PRICE / 4n + 1n),
}), { minLength: 20, maxLength: 80 })

/** Steps of one lane follow each other, lanes run at the same time: so money gets far, and still everything meets everything. */
function lanesOf(list: Step[]): Step[][] {
  return Array.from({ length: LANES }, (_, lane) => list.filter((_, index) => index % LANES === lane))
}

/** Everybody has an order in escrow and some balance, else few of the random steps would find money to move. */
async function begin(deal: Deal): Promise<void> {
  await actions.fund(deal, PRICE)
  const earlier = newOrder({ payerId: deal.payerId })
  await actions.fund({ ...earlier, terms: deal.terms }, PRICE)
  await actions.refund({ ...earlier, terms: deal.terms }, PRICE)
  await actions.creditRefund({ ...earlier, terms: deal.terms }, PRICE)
}

const seen = { moved: new Set<string>(), replayed: new Set<string>(), 'ledger.insufficient_balance': new Set<string>(), 'ledger.key_conflict': new Set<string>() }

async function attempt(deal: Deal, step: Step): Promise<void> {
  try {
    const { replayed } = await actions[step.does](deal, step.amount)
    seen[replayed ? 'replayed' : 'moved'].add(step.does)
  } catch (error) {
    if (!(error instanceof ProblemError || error instanceof LedgerInvariantError) || !(error.code in seen)) throw error
    seen[error.code as keyof typeof seen].add(step.does)
  }
}

test('any interleaving of money movements keeps the books in order', async () => {
  await fc.assert(fc.asyncProperty(steps, fc.integer({ min: 0, max: 2_000 }), async (list, feeBps) => {
    const deals: Deal[] = people.map((payerId, index) => ({ ...newOrder({ payerId, providerId: people[(index + 1) % people.length] as string }), terms: { feeBps, minimum: 30n, maximum: 900n } }))
    await Promise.all(deals.map(begin))
    await Promise.all(lanesOf(list).map(async lane => {
      for (const step of lane) await attempt(deals[step.deal] as Deal, step)
    }))
    const report = await verifyBooks(books.db)
    expect(report.faults).toEqual([])
    for (const deal of deals) {
      const trail = await followOrder(books.db, deal.orderId)
      expect(trail.places.reduce((sum, place) => sum + place.amount.amount, 0n)).toBe(trail.paidIn.amount)
      expect(trail.places.filter(place => place.amount.amount < 0n)).toEqual([])
    }
  }), { numRuns: 25 })
  // Else the property would hold because nothing happened.
  expect(Object.values(seen).map(kinds => kinds.size > 0)).toEqual([true, true, true, true])
  expect(seen.moved.size).toBeGreaterThan(Object.keys(actions).length * 2 / 3)
}, 120_000)

test('fee, net and refund of a milestone add up to its price, and telling it all again changes nothing', async () => {
  await fc.assert(fc.asyncProperty(fc.bigInt({ min: 2n, max: 1_000_000n }), fc.integer({ min: 0, max: 3_000 }), fc.nat(100), fc.nat(100), async (price, feeBps, refundedShare, takenBackShare) => {
    const deal = newOrder()
    const terms = { feeBps, minimum: 100n }
    const refunded = price * BigInt(refundedShare) / 101n
    const released = price - refunded
    const takenBack = released * BigInt(takenBackShare) / 100n
    const secondRefund = randomUUID()
    const play = () => inTransaction(books.db, async tx => {
      const replays = [await post(tx, fundEscrow({ ...deal, channel, shares: [{ milestoneId: deal.milestoneId, amount: price }], at: AT }))]
      if (refunded > 0n) replays.push(await post(tx, refundEscrow({ ...deal, amount: refunded, at: AT })))
      const release = await releaseMilestone(tx, { ...deal, terms, amount: released, at: AT })
      const back = takenBack > 0n ? await refundReleased(tx, { ...deal, refundId: secondRefund, amount: takenBack, at: AT }) : undefined
      return { replayed: [...replays, release, ...(back ? [back] : [])].map(step => step.replayed), fee: release.fee - (back?.fee ?? 0n), net: release.net - (back?.net ?? 0n) }
    })
    const first = await play()
    expect(first.replayed).not.toContain(true)
    expect(first.fee + first.net + refunded + takenBack).toBe(price)
    const again = await play()
    expect(again.replayed).not.toContain(false)
    expect([again.fee, again.net]).toEqual([first.fee, first.net])
    expect(await balanceOf(books.db, accountOf.clearing(deal.providerId, deal.milestoneId))).toBe(first.net)
    expect(await balanceOf(books.db, accountOf.refund(deal.payerId, deal.refundId)) + await balanceOf(books.db, accountOf.refund(deal.payerId, secondRefund))).toBe(refunded + takenBack)
  }), { numRuns: 60 })
}, 60_000)
