import { asc, desc, eq, inArray } from 'drizzle-orm'
import type * as z from 'zod'
import { fen } from '@miaodan/shared/kernel/money'
import type { paymentSchema } from '@miaodan/shared/payments/model'
import type { Executor } from '../../kernel/db.ts'
import type { PaymentRow } from './payables.ts'
import { payments, refunds } from './tables.ts'

export type PaymentView = z.output<typeof paymentSchema>

export async function paymentViews(executor: Executor, rows: readonly PaymentRow[]): Promise<PaymentView[]> {
  if (rows.length === 0) return []
  const back = await executor.select().from(refunds).where(inArray(refunds.paymentId, rows.map(row => row.id))).orderBy(asc(refunds.createdAt))
  return rows.map(row => ({
    id: row.id, purpose: row.purpose as PaymentView['purpose'], subjectId: row.subjectId, title: row.title, amount: fen(row.amount),
    channel: row.channel as PaymentView['channel'], state: row.state, cashierUrl: row.cashierUrl, expiresAt: row.expiresAt, paidAt: row.paidAt, createdAt: row.createdAt,
    refunds: back.filter(refund => refund.paymentId === row.id)
      .map(refund => ({ id: refund.id, amount: fen(refund.amount), reason: refund.reason, state: refund.state, createdAt: refund.createdAt, settledAt: refund.settledAt })),
  }))
}

export async function paymentView(executor: Executor, id: string): Promise<PaymentView> {
  const rows = await executor.select().from(payments).where(eq(payments.id, id))
  const [view] = await paymentViews(executor, rows)
  if (!view) throw new Error(`payment ${id} is gone`)
  return view
}

/** Payments for these subjects, newest first: for the paperwork of an order. */
export async function paymentsForSubjects(executor: Executor, subjectIds: readonly string[]): Promise<PaymentView[]> {
  if (subjectIds.length === 0) return []
  return paymentViews(executor, await executor.select().from(payments).where(inArray(payments.subjectId, [...subjectIds])).orderBy(desc(payments.createdAt)))
}
