import { fen } from '@miaodan/shared/kernel/money'
import { orders as contracts } from '@miaodan/shared/orders/contract'
import { quotes as quoteContracts } from '@miaodan/shared/orders/quotes'
import { handle } from '../../kernel/feature.ts'
import { acceptMilestone, extendAcceptance, reviseMilestone, tickLine } from './accepting.ts'
import { agreeOnQuote } from './agreeing.ts'
import { changeRoutes } from './change-routes.ts'
import { chooseCoupon, couponsForOrder } from './coupon.ts'
import { deliver } from './delivering.ts'
import { createDirect } from './direct.ts'
import { listOrders } from './listing.ts'
import { orderView } from './order-view.ts'
import { orderOfMilestone } from './policy.ts'
import { listQuotes, quoteView } from './quote-view.ts'
import { answerQuote, createQuote, rejectQuote, withdrawQuote } from './quoting.ts'
import { acceptOrder, declineOrder, recallOrder, withdrawOrder } from './steps.ts'
import { takeRequirement } from './take.ts'
import { moneyWhere } from './where.ts'
import { workbench } from './workbench.ts'

export const routes = [
  handle(contracts.createDirect, async ({ tx, deps, viewer, body }) => {
    const { id, number, price, payBy } = await createDirect(tx, deps, viewer.userId, body)
    return { id, number, price: fen(price), payBy }
  }),
  handle(contracts.list, async ({ db, deps, viewer, query }) => listOrders(db, deps, viewer.userId, query)),
  handle(contracts.get, async ({ db, deps, viewer, params }) => orderView(db, deps, viewer, params.id)),
  handle(contracts.workbench, async ({ db, deps, viewer }) => workbench(db, deps, viewer.userId)),
  handle(contracts.moneyWhere, async ({ db, viewer }) => ({ items: await moneyWhere(db, viewer.userId) })),
  handle(contracts.coupons, async ({ db, deps, viewer, params }) => couponsForOrder(db, deps, viewer, params.id)),
  handle(contracts.chooseCoupon, async ({ tx, deps, viewer, params, body }) => {
    await chooseCoupon(tx, deps, viewer, params.id, body.couponId)
    return orderView(tx, deps, viewer, params.id)
  }),
  handle(contracts.accept, async ({ tx, deps, viewer, params }) => {
    await acceptOrder(tx, deps, viewer, params.id)
    return orderView(tx, deps, viewer, params.id)
  }),
  handle(contracts.decline, async ({ tx, deps, viewer, params, body }) => {
    await declineOrder(tx, deps, viewer, params.id, body.reason)
    return orderView(tx, deps, viewer, params.id)
  }),
  handle(contracts.recall, async ({ tx, deps, viewer, params }) => {
    await recallOrder(tx, deps, viewer, params.id)
    return orderView(tx, deps, viewer, params.id)
  }),
  handle(contracts.withdraw, async ({ tx, deps, viewer, params }) => {
    await withdrawOrder(tx, deps, viewer, params.id)
    return orderView(tx, deps, viewer, params.id)
  }),
  handle(contracts.deliver, async ({ tx, deps, viewer, params, body }) => {
    await deliver(tx, deps, viewer, params.id, body)
    return orderView(tx, deps, viewer, await orderOfMilestone(tx, params.id))
  }),
  handle(contracts.tick, async ({ tx, deps, viewer, params, body }) => {
    await tickLine(tx, deps, viewer, params.id, params.position, body.ticked)
    return orderView(tx, deps, viewer, await orderOfMilestone(tx, params.id))
  }),
  handle(contracts.revise, async ({ tx, deps, viewer, params, body }) => {
    await reviseMilestone(tx, deps, viewer, params.id, body)
    return orderView(tx, deps, viewer, await orderOfMilestone(tx, params.id))
  }),
  handle(contracts.release, async ({ tx, deps, viewer, params, body }) => {
    await acceptMilestone(tx, deps, viewer, params.id, body)
    return orderView(tx, deps, viewer, await orderOfMilestone(tx, params.id))
  }),
  handle(contracts.extend, async ({ tx, deps, viewer, params }) => {
    await extendAcceptance(tx, deps, viewer, params.id)
    return orderView(tx, deps, viewer, await orderOfMilestone(tx, params.id))
  }),

  handle(contracts.take, async ({ tx, deps, viewer, params }) => orderView(tx, deps, viewer, (await takeRequirement(tx, deps, viewer, params.id)).id)),

  ...changeRoutes,

  handle(quoteContracts.offer, async ({ tx, deps, viewer, body }) => quoteView(tx, deps, viewer, (await createQuote(tx, deps, viewer, body)).id)),
  handle(quoteContracts.list, async ({ db, deps, viewer, query }) => listQuotes(db, deps, viewer, query)),
  handle(quoteContracts.get, async ({ db, deps, viewer, params }) => quoteView(db, deps, viewer, params.id)),
  handle(quoteContracts.counter, async ({ tx, deps, viewer, params, body }) => {
    await answerQuote(tx, deps, viewer, params.id, 'counter', body)
    return quoteView(tx, deps, viewer, params.id)
  }),
  handle(quoteContracts.reoffer, async ({ tx, deps, viewer, params, body }) => {
    await answerQuote(tx, deps, viewer, params.id, 'reoffer', body)
    return quoteView(tx, deps, viewer, params.id)
  }),
  handle(quoteContracts.accept, async ({ tx, deps, viewer, params, body }) => {
    await agreeOnQuote(tx, deps, viewer, params.id, 'accept', body.version)
    return quoteView(tx, deps, viewer, params.id)
  }),
  handle(quoteContracts.agree, async ({ tx, deps, viewer, params, body }) => {
    await agreeOnQuote(tx, deps, viewer, params.id, 'agree', body.version)
    return quoteView(tx, deps, viewer, params.id)
  }),
  handle(quoteContracts.reject, async ({ tx, deps, viewer, params, body }) => {
    await rejectQuote(tx, deps, viewer, params.id, body.reason)
    return quoteView(tx, deps, viewer, params.id)
  }),
  handle(quoteContracts.withdraw, async ({ tx, deps, viewer, params }) => {
    await withdrawQuote(tx, deps, viewer, params.id)
    return quoteView(tx, deps, viewer, params.id)
  }),
]
