import { asc, desc, eq } from 'drizzle-orm'
import type * as z from 'zod'
import { fen } from '@miaodan/shared/kernel/money'
import type { paymentSchema } from '@miaodan/shared/payments/model'
import type { Executor } from '../../kernel/db.ts'
import { idIn, statement, value } from '../../kernel/statement.ts'
import type { PaymentRow } from './payables.ts'
import { payments, refunds } from './tables.ts'

export type PaymentView = z.output<typeof paymentSchema>

const refundsOf = statement(db => db.select().from(refunds).where(idIn(refunds.paymentId, 'paymentIds')).orderBy(asc(refunds.createdAt)))
const paymentById = statement(db => db.select().from(payments).where(eq(payments.id, value('id'))))
const paymentsOf = statement(db => db.select().from(payments).where(idIn(payments.subjectId, 'subjectIds')).orderBy(desc(payments.createdAt)))

export async function paymentViews(executor: Executor, rows: readonly PaymentRow[]): Promise<PaymentView[]> {
  if (rows.length === 0) return []
  const back = await refundsOf(executor, { paymentIds: rows.map(row => row.id) })
  return rows.map(row => viewWith(row, back.filter(refund => refund.paymentId === row.id)))
}

/** For who knows its refunds; a payment just made has none. */
export function viewWith(row: PaymentRow, back: readonly (typeof refunds.$inferSelect)[]): PaymentView {
  return {
    id: row.id, purpose: row.purpose as PaymentView['purpose'], subjectId: row.subjectId, title: row.title, amount: fen(row.amount), coupon: fen(row.coupon),
    channel: row.channel as PaymentView['channel'], state: row.state, cashierUrl: row.cashierUrl, expiresAt: row.expiresAt, paidAt: row.paidAt, createdAt: row.createdAt,
    refunds: back.map(refund => ({ id: refund.id, amount: fen(refund.amount), reason: refund.reason, state: refund.state, createdAt: refund.createdAt, settledAt: refund.settledAt })),
  }
}

export async function paymentView(executor: Executor, id: string): Promise<PaymentView> {
  const [row] = await paymentById(executor, { id })
  if (!row) throw new Error(`payment ${id} is gone`)
  return viewOf(executor, row)
}

export async function viewOf(executor: Executor, row: PaymentRow): Promise<PaymentView> {
  const [view] = await paymentViews(executor, [row])
  return view as PaymentView
}

/** Payments for these subjects, newest first: for the paperwork of an order. */
export async function paymentsForSubjects(executor: Executor, subjectIds: readonly string[]): Promise<PaymentView[]> {
  if (subjectIds.length === 0) return []
  return paymentViews(executor, await paymentsOf(executor, { subjectIds }))
}
