/** A refund request is decided: the milestone's money is divided, once, and the request ends with the amounts. */
import { refundRequestLifecycle } from '@miaodan/shared/disputes/lifecycle'
import type { RefundReason } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines } from '../../kernel/deadlines.ts'
import { transition } from '../../kernel/transition.ts'
import { divideMilestone, type Deal } from '../orders/index.ts'
import { requestFacts } from './facts.ts'
import { refundRequests, type RequestRow } from './tables.ts'

type Decision = { toBuyer: bigint, outcome: 'agreed' | 'silence' | 'ruled', actorId: string | null } & (
  | { action: 'agree', actor: 'buyer' | 'provider' } | { action: 'execute_by_silence', actor: 'timer' } | { action: 'execute', actor: 'system' })

const REASONS = { agreed: 'agreed', silence: 'not_answered', ruled: 'ruled' } as const satisfies Record<Decision['outcome'], RefundReason>

/** The order's row is locked. */
export async function carryOut(tx: Tx, deps: Deps, deal: Deal, request: RequestRow, { action, actor, actorId, toBuyer, outcome }: Decision): Promise<void> {
  const divided = await divideMilestone(tx, deps, deal, request.milestoneId, { requestId: request.id, of: request.pot, toBuyer, reason: REASONS[outcome] })
  await transition(tx, deps.clock, refundRequestLifecycle, refundRequests, {
    id: request.id, action, actor, actorId, key: request.orderId, set: { outcome, ...divided, answerBy: null, endedAt: deps.clock.now() },
    data: { ...requestFacts(request, actor === 'buyer' || actor === 'provider' ? actor : null), amount: toBuyer.toString(), cashAmount: (toBuyer - divided.coupon).toString(), fee: divided.fee.toString(), net: divided.net.toString() },
  })
  await cancelDeadlines(tx, 'refund_request', request.id)
}
