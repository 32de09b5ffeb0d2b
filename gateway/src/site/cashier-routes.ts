import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Core } from '../core.ts'
import { journalOf } from '../journal.ts'
import { redeliver } from '../notifications.ts'
import { Refusal } from '../refusal.ts'
import { refundedAmount } from '../refunds.ts'
import { MAX_WRONG_CODES, announceEarlierClose, channels, declineTrade, findTrade, payAgain, payTrade, type Trade } from '../trades.ts'
import { cashierPage, logLines } from './cashier-page.ts'
import { html } from './html.ts'
import { choiceOf, faultFields, pageOf, readBody, sendPage } from './request.ts'
import { returnUrl } from './return-url.ts'

const payForm = z.object({ channel: z.enum(channels), code: z.string().default(''), ...faultFields })
const faultForm = z.object(faultFields)

/** What the payer sees and does. Whoever knows the trade's number may act as the payer: it is a sandbox. */
export function registerCashier(app: FastifyInstance, core: Core): void {
  app.get('/cashier/:tradeNo', async (request, reply) => show(core, request, reply, changeTrade(core, request, (trade) => trade), 200))

  app.get('/cashier/:tradeNo/log', async (request, reply) => {
    const trade = changeTrade(core, request, (found) => found)
    const lines = logLines(pageOf(core, request).text, { trade, lines: journalOf(core, trade.tradeNo) })
    return sendPage(reply.header('trade-state', trade.state), 200, html`${lines}`.text)
  })

  app.get('/cashier/:tradeNo/leave', async (request, reply) =>
    reply.redirect(returnUrl(core, changeTrade(core, request, (trade) => trade)), 303))

  app.post('/cashier/:tradeNo/pay', async (request, reply) => {
    const form = readBody(payForm, request)
    const trade = changeTrade(core, request, (found) =>
      payTrade(core, found, { channel: form.channel, code: form.code.replaceAll(' ', ''), choice: choiceOf(form) }))
    return trade.state === 'pending' ? show(core, request, reply, trade, 422) : reply.redirect(returnUrl(core, trade), 303)
  })

  app.post('/cashier/:tradeNo/decline', async (request, reply) => {
    const choice = choiceOf(readBody(faultForm, request))
    return reply.redirect(returnUrl(core, changeTrade(core, request, (trade) => declineTrade(core, trade, choice))), 303)
  })

  app.post('/cashier/:tradeNo/pay-again', async (request, reply) => {
    const trade = changeTrade(core, request, (found) => (payAgain(core, found), found))
    return backToCashier(core, request, reply, trade)
  })

  app.post('/cashier/:tradeNo/redeliver', async (request, reply) => {
    const choice = choiceOf(readBody(faultForm, request))
    const trade = changeTrade(core, request, (found) => {
      redeliver(core, found.tradeNo, 'payment', choice)
      if (choice.fault === 'reordered' && found.state === 'succeeded') announceEarlierClose(core, found)
      return found
    })
    return backToCashier(core, request, reply, trade)
  })
}

/** Finds the trade and lets something happen to it, in one transaction; what became due is then sent at once. */
export function changeTrade(core: Core, request: FastifyRequest, change: (trade: Trade) => Trade): Trade {
  const { tradeNo } = request.params as { tradeNo: string }
  const result = core.store.transaction(() => {
    const trade = findTrade(core, { tradeNo })
    return trade === undefined ? undefined : change(trade)
  })
  if (result === undefined) throw new Refusal('NOT_FOUND', 'There is no such trade.')
  core.wake()
  return result
}

function show(core: Core, request: FastifyRequest, reply: FastifyReply, trade: Trade, status: 200 | 422): FastifyReply {
  const view = {
    trade,
    refunded: refundedAmount(core, trade.tradeNo),
    lines: journalOf(core, trade.tradeNo),
    now: core.clock.now(),
    triesLeft: status === 422 ? MAX_WRONG_CODES - trade.wrongCodes : null,
  }
  return sendPage(reply, status, cashierPage({ ...pageOf(core, request), path: `/cashier/${trade.tradeNo}` }, view), trade.returnUrl)
}

function backToCashier(core: Core, request: FastifyRequest, reply: FastifyReply, trade: Trade): FastifyReply {
  return reply.redirect(`/cashier/${trade.tradeNo}?lang=${pageOf(core, request).language}`, 303)
}
