/**
 * The gateway's bill of a day against our books: receipts, refunds and payouts, one by one. Each line of the bill must be
 * known here with the same amount, and whatever we hold for settled on that day must be on the bill.
 */
import { and, eq, gte, inArray, isNotNull, lt, ne, or } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import { idSchema } from '@miaodan/shared/kernel/ids'
import type { Reconciliation } from '@miaodan/shared/payments/wallet-model'
import type { Deps } from '../../deps.ts'
import { GatewayUnavailable } from '../../ports/payments/errors.ts'
import type { Bill, BillEntry } from '../../ports/payments/port.ts'
import { paymentReceipts, payouts, refunds } from './tables.ts'

type Kind = BillEntry['kind']
/** `no` is the gateway's number where we know it. `key` finds the pair on the bill. */
type Booked = { kind: Kind, key: string, outNo: string, no: string | null, amount: bigint }
type Difference = Reconciliation['differences'][number]

const KINDS: readonly Kind[] = ['payment', 'refund', 'transfer']

/** @throws problem `payments.day_not_over` | `payments.gateway_unavailable` */
export async function reconcile(deps: Deps, day: string): Promise<Reconciliation> {
  const from = new Date(`${day}T00:00:00+08:00`)
  if (from > deps.clock.now()) throw problem('payments.day_not_over', {}, { field: 'query.day' })
  const bill = await billOf(deps, day)
  const booked = await bookedOf(deps, { from, until: after(from, { days: 1 }), entries: bill.entries })
  const onBill = new Map(bill.entries.map(entry => [keyOf(entry), entry]))
  const known = new Map(booked.map(one => [one.key, one]))
  const ours = [...known.values()].filter(one => !onBill.has(one.key))
  const elsewhere = ours.length > 0 ? await neighbours(deps, from) : new Set<string>()
  const missingThere = ours.filter(one => !elsewhere.has(one.key))
  const counted = [...known.values()].filter(one => onBill.has(one.key) || !elsewhere.has(one.key))
  const differences = [
    ...bill.entries.flatMap((entry): Difference[] => {
      const one = known.get(keyOf(entry))
      if (one?.amount === entry.amount.amount) return []
      return [{ kind: entry.kind, outNo: entry.outNo, no: entry.no, reason: one ? 'amount' : 'missing_here', bill: entry.amount, books: one ? fen(one.amount) : null }]
    }),
    ...missingThere.map((one): Difference => ({ kind: one.kind, outNo: one.outNo, no: one.no, reason: 'missing_there', bill: null, books: fen(one.amount) })),
  ]
  return { day, gateway: deps.gateway.name, bill: bill.totals, books: totalsOf(counted), differences }
}

/** A payment by the trade's number, since a payer who paid twice has two trades of one payment; others by our own number. */
const keyOf = (entry: Pick<BillEntry, 'kind' | 'no' | 'outNo'>): string => `${entry.kind}:${entry.kind === 'payment' ? entry.no : entry.outNo}`

async function billOf(deps: Deps, day: string): Promise<Bill> {
  try {
    return await deps.gateway.bill(day)
  } catch (error) {
    if (error instanceof GatewayUnavailable) throw problem('payments.gateway_unavailable')
    throw error
  }
}

/** What we hear of shortly after midnight may stand on the bill of the day before, and the other way round. */
async function neighbours(deps: Deps, from: Date): Promise<Set<string>> {
  const days = [-1, 1].map(days => after(from, { days })).filter(day => day <= deps.clock.now())
  const bills = await Promise.all(days.map(day => billOf(deps, after(day, { hours: 8 }).toISOString().slice(0, 10))))
  return new Set(bills.flatMap(bill => bill.entries.map(keyOf)))
}

type Span = { from: Date, until: Date, entries: readonly BillEntry[] }

/** What we hold for settled on that day, and what the bill names, whenever we heard of it. */
async function bookedOf(deps: Deps, { from, until, entries }: Span): Promise<Booked[]> {
  const numbers = (kind: Kind) => entries.filter(entry => entry.kind === kind).map(entry => (kind === 'payment' ? entry.no : entry.outNo))
  const ids = (kind: Kind) => numbers(kind).filter(no => idSchema.safeParse(no).success)
  const receipts = await deps.db.select().from(paymentReceipts).where(and(eq(paymentReceipts.gateway, deps.gateway.name), or(
    inArray(paymentReceipts.tradeNo, numbers('payment')), and(gte(paymentReceipts.receivedAt, from), lt(paymentReceipts.receivedAt, until)))))
  const back = await deps.db.select().from(refunds).where(and(isNotNull(refunds.tradeNo), eq(refunds.state, 'succeeded'), or(
    inArray(refunds.id, ids('refund')), and(gte(refunds.settledAt, from), lt(refunds.settledAt, until)))))
  const paidOut = await deps.db.select().from(payouts).where(and(eq(payouts.gateway, deps.gateway.name), ne(payouts.state, 'failed'), or(
    inArray(payouts.id, ids('transfer')), and(eq(payouts.state, 'paid'), gte(payouts.endedAt, from), lt(payouts.endedAt, until)))))
  return [
    ...receipts.map((row): Booked => ({ kind: 'payment', key: `payment:${row.tradeNo}`, outNo: row.paymentId, no: row.tradeNo, amount: row.amount })),
    ...back.map((row): Booked => ({ kind: 'refund', key: `refund:${row.id}`, outNo: row.id, no: null, amount: row.amount })),
    ...paidOut.map((row): Booked => ({ kind: 'transfer', key: `transfer:${row.id}`, outNo: row.id, no: row.transferNo, amount: row.amount })),
  ]
}

function totalsOf(booked: readonly Booked[]): Reconciliation['books'] {
  const total = (kind: Kind) => {
    const some = booked.filter(one => one.kind === kind)
    return { count: some.length, amount: fen(some.reduce((sum, one) => sum + one.amount, 0n)) }
  }
  return Object.fromEntries(KINDS.map(kind => [kind, total(kind)])) as Reconciliation['books']
}
