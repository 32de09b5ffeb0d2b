import { payments as contracts } from '@miaodan/shared/payments/contract'
import type { StatementFormat } from '@miaodan/shared/payments/statement-model'
import { wallet } from '@miaodan/shared/payments/wallet-contract'
import { handle } from '../../kernel/feature.ts'
import { confirmedName, useIdentityConfirmation } from '../accounts/index.ts'
import { addPayoutAccount, payoutAccountsOf, removePayoutAccount } from './payout-accounts.ts'
import { listPayouts, ownPayout, previewPayout } from './payout-views.ts'
import { requestPayout } from './payouts.ts'
import { reconcile } from './reconcile.ts'
import { reconciledDays } from './reconcile-daily.ts'
import { csvOf, excelOf } from './statement-files.ts'
import { drawStatement } from './statement-pdf.ts'
import { statementOfMonth, statementsOf, wholeAt, type Statement } from './statements.ts'
import { drawVoucher } from './voucher-pdf.ts'
import { voucherFor } from './voucher.ts'
import { entriesOfWallet, historyOf, vouchersOf, walletOf } from './wallet.ts'

const STATEMENT_FILES: Record<StatementFormat, { type: string, disposition: 'inline' | 'attachment', draw: (statement: Statement) => Promise<Buffer> | Buffer }> = {
  pdf: { type: 'application/pdf', disposition: 'inline', draw: drawStatement },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', disposition: 'attachment', draw: excelOf },
  csv: { type: 'text/csv; charset=utf-8', disposition: 'attachment', draw: csvOf },
}

export const walletRoutes = [
  handle(wallet.get, async ({ db, deps, viewer }) => walletOf(db, deps, viewer.userId)),
  handle(wallet.history, async ({ db, deps, viewer }) => historyOf(db, deps, viewer.userId)),
  handle(wallet.listEntries, async ({ db, viewer, query }) => entriesOfWallet(db, viewer.userId, query)),
  handle(wallet.listVouchers, async ({ db, viewer, query }) => vouchersOf(db, viewer.userId, query)),
  handle(wallet.getVoucher, async ({ db, deps, viewer, params, setHeader }) => {
    const voucher = await voucherFor(db, deps, viewer.userId, params.id)
    setHeader('content-disposition', `inline; filename="miaodan-voucher-${voucher.orderNumber ?? voucher.paymentId}.pdf"`)
    setHeader('cache-control', 'private, no-store')
    return drawVoucher(voucher)
  }),
  handle(wallet.listStatements, async ({ db, deps, viewer }) => ({ items: await statementsOf(db, deps, viewer.userId) })),
  handle(wallet.getStatement, async ({ deps, viewer, params, query, setHeader }) => {
    const { type, disposition, draw } = STATEMENT_FILES[query.format]
    // A month that is over changes no more; the present one is one's own and must be as it is now.
    const statement = await deps.stale.read(db => statementOfMonth(db, deps, viewer.userId, params.month), { upTo: wholeAt(params.month) })
    setHeader('content-type', type)
    setHeader('content-disposition', `${disposition}; filename="miaodan-statement-${params.month}.${query.format}"`)
    setHeader('cache-control', 'private, no-store')
    return draw(statement)
  }),

  handle(wallet.listAccounts, async ({ db, deps, viewer }) => ({ items: await payoutAccountsOf(db, viewer.userId), holderName: await confirmedName(db, deps, viewer.userId) })),
  handle(wallet.addAccount, async ({ tx, deps, viewer, body: { confirmationId, ...account } }) => {
    await useIdentityConfirmation(tx, deps, viewer, confirmationId)
    return addPayoutAccount(tx, deps, viewer.userId, account)
  }),
  handle(wallet.removeAccount, async ({ tx, deps, viewer, params, query }) => {
    await useIdentityConfirmation(tx, deps, viewer, query.confirmationId)
    await removePayoutAccount(tx, deps, viewer.userId, params.id)
  }),

  handle(wallet.previewPayout, async ({ db, deps, viewer, query }) => previewPayout(db, deps, viewer.userId, query.amount)),
  handle(wallet.requestPayout, async ({ tx, deps, viewer, body }) => {
    await useIdentityConfirmation(tx, deps, viewer, body.confirmationId)
    const payout = await requestPayout(tx, deps, viewer.userId, { accountId: body.accountId, amount: body.amount.amount })
    return ownPayout(tx, viewer.userId, payout.id)
  }),
  handle(wallet.listPayouts, async ({ db, viewer, query }) => listPayouts(db, viewer.userId, query)),
  handle(wallet.getPayout, async ({ db, viewer, params }) => ownPayout(db, viewer.userId, params.id)),

  handle(contracts.reconciledDays, async ({ db, query }) => reconciledDays(db, query)),
  handle(contracts.reconcile, async ({ deps, query }) => reconcile(deps, query.day)),
]
