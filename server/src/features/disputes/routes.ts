import { disputes as contracts, refunds } from '@miaodan/shared/disputes/contract'
import { handle } from '../../kernel/feature.ts'
import { disputeView } from './dispute-view.ts'
import { addEvidence, extendEvidence, finishEvidence } from './evidence.ts'
import { drawPack } from './pack-pdf.ts'
import { disputeQueue } from './queue.ts'
import { agreeToRefund, askForRefund, counterRefund, refuseRefund, withdrawRefund } from './requests.ts'
import { requestQueue, requestsOfOrder, requestView } from './request-view.ts'
import { appeal, dryRun, rule, saveDraft, takeCase } from './ruling.ts'

const asking = [
  handle(refunds.ask, async ({ tx, deps, viewer, params, body }) => {
    const ids = await askForRefund(tx, deps, viewer, params.id, body)
    return { items: await Promise.all(ids.map(id => requestView(tx, deps, viewer, id))) }
  }),
  handle(refunds.ofOrder, async ({ db, deps, viewer, params }) => requestsOfOrder(db, deps, viewer, params.id)),
  handle(refunds.get, async ({ db, deps, viewer, params }) => requestView(db, deps, viewer, params.id)),
  handle(refunds.agree, async ({ tx, deps, viewer, params, body }) => {
    await agreeToRefund(tx, deps, viewer, params.id, body.version)
    return requestView(tx, deps, viewer, params.id)
  }),
  handle(refunds.counter, async ({ tx, deps, viewer, params, body }) => {
    await counterRefund(tx, deps, viewer, params.id, body)
    return requestView(tx, deps, viewer, params.id)
  }),
  handle(refunds.refuse, async ({ tx, deps, viewer, params, body }) => {
    await refuseRefund(tx, deps, viewer, params.id, body)
    return requestView(tx, deps, viewer, params.id)
  }),
  handle(refunds.withdraw, async ({ tx, deps, viewer, params }) => {
    await withdrawRefund(tx, deps, viewer, params.id)
    return requestView(tx, deps, viewer, params.id)
  }),
]

const arguing = [
  handle(contracts.get, async ({ db, deps, viewer, params }) => disputeView(db, deps, viewer, params.id)),
  handle(contracts.pack, async ({ db, deps, viewer, params, setHeader }) => {
    const dispute = await disputeView(db, deps, viewer, params.id)
    setHeader('content-disposition', `inline; filename="miaodan-case-${dispute.number}.pdf"`)
    setHeader('cache-control', 'private, no-store')
    return drawPack(dispute, deps.clock.now())
  }),
  handle(contracts.addEvidence, async ({ tx, deps, viewer, params, body }) => {
    await addEvidence(tx, deps, viewer, params.id, body)
    return disputeView(tx, deps, viewer, params.id)
  }),
  handle(contracts.finishEvidence, async ({ tx, deps, viewer, params }) => {
    await finishEvidence(tx, deps, viewer, params.id)
    return disputeView(tx, deps, viewer, params.id)
  }),
  handle(contracts.appeal, async ({ tx, deps, viewer, params, body }) => {
    await appeal(tx, deps, viewer, params.id, body.reason)
    return disputeView(tx, deps, viewer, params.id)
  }),
]

const deciding = [
  handle(contracts.queue, async ({ db, deps, viewer, query }) => disputeQueue(db, deps, viewer.userId, query)),
  handle(contracts.requests, async ({ db, deps, viewer, query }) => requestQueue(db, deps, viewer, query)),
  handle(contracts.take, async ({ tx, deps, viewer, params }) => {
    await takeCase(tx, deps, viewer, params.id)
    return disputeView(tx, deps, viewer, params.id)
  }),
  handle(contracts.extendEvidence, async ({ tx, deps, viewer, params }) => {
    await extendEvidence(tx, deps, viewer, params.id)
    return disputeView(tx, deps, viewer, params.id)
  }),
  handle(contracts.saveDraft, async ({ tx, deps, viewer, params, body }) => ({ savedAt: (await saveDraft(tx, deps, viewer, params.id, body)).toISOString() })),
  handle(contracts.dryRun, async ({ tx, deps, params, body }) => dryRun(tx, deps, params.id, body)),
  handle(contracts.rule, async ({ tx, deps, viewer, params, body }) => {
    await rule(tx, deps, viewer, params.id, body)
    return disputeView(tx, deps, viewer, params.id)
  }),
]

export const routes = [...asking, ...arguing, ...deciding]
