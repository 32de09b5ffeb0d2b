/**
 * Every day of the gateway's bill is compared once it is over. Money the bill knows of and we do not (its notification
 * was lost for good) is settled then as if it had been told: used if it still fits, sent back if not. What differs after
 * that waits for finance.
 */
import { and, desc, eq, isNotNull, lt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { idSchema } from '@miaodan/shared/kernel/ids'
import { after } from '@miaodan/shared/kernel/time'
import { reconciliationSchema, type DailyReconciliation, type Reconciliation } from '@miaodan/shared/payments/wallet-model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { QueueState } from '../../kernel/queues.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { reconcile } from './reconcile.ts'
import { holdPayment, settle } from './settle.ts'
import { reconciliations } from './tables.ts'

export const RECONCILE = 'payments.reconcile'

/** A gateway's bill of a day is complete two hours after midnight in China. */
const CHINA_OFFSET_HOURS = 8
const COMPLETE_AFTER_HOURS = 2
const LOOK_BACK_DAYS = 35
const LEASE_SECONDS = 600

const dayAt = (moment: Date, hours: number): string => after(moment, { hours }).toISOString().slice(0, 10)

/** One day at a time, the oldest first. */
export async function reconcileNextDay(deps: Deps): Promise<number> {
  const day = await claimDay(deps)
  if (!day) return 0
  try {
    const first = await reconcile(deps, day)
    const found = await settleFound(deps, first)
    const report = found > 0 ? await reconcile(deps, day) : first
    if (report.differences.length > 0) deps.log.error({ day, gateway: report.gateway, differences: report.differences.length }, 'the bill of a day and the books differ')
    await deps.db.update(reconciliations).set({ reconciledAt: deps.clock.now(), claimedUntil: null, found, report: z.encode(reconciliationSchema, report) }).where(thatDay(deps, day))
  } catch (error) {
    deps.log.warn({ err: error, day }, 'a day could not be reconciled, it is tried again later')
  }
  return 1
}

const thatDay = (deps: Deps, day: string) => and(eq(reconciliations.gateway, deps.gateway.name), eq(reconciliations.day, day))

/** The last day whose rows were opened, so that the payments are looked through once a day and not at every poll. */
const opened = new WeakMap<Deps, string>()

/** A day that was not compared yet, or that differed when it was compared a day ago. */
async function claimDay(deps: Deps): Promise<string | undefined> {
  const lastOver = dayAt(deps.clock.now(), CHINA_OFFSET_HOURS - COMPLETE_AFTER_HOURS - 24)
  if (opened.get(deps) !== lastOver) await openDays(deps, lastOver)
  opened.set(deps, lastOver)
  const [claimed] = await deps.db.execute<{ day: string }>(sql`
    update reconciliations set claimed_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where (gateway, day) in (
      select gateway, day from reconciliations where gateway = ${deps.gateway.name} and (claimed_until is null or claimed_until < now())
        and (reconciled_at is null or jsonb_array_length(report -> 'differences') > 0 and reconciled_at < ${after(deps.clock.now(), { days: -1 }).toISOString()}::timestamptz)
      order by day limit 1 for update skip locked)
    returning day::text`)
  return claimed?.day
}

/** Days on which anybody went to this gateway, and the days after them: who paid at midnight stands on the next bill. */
async function openDays({ db, clock, gateway: { name } }: Deps, lastOver: string): Promise<void> {
  await db.execute(sql`
    insert into reconciliations (gateway, day)
    select distinct ${name}, (created_at at time zone 'Asia/Shanghai')::date + further from payments cross join generate_series(0, 1) as further
    where gateway = ${name} and created_at > ${after(clock.now(), { days: -LOOK_BACK_DAYS }).toISOString()}::timestamptz and (created_at at time zone 'Asia/Shanghai')::date + further <= ${lastOver}::date
    on conflict do nothing`)
}

/** @returns how many receipts nobody had told us of. */
async function settleFound(deps: Deps, { differences }: Reconciliation): Promise<number> {
  let found = 0
  for (const { kind, reason, outNo, no, bill } of differences) {
    if (kind !== 'payment' || reason !== 'missing_here' || !no || !bill || !idSchema.safeParse(outNo).success) continue
    const outcome = await inTransaction(deps.db, async tx => {
      const held = await holdPayment(tx, outNo, no)
      return held && settle(tx, deps, held, { tradeNo: no, amount: bill.amount, at: deps.clock.now() })
    })
    if (outcome && outcome !== 'known') found++
  }
  return found
}

/** The days compared so far, the newest first. */
export async function reconciledDays(executor: Executor, { cursor, limit }: { cursor?: string | undefined, limit: number }): Promise<{ items: DailyReconciliation[], next: string | null }> {
  const before = z.iso.date().safeParse(cursor).success ? lt(reconciliations.day, cursor as string) : undefined
  const rows = await executor.select().from(reconciliations).where(and(isNotNull(reconciliations.reconciledAt), before)).orderBy(desc(reconciliations.day)).limit(limit + 1)
  const items = rows.slice(0, limit).flatMap(({ day, report, reconciledAt, found }) => {
    if (!report || !reconciledAt) return []
    const { bill, differences } = z.decode(reconciliationSchema, report)
    return [{ day, at: reconciledAt, found, differences: differences.length, payments: bill.payment.amount, refunds: bill.refund.amount, payouts: bill.transfer.amount }]
  })
  return { items, next: rows.length > limit ? items.at(-1)?.day ?? null : null }
}

/** Days that still differ. */
export async function differingDays(executor: Executor): Promise<QueueState> {
  const [row] = await executor.select({ waiting: sql<string>`count(*)`, oldest: sql<string | null>`min(${reconciliations.reconciledAt})` }).from(reconciliations)
    .where(sql`jsonb_array_length(${reconciliations.report} -> 'differences') > 0`)
  return { waiting: Number(row?.waiting ?? 0), oldestAt: row?.oldest ? new Date(row.oldest) : null }
}
