import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Core } from '../core.ts'
import type { FaultChoice } from '../faults.ts'
import { journalOf } from '../journal.ts'
import { Refusal } from '../refusal.ts'
import { refundedAmount } from '../refunds.ts'
import { channels, declineTrade, findTrade, payAgain, payTrade, redeliverTrade, type Trade } from '../trades.ts'
import { cashierPage, logLines } from './cashier-page.ts'
import { html } from './html.ts'
import { choiceOf, faultFields, pageOf, readBody, sendPage } from './request.ts'
import { returnUrl } from './return-url.ts'

const payForm = z.object({ channel: z.enum(channels), code: z.string().default(''), ...faultFields })
const faultForm = z.object(faultFields)

/** What the payer sees and does. Whoever knows the trade's number may act as the payer: it is a sandbox. */
export function registerCashier(app: FastifyInstance, core: Core): void {
  app.get('/cashier/:tradeNo', async (request, reply) => show(core, request, reply, changeTrade(core, request, (trade) => trade)))

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
    // After a wrong code the page is fetched anew, so that the browser's arrows never send a code again.
    return trade.state === 'pending' ? backToCashier(core, request, reply, trade, choiceOf(form)) : reply.redirect(returnUrl(core, trade), 303)
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
    return backToCashier(core, request, reply, changeTrade(core, request, (trade) => redeliverTrade(core, trade, choice)))
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

function show(core: Core, request: FastifyRequest, reply: FastifyReply, trade: Trade): FastifyReply {
  const kept = faultForm.safeParse(trade.state === 'pending' ? request.query : {})
  const view = {
    trade,
    refunded: refundedAmount(core, trade.tradeNo),
    lines: journalOf(core, trade.tradeNo),
    now: core.clock.now(),
    choice: choiceOf(kept.success ? kept.data : faultForm.parse({})),
  }
  return sendPage(reply, 200, cashierPage(pageOf(core, request), view), trade.returnUrl)
}

function backToCashier(core: Core, request: FastifyRequest, reply: FastifyReply, trade: Trade, choice?: FaultChoice): FastifyReply {
  const kept = choice === undefined ? '' : `&fault=${choice.fault}&delay=${choice.delaySeconds}`
  return reply.redirect(`/cashier/${trade.tradeNo}?lang=${pageOf(core, request).language}${kept}`, 303)
}
