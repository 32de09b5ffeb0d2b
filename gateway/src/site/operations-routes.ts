import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Core } from '../core.ts'
import { noFault } from '../faults.ts'
import { redeliver } from '../notifications.ts'
import { recentRefunds, settleRefund } from '../refunds.ts'
import { setSettlementMode, settlementMode, settlementModes } from '../settlement.ts'
import { recentTransfers, settleTransfer, transferFailures } from '../transfers.ts'
import { operationsPage } from './operations-page.ts'
import { pageOf, readBody, sendPage } from './request.ts'

const SHOWN = 50

const modeForm = z.object({ mode: z.enum(settlementModes) })
const transferForm = z.object({ state: z.enum(['paid', 'failed']), failure: z.enum(transferFailures).default('account_not_found') })
const refundForm = z.object({ state: z.enum(['succeeded', 'failed']) })

export function registerOperations(app: FastifyInstance, core: Core): void {
  app.get('/', async (_request, reply) => reply.redirect('/sandbox/transfers', 302))

  app.get('/sandbox/transfers', async (request, reply) => {
    const saved = (request.query as { saved?: unknown }).saved === '1'
    const view = { mode: settlementMode(core), saved, transfers: recentTransfers(core, SHOWN), refunds: recentRefunds(core, SHOWN) }
    return sendPage(reply, 200, operationsPage(pageOf(core, request), view))
  })

  app.post('/sandbox/transfers/mode', async (request, reply) => {
    setSettlementMode(core, readBody(modeForm, request).mode)
    return back(core, request, reply, '&saved=1')
  })

  app.post('/sandbox/transfers/:no/decide', async (request, reply) => {
    const form = readBody(transferForm, request)
    core.store.transaction(() => settleTransfer(core, numberOf(request), form.state, form.failure))
    return back(core, request, reply)
  })

  app.post('/sandbox/transfers/:no/redeliver', async (request, reply) => {
    core.store.transaction(() => redeliver(core, numberOf(request), 'transfer', noFault))
    return back(core, request, reply)
  })

  app.post('/sandbox/refunds/:no/decide', async (request, reply) => {
    const form = readBody(refundForm, request)
    core.store.transaction(() => settleRefund(core, numberOf(request), form.state))
    return back(core, request, reply)
  })
}

function numberOf(request: FastifyRequest): string {
  return (request.params as { no: string }).no
}

function back(core: Core, request: FastifyRequest, reply: FastifyReply, more = ''): FastifyReply {
  core.wake()
  return reply.redirect(`/sandbox/transfers?lang=${pageOf(core, request).language}${more}`, 303)
}
