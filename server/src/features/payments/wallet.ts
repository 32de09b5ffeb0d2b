/** What a person has and what moved, read from the books and told in words a person knows. */
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type * as z from 'zod'
import { idSchema } from '@miaodan/shared/kernel/ids'
import { fen } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import { accountOf, kindOf } from '@miaodan/shared/ledger/model'
import { KINDS_OF_GROUP, type balanceHistorySchema, type EntryGroup, type voucherSchema, type WalletEntry, type walletSchema } from '@miaodan/shared/payments/wallet-model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { balanceHistory, statementOf, whereIsMyMoney, type Page, type PageRequest } from '../ledger/index.ts'
import { dealsOf } from './deals.ts'
import { payoutArrivesBy } from './payout-times.ts'
import { payoutsByIds } from './payout-views.ts'
import { payments } from './tables.ts'

type Voucher = z.output<typeof voucherSchema>

const HISTORY = { days: -30 }
/** A payment whose money came has a voucher, also after a refund. */
export const WITH_VOUCHER = ['succeeded', 'refunding', 'refunded'] as const

export async function walletOf(executor: Executor, deps: Deps, userId: string): Promise<z.output<typeof walletSchema>> {
  const places = await whereIsMyMoney(executor, userId)
  const sum = (...kinds: string[]) => fen(places.filter(place => kinds.includes(place.kind)).reduce((total, place) => total + place.balance.amount, 0n))
  return { available: sum('available'), clearing: sum('clearing'), inPayout: sum('payout'), returning: sum('refund', 'suspense'), payoutArrivesBy: payoutArrivesBy(deps.clock.now()) }
}

export async function historyOf(executor: Executor, deps: Deps, userId: string): Promise<z.output<typeof balanceHistorySchema>> {
  const to = deps.clock.now()
  const from = after(to, HISTORY)
  const { opening, steps } = await balanceHistory(executor, accountOf.available(userId), from)
  return { from, to, opening: fen(opening), steps: steps.map(step => ({ at: step.at, balance: fen(step.balance) })) }
}

export async function entriesOfWallet(executor: Executor, userId: string, { group, ...page }: PageRequest & { group?: EntryGroup | undefined }): Promise<Page<WalletEntry>> {
  const address = accountOf.available(userId)
  const { items, next } = await statementOf(executor, address, { ...page, kinds: group && KINDS_OF_GROUP[group] })
  const payoutIds = items.flatMap(line => (kindOf(line.counterpart) === 'payout' ? line.counterpart.split(':').at(-1) ?? [] : []))
  const [payoutOf, paymentOf] = [await payoutsByIds(executor, payoutIds), await paymentsByIds(executor, items.flatMap(line => line.refs.paymentId ?? []))]
  const deals = await dealsOf(executor, [...items.flatMap(line => line.refs.orderId ?? []), ...[...paymentOf.values()].map(payment => payment.subjectId)])
  return {
    next,
    items: items.map((line): WalletEntry => {
      const payment = line.refs.paymentId ? paymentOf.get(line.refs.paymentId) : undefined
      const deal = deals.get(line.refs.orderId ?? payment?.subjectId ?? '')
      return {
        id: line.entryId, kind: line.kind, at: line.at, change: line.change, balance: line.balance ?? fen(0n), orderId: line.refs.orderId ?? deal?.orderId ?? null,
        title: deal?.title ?? payment?.title ?? null, payout: payoutOf.get(line.counterpart.split(':').at(-1) ?? '') ?? null,
        voucherOf: payment && (WITH_VOUCHER as readonly string[]).includes(payment.state) ? payment.id : null,
      }
    }),
  }
}

async function paymentsByIds(executor: Executor, ids: readonly string[]) {
  const rows = ids.length > 0 ? await executor.select().from(payments).where(inArray(payments.id, [...ids])) : []
  return new Map(rows.map(row => [row.id, row]))
}

export async function vouchersOf(executor: Executor, userId: string, { cursor, limit }: PageRequest): Promise<Page<Voucher>> {
  const from = idSchema.safeParse(cursor).success ? lt(payments.id, cursor as string) : undefined
  const rows = await executor.select().from(payments).where(and(eq(payments.payerId, userId), inArray(payments.state, [...WITH_VOUCHER]), from)).orderBy(desc(payments.id)).limit(limit + 1)
  const items = rows.slice(0, limit).map((row): Voucher => ({
    paymentId: row.id, title: row.title, purpose: row.purpose as Voucher['purpose'], subjectId: row.subjectId, amount: fen(row.amount), channel: row.channel as Voucher['channel'], paidAt: row.paidAt ?? row.createdAt,
  }))
  return { items, next: rows.length > limit ? items.at(-1)?.paymentId ?? null : null }
}
