import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Core } from './core.ts'
import { Refusal } from './refusal.ts'
import { findRefund, settleRefund } from './refunds.ts'
import { setSettlementMode, settlementModes } from './settlement.ts'
import { changeTrade } from './site/cashier-routes.ts'
import { choiceOf, faultFields, readBody } from './site/request.ts'
import { channels, declineTrade, payAgain, payTrade, redeliverTrade, type Trade } from './trades.ts'
import { findTransfer, settleTransfer, transferFailures } from './transfers.ts'

const payBody = z.object({ code: z.string().optional(), channel: z.enum(channels).optional(), ...faultFields })
const faultBody = z.object(faultFields)
const clockBody = z.object({ offsetMs: z.number().int().min(-3_155_760_000_000).max(3_155_760_000_000) })
const settleTransferBody = z.object({ outBizNo: z.string(), state: z.enum(['paid', 'failed']), failure: z.enum(transferFailures).default('account_not_found') })
const settleRefundBody = z.object({ outRequestNo: z.string(), state: z.enum(['succeeded', 'failed']) })

/**
 * The payer's and operator's hand without a browser, for tests and demo data. JSON only: a page of another
 * origin cannot send that without asking first, and is never allowed.
 */
export function registerSandboxApi(root: FastifyInstance, core: Core): void {
  root.register(async (app) => {
    app.addHook('preValidation', async (request) => {
      if (request.method === 'POST' && typeof request.body === 'string') throw new Refusal('INVALID_PARAMETER', 'The body must be JSON.')
    })

    app.post('/sandbox/payments/:tradeNo/pay', async (request) => {
      const body = readBody(payBody, request)
      return describe(changeTrade(core, request, (trade) =>
        payTrade(core, trade, { channel: body.channel ?? trade.channel, code: body.code ?? trade.code, choice: choiceOf(body) })))
    })

    app.post('/sandbox/payments/:tradeNo/decline', async (request) => {
      const body = readBody(faultBody, request)
      return describe(changeTrade(core, request, (trade) => declineTrade(core, trade, choiceOf(body))))
    })

    app.post('/sandbox/payments/:tradeNo/pay-again', async (request) => {
      const choice = choiceOf(readBody(faultBody, request))
      return describe(changeTrade(core, request, (trade) => payAgain(core, trade, choice)))
    })

    app.post('/sandbox/payments/:tradeNo/redeliver', async (request) => {
      const choice = choiceOf(readBody(faultBody, request))
      return describe(changeTrade(core, request, (trade) => redeliverTrade(core, trade, choice)))
    })

    app.post('/sandbox/settlement', async (request) => {
      const { mode } = readBody(z.object({ mode: z.enum(settlementModes) }), request)
      setSettlementMode(core, mode)
      return { mode }
    })

    app.post('/sandbox/settle-transfer', async (request) => {
      const body = readBody(settleTransferBody, request)
      const transfer = core.store.transaction(() => {
        const found = findTransfer(core, body.outBizNo)
        if (found === undefined) throw new Refusal('NOT_FOUND', 'There is no such transfer.')
        return settleTransfer(core, found.transferNo, body.state, body.failure)
      })
      core.wake()
      return { transferNo: transfer.transferNo, state: transfer.state }
    })

    app.post('/sandbox/settle-refund', async (request) => {
      const body = readBody(settleRefundBody, request)
      const refund = core.store.transaction(() => {
        const found = findRefund(core, body.outRequestNo)
        if (found === undefined) throw new Refusal('NOT_FOUND', 'There is no such refund.')
        return settleRefund(core, found.refundNo, body.state)
      })
      core.wake()
      return { refundNo: refund.refundNo, state: refund.state }
    })

    app.get('/sandbox/clock', async () => describeClock(core))

    app.post('/sandbox/clock', async (request) => {
      core.clock.move(readBody(clockBody, request).offsetMs)
      core.wake()
      return describeClock(core)
    })
  })
}

function describe(trade: Trade): { tradeNo: string; outTradeNo: string; state: string } {
  return { tradeNo: trade.tradeNo, outTradeNo: trade.outTradeNo, state: trade.state }
}

function describeClock(core: Core): { offsetMs: number; now: string } {
  return { offsetMs: core.clock.offsetMs(), now: new Date(core.clock.now()).toISOString() }
}
