import { payouts } from '@miaodan/shared/payments/payout-desk'
import { handle } from '../../kernel/feature.ts'
import { approvePayout, payoutsForDesk, rejectPayout } from './payout-desk.ts'
import { payoutLimit, setPayoutLimit } from './payout-limit.ts'

export const deskRoutes = [
  handle(payouts.list, async ({ db, deps, query }) => payoutsForDesk(db, deps, query)),
  handle(payouts.approve, async ({ tx, deps, viewer, params }) => approvePayout(tx, deps, viewer.userId, params.id)),
  handle(payouts.reject, async ({ tx, deps, viewer, params, body }) => rejectPayout(tx, deps, viewer.userId, params.id, body.reason)),
  handle(payouts.limit, async ({ db }) => payoutLimit(db)),
  handle(payouts.setLimit, async ({ tx, deps, viewer, body }) => setPayoutLimit(tx, deps, viewer.userId, body.approvalAbove?.amount ?? null)),
]
