import { and, desc, eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { payments as contracts } from '@miaodan/shared/payments/contract'
import type { Executor } from '../../kernel/db.ts'
import { handle } from '../../kernel/feature.ts'
import { askAbout } from './ask.ts'
import type { PaymentRow } from './payables.ts'
import { createPayment, openAtGateway } from './pay.ts'
import { payments } from './tables.ts'
import { paymentView, paymentViews, viewOf, viewWith } from './views.ts'

export const paymentRoutes = [
  handle(contracts.create, async ({ tx, deps, viewer, body }) => {
    const { payment, isNew } = await createPayment(tx, deps, viewer.userId, body)
    return isNew ? viewWith(payment, []) : viewOf(tx, payment)
  }),
  handle(contracts.open, async ({ deps, viewer, params }) => {
    await openAtGateway(deps, await ownPayment(deps.db, viewer.userId, params.id))
    return paymentView(deps.db, params.id)
  }, { transaction: false }),
  handle(contracts.check, async ({ deps, viewer, params }) => {
    const payment = await ownPayment(deps.db, viewer.userId, params.id)
    if (payment.state === 'pending') {
      await askAbout(deps, payment.id).catch(error => deps.log.warn({ err: error, paymentId: payment.id }, 'the gateway could not be asked about a payment'))
    }
    return paymentView(deps.db, payment.id)
  }, { transaction: false }),
  handle(contracts.get, async ({ db, viewer, params }) => paymentView(db, (await ownPayment(db, viewer.userId, params.id)).id)),
  handle(contracts.listFor, async ({ db, viewer, query }) => {
    const rows = await db.select().from(payments).where(and(eq(payments.subjectId, query.subjectId), eq(payments.payerId, viewer.userId))).orderBy(desc(payments.createdAt))
    return { items: await paymentViews(db, rows) }
  }),
]

/** Somebody else's payment is not there. */
async function ownPayment(executor: Executor, userId: string, id: string): Promise<PaymentRow> {
  const [row] = await executor.select().from(payments).where(and(eq(payments.id, id), eq(payments.payerId, userId)))
  if (!row) throw problem('kernel.not_found')
  return row
}
