import { payments as contracts } from '@miaodan/shared/payments/contract'
import { wallet } from '@miaodan/shared/payments/wallet-contract'
import { handle } from '../../kernel/feature.ts'
import { confirmedName, useIdentityConfirmation } from '../accounts/index.ts'
import { addPayoutAccount, payoutAccountsOf, removePayoutAccount } from './payout-accounts.ts'
import { listPayouts, ownPayout, previewPayout } from './payout-views.ts'
import { requestPayout } from './payouts.ts'
import { reconcile } from './reconcile.ts'
import { reconciledDays } from './reconcile-daily.ts'
import { drawVoucher } from './voucher-pdf.ts'
import { voucherFor } from './voucher.ts'
import { entriesOfWallet, historyOf, vouchersOf, walletOf } from './wallet.ts'

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
