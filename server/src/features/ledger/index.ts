/**
 * The books. Other features build an entry with a function of flows.ts and give it to `post` in their own transaction:
 *
 *     await post(tx, fundEscrow({ orderId, paymentId, payerId, channel: 'sandbox', shares: [{ milestoneId, amount: 128000n }], at: deps.clock.now() }))
 *
 * or call `releaseMilestone` and `refundReleased`, which work out the fee. Nobody else touches the ledger's tables.
 */
import { defineFeature } from '../../kernel/feature.ts'
import { startCheckpoints } from './checkpoint.ts'
import { routes } from './routes.ts'

export { whereIsMyMoney } from './accounts.ts'
export { balanceHistory, balanceOf, balancesOf, balancesUnder } from './balances.ts'
export { entriesOf, statementOf, type Page, type PageRequest } from './entries.ts'
export type { NewEntry, Posted } from './entry.ts'
export { couponOnRefund, feeOnRefund, feeOnRelease, spreadCoupon, type FeeTerms } from './fee.ts'
export {
  clear, creditRefund, creditSuspense, fundEscrow, fundRequirement, moveEscrow, payFromBalance, payoutFailed, payoutPaid, receiveSuspense, refundEscrow,
  refundRequirement, refundSent, requestPayout, returnSuspense, unfreezeClearing,
} from './flows.ts'
export { moneyByDay, moneyHeld } from './figures.ts'
export { followOrder } from './follow.ts'
export { earningsByMonth, earningsIn, movedBefore, movementsByMonth, movementsIn, type Earning, type Movement, type Period } from './periods.ts'
export { LedgerInvariantError, post, postAll } from './post.ts'
export { freezeReleased, refundReleased, releaseMilestone } from './service.ts'
export { verifyBooks, verifyChain } from './verify.ts'

export const ledgerFeature = defineFeature({ name: 'ledger', routes, start: startCheckpoints })
