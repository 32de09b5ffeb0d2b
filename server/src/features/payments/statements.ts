/** A person's statement of a month: the balance, what was earned and what was paid, each line by line. */
import { and, eq, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import { accountOf } from '@miaodan/shared/ledger/model'
import type { PaymentChannel } from '@miaodan/shared/payments/model'
import type { monthlyStatementSchema } from '@miaodan/shared/payments/statement-model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { confirmedName, peopleByIds } from '../accounts/index.ts'
import { earningsByMonth, earningsIn, movedBefore, movementsByMonth, movementsIn, type Earning, type Movement, type Period } from '../ledger/index.ts'
import { dealsOf, type Deal } from './deals.ts'
import { payments, refunds } from './tables.ts'
import { WITH_VOUCHER } from './wallet.ts'

/** `amount` is negative for what came back. */
export type Paid = { at: Date, subjectId: string, title: string, channel: PaymentChannel, amount: bigint }
export type Statement = {
  month: string
  /** Null when the month is over. */
  until: Date | null
  holder: string
  issuedAt: Date
  opening: bigint
  movements: (Movement & { balance: bigint })[]
  earnings: Earning[]
  paid: Paid[]
  /** By the ids of orders, and of the requirements they came from. */
  deals: ReadonlyMap<string, Deal>
}

const CHINA_AHEAD_MS = 8 * 3_600_000
const monthOf = (at: Date): string => new Date(at.getTime() + CHINA_AHEAD_MS).toISOString().slice(0, 7)

/** From the first midnight of the month in China to that of the next. */
function periodOf(month: string): Period {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return { from: new Date(Date.UTC(year, number - 1) - CHINA_AHEAD_MS), to: new Date(Date.UTC(year, number) - CHINA_AHEAD_MS) }
}

/** When all that happened in a month is written down: no statement takes longer than half of this. */
const WRITTEN_AFTER = { minutes: 1 }

/** A reading of this moment or a later one has everything of the month. */
export const wholeAt = (month: string): Date => after(periodOf(month).to, WRITTEN_AFTER)

/** Every month from the first in which money moved up to the present one, newest first; none when none ever moved. */
export async function statementsOf(executor: Executor, deps: Deps, userId: string): Promise<z.output<typeof monthlyStatementSchema>[]> {
  const now = deps.clock.now()
  const [moved, earned, paid] = await Promise.all([movementsByMonth(executor, accountOf.available(userId)), earningsByMonth(executor, userId), paidByMonth(executor, userId)])
  const [first] = [...moved, ...earned, ...paid].map(({ month }) => month).toSorted()
  const items: z.output<typeof monthlyStatementSchema>[] = []
  let closing = 0n
  for (let month = first; month !== undefined && month <= monthOf(now); month = monthOf(periodOf(month).to)) {
    const of = <T extends { month: string }>(list: readonly T[]): T | undefined => list.find(one => one.month === month)
    const opening = closing
    const { credits = 0n, debits = 0n } = of(moved) ?? {}
    const { gross = 0n, fee = 0n } = of(earned) ?? {}
    closing += credits - debits
    items.unshift({
      month, until: periodOf(month).to > now ? now : null, opening: fen(opening), credits: fen(credits), debits: fen(debits), closing: fen(closing),
      earned: fen(gross - fee), fee: fen(fee), paid: fen(of(paid)?.amount ?? 0n),
    })
  }
  return items
}

/** @throws problem `payments.no_statement` for a month that has not come, or before any money moved. */
export async function statementOfMonth(executor: Executor, deps: Deps, userId: string, month: string): Promise<Statement> {
  const period = periodOf(month)
  const issuedAt = deps.clock.now()
  if (period.from > issuedAt || !(await movedBefore(executor, userId, period.to) || await paidBefore(executor, userId, period.to))) throw problem('payments.no_statement')
  const [{ opening, lines }, earnings, paid, holder] = await Promise.all([
    movementsIn(executor, accountOf.available(userId), period), earningsIn(executor, userId, period), paidIn(executor, userId, period), nameOf(executor, deps, userId),
  ])
  const subjects = await subjectsOf(executor, lines)
  const deals = await dealsOf(executor, [...subjects.values(), ...earnings.map(earning => earning.orderId), ...paid.map(one => one.subjectId)])
  let balance = opening
  return {
    month, until: period.to > issuedAt ? issuedAt : null, holder, issuedAt, opening, earnings, paid, deals,
    movements: lines.map(line => ({ ...line, orderId: subjects.get(line.entryId) ?? null, balance: balance += line.change })),
  }
}

async function nameOf(executor: Executor, deps: Deps, userId: string): Promise<string> {
  return await confirmedName(executor, deps, userId) ?? (await peopleByIds(executor, deps, [userId])).get(userId)?.displayName ?? userId
}

/** By entry, what each was about: an order, or the requirement that was paid before there was one. */
async function subjectsOf(executor: Executor, lines: readonly Movement[]): Promise<Map<string, string>> {
  const ids = lines.flatMap(line => (line.orderId === null && line.paymentId !== null ? line.paymentId : []))
  const rows = ids.length > 0 ? await executor.select({ id: payments.id, subjectId: payments.subjectId }).from(payments).where(inArray(payments.id, ids)) : []
  const subjects = new Map(rows.map(row => [row.id, row.subjectId]))
  return new Map(lines.flatMap(({ entryId, orderId, paymentId }) => {
    const subject = orderId ?? subjects.get(paymentId ?? '')
    return subject === undefined ? [] : [[entryId, subject]]
  }))
}

/** Money that came twice or too late never counted as a payment, so neither it nor its return is told here. */
const isPaid = (userId: string) => and(eq(payments.payerId, userId), inArray(payments.state, [...WITH_VOUCHER]), isNotNull(payments.paidAt))
const cameBack = (userId: string) => and(eq(refunds.payerId, userId), eq(refunds.source, 'escrow'), isNotNull(refunds.settledAt))

async function paidIn(executor: Executor, userId: string, { from, to }: Period): Promise<Paid[]> {
  const about = { subjectId: payments.subjectId, title: payments.title, channel: payments.channel }
  const [out, back] = await Promise.all([
    executor.select({ ...about, at: payments.paidAt, amount: payments.amount }).from(payments).where(and(isPaid(userId), gte(payments.paidAt, from), lt(payments.paidAt, to))),
    executor.select({ ...about, at: refunds.settledAt, amount: refunds.amount }).from(refunds).innerJoin(payments, eq(payments.id, refunds.paymentId))
      .where(and(cameBack(userId), gte(refunds.settledAt, from), lt(refunds.settledAt, to))),
  ])
  const line = (row: typeof out[number], amount: bigint): Paid => ({ at: row.at as Date, subjectId: row.subjectId, title: row.title, channel: row.channel as PaymentChannel, amount })
  return [...out.map(row => line(row, row.amount)), ...back.map(row => line(row, -row.amount))].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** What came back was paid before. */
async function paidBefore(executor: Executor, userId: string, before: Date): Promise<boolean> {
  const [first] = await executor.select({ id: payments.id }).from(payments).where(and(isPaid(userId), lt(payments.paidAt, before))).limit(1)
  return first !== undefined
}

async function paidByMonth(executor: Executor, userId: string): Promise<{ month: string, amount: bigint }[]> {
  const rows = await executor.execute<{ month: string, amount: string }>(sql`
    select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, sum(amount) as amount from (
      select ${payments.paidAt} as at, ${payments.amount} as amount from ${payments} where ${isPaid(userId)}
      union all select ${refunds.settledAt}, -${refunds.amount} from ${refunds} where ${cameBack(userId)}
    ) as line group by 1`)
  return rows.map(row => ({ month: row.month, amount: BigInt(row.amount) }))
}
