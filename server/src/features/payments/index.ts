/**
 * Payments: money coming in, going back, and being paid out. Other features register what can be paid for with
 * `registerPayable`, give money back with `requestRefund` after posting it to refund:<payer>:<refund id>, and tell with
 * `offerDeals` what a payment was for, so that wallets and vouchers can name it.
 */
import { defineFeature } from '../../kernel/feature.ts'
import { registerQueue } from '../../kernel/queues.ts'
import { ASK, askAboutSilent, expirePayment } from './ask.ts'
import { callbacks } from './callback.ts'
import { unsealAccounts } from './payout-accounts.ts'
import { SEND_PAYOUTS } from './payouts.ts'
import { SEND_REFUNDS } from './refunds.ts'
import { waitingPayouts } from './payout-desk.ts'
import { deskRoutes } from './payout-desk-routes.ts'
import { differingDays, RECONCILE, reconcileNextDay } from './reconcile-daily.ts'
import { paymentRoutes } from './routes.ts'
import { sendPayouts } from './send-payouts.ts'
import { sendRefunds } from './send-refunds.ts'
import { walletRoutes } from './wallet-routes.ts'

export { registerPayable, type Payable, type PaymentRow, type Settlement } from './payables.ts'
export { offerDeals, type Deal } from './deals.ts'
export { requestRefund } from './refunds.ts'
export { moneyUnderWay } from './under-way.ts'
export { paymentsForSubjects } from './views.ts'

registerQueue({ name: 'reconciliation', needs: 'payouts.manage', read: differingDays })
registerQueue({ name: 'payouts', needs: 'payouts.manage', read: waitingPayouts })

export const paymentsFeature = defineFeature({
  name: 'payments',
  routes: [...paymentRoutes, ...walletRoutes, ...deskRoutes],
  plugin: callbacks,
  unseal: unsealAccounts,
  deadlines: { 'payment.expire': async (tx, deadline, deps) => expirePayment(tx, deps, deadline.entityId) },
  tasks: { [ASK]: askAboutSilent, [SEND_REFUNDS]: sendRefunds, [SEND_PAYOUTS]: sendPayouts, [RECONCILE]: reconcileNextDay },
})
