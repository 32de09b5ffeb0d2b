/** The trail of an order's money: each fen from the payment to where it is now. */
import { sql } from 'drizzle-orm'
import { fen } from '@miaodan/shared/kernel/money'
import type { LedgerEntry, MoneyTrail } from '@miaodan/shared/ledger/contract'
import { kindOf, type EntryKind } from '@miaodan/shared/ledger/model'
import type { Executor } from '../../kernel/db.ts'
import { readEntries } from './entries.ts'

/** An order has at most a few dozen entries; a trail is never longer. */
const MAX_STEPS = 500
const INCOMING: readonly EntryKind[] = ['escrow.funded', 'escrow.funded_from_balance', 'suspense.received']

/**
 * The entries of an order, oldest first (and of the instant requirement it came from), what was paid in, and where all
 * of it is now. In a person's balance money of several orders mixes; what leaves it is counted against what came first.
 */
export async function followOrder(executor: Executor, orderId: string): Promise<MoneyTrail> {
  const steps = await stepsOf(executor, orderId)
  const { paidIn, places } = placesOf(steps)
  const leaves = await leavesOf(executor, steps)
  for (const leave of leaves) {
    places.set(leave.balance, (places.get(leave.balance) ?? 0n) - leave.amount)
    places.set(leave.address, (places.get(leave.address) ?? 0n) + leave.amount)
  }
  return {
    orderId, paidIn: fen(paidIn), steps,
    places: [...places].filter(([, amount]) => amount !== 0n).map(([address, amount]) => ({ address, amount: fen(amount) })),
    leaves: leaves.map(leave => ({ entryId: leave.entryId, address: leave.address, amount: fen(leave.amount), at: leave.at, settled: leave.settled })),
  }
}

/** What came in, and what each account has of it after these entries. The amounts of `places` sum to `paidIn`. */
export function placesOf(steps: LedgerEntry[]): { paidIn: bigint, places: Map<string, bigint> } {
  let paidIn = 0n
  const places = new Map<string, bigint>()
  const add = (address: string, amount: bigint) => places.set(address, (places.get(address) ?? 0n) + amount)
  for (const step of steps) {
    for (const { from, to, amount } of step.postings) {
      if (INCOMING.includes(step.kind)) paidIn += amount.amount
      else add(from, -amount.amount)
      add(to, amount.amount)
    }
  }
  return { paidIn, places }
}

async function stepsOf(executor: Executor, orderId: string): Promise<LedgerEntry[]> {
  const order = sql`order_id = ${orderId}`
  // An instant requirement is funded before its order is made: its entries are found by the account they share.
  const requirement = sql`id in (
    select other.entry_id from ledger_entries as moved join ledger_postings as posting on posting.entry_id = moved.id
      join ledger_postings as other on other.source = posting.source or other.destination = posting.source
    where moved.order_id = ${orderId} and moved.kind = 'escrow.moved')`
  return readEntries(executor, [sql`(${order} or ${requirement})`], sql`order by at, id limit ${MAX_STEPS}`)
}

type Leave = { entryId: string, balance: string, address: string, amount: bigint, at: Date, settled: boolean }
type LeaveRow = { entry_id: string, destination: string, amount: string, at: string, settled: boolean }

async function leavesOf(executor: Executor, steps: LedgerEntry[]): Promise<Leave[]> {
  const lots = new Map<string, string[]>()
  for (const step of steps) {
    for (const posting of step.postings) {
      if (kindOf(posting.to) === 'available') lots.set(posting.to, [...lots.get(posting.to) ?? [], step.id])
    }
  }
  const leaves: Leave[] = []
  for (const [balance, entryIds] of lots) {
    for (const row of await firstInFirstOut(executor, balance, entryIds)) {
      leaves.push({ entryId: row.entry_id, balance, address: row.destination, amount: BigInt(row.amount), at: new Date(row.at), settled: row.settled })
    }
  }
  return leaves
}

/**
 * Lays what came into a balance and what left it along one line each; where the two overlap, the one was paid with the
 * other. A payout that failed neither left nor came back. Settled: the money is no longer on its way.
 */
async function firstInFirstOut(executor: Executor, balance: string, entryIds: string[]): Promise<Iterable<LeaveRow>> {
  return executor.execute<LeaveRow>(sql`
    with coming as (
      select entry_id, sum(amount) over line as upper, sum(amount) over line - amount as lower from ledger_postings
      where destination = ${balance} and source not like 'payout:%' window line as (order by id)
    ), leaving as (
      select entry_id, destination, at, sum(amount) over line as upper, sum(amount) over line - amount as lower from ledger_postings as posting
      where source = ${balance} and not exists (select 1 from ledger_postings as back where back.source = posting.destination and back.destination = ${balance} and back.source like 'payout:%')
      window line as (order by id)
    )
    select leaving.entry_id, destination, at, least(coming.upper, leaving.upper) - greatest(coming.lower, leaving.lower) as amount, ledger_balance(destination) = 0 as settled
    from coming join leaving on leaving.lower < coming.upper and leaving.upper > coming.lower
    where coming.entry_id = any(${sql.param(entryIds)}::uuid[]) order by leaving.lower`)
}
