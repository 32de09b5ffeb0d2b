/**
 * Orders: quotes that lead to them, milestones with their own escrow, delivery and acceptance. Every change is made under
 * the lock of the order's row. Others follow by the events `order.*`, `milestone.*` and `quote.*` (facts.ts says what they
 * tell), give an instant requirement to its taker with `createInstantOrder`, and hold and divide a milestone's money with claims.ts.
 */
import { defineFeature } from '../../kernel/feature.ts'
import { registerPayable } from '../payments/index.ts'
import { acceptBySilence, clearMilestone, remind } from './accepting.ts'
import { expireChange, lapseChange } from './changing.ts'
import { DELIVERY_UPLOADS } from './delivering.ts'
import { BRIEF_UPLOADS } from './direct.ts'
import { offerOrderFacts } from './outside.ts'
import { orderPayable } from './payable.ts'
import { mayReadOrder } from './policy.ts'
import { expireQuote } from './quoting.ts'
import { routes } from './routes.ts'
import { expireOrder, lapseOrder } from './steps.ts'
import { offerSubjects } from './subjects.ts'
import { subscribers } from './subscribers.ts'

export { changeHold, claimableOf, divideMilestone, endHold, holdMilestone } from './claims.ts'
export { changeDeal, readDeal, readDeals, type Deal } from './deal.ts'
export { createInstantOrder } from './instant.ts'
export { dealsOfPerson } from './of-person.ts'
export { couponBack, divisionOf } from './money.ts'
export { ordersOf, recordOf, workOn } from './record.ts'

registerPayable('order', orderPayable)
offerOrderFacts()
offerSubjects()

export const ordersFeature = defineFeature({
  name: 'orders',
  routes,
  subscribers,
  deadlines: {
    'order.expire': async (tx, deadline, deps) => expireOrder(tx, deps, deadline.entityId),
    'order.lapse': async (tx, deadline, deps) => lapseOrder(tx, deps, deadline.entityId),
    'milestone.accept_by_silence': async (tx, deadline, deps) => acceptBySilence(tx, deps, deadline.entityId),
    'milestone.remind_3d': async (tx, deadline, deps) => remind(tx, deps, deadline.entityId, 'remind_3d'),
    'milestone.remind_1d': async (tx, deadline, deps) => remind(tx, deps, deadline.entityId, 'remind_1d'),
    'milestone.clear': async (tx, deadline, deps) => clearMilestone(tx, deps, deadline.entityId),
    'change_order.lapse': async (tx, deadline, deps) => lapseChange(tx, deps, deadline.entityId),
    'change_order.expire': async (tx, deadline, deps) => expireChange(tx, deps, deadline.entityId),
    'quote.expire': async (tx, deadline, deps) => expireQuote(tx, deps, deadline.entityId),
  },
  uploadReaders: { [DELIVERY_UPLOADS]: mayReadOrder, [BRIEF_UPLOADS]: mayReadOrder },
})
