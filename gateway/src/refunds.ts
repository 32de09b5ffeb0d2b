import type { Core } from './core.ts'
import { note } from './journal.ts'
import { announce } from './notifications.ts'
import { newNumber } from './numbers.ts'
import { Refusal } from './refusal.ts'
import { planSettlement } from './settlement.ts'
import type { Trade } from './trades.ts'

export type RefundState = 'processing' | 'succeeded' | 'failed'

export type Refund = {
  refundNo: string
  outRequestNo: string
  tradeNo: string
  outTradeNo: string
  state: RefundState
  dueState: 'succeeded' | 'failed'
  amount: bigint
  currency: string
  remark: string
  notifyUrl: string
  reason: string | null
  createdAt: number
  settledAt: number | null
}

export type NewRefund = Pick<Refund, 'outRequestNo' | 'amount' | 'currency' | 'remark' | 'notifyUrl'>

const SELECT = `select r.refund_no, r.out_request_no, r.trade_no, t.out_trade_no, r.state, r.due_state, r.amount, r.currency, r.remark,
  r.notify_url, r.reason, r.created_at, r.settled_at from refunds r join trades t using (trade_no)`

/** Parts may be returned until the payment is used up. What is still processing counts as returned. */
export function createRefund(core: Core, trade: Trade, input: NewRefund): Refund {
  const known = findRefund(core, input.outRequestNo)
  if (known !== undefined) {
    if (known.tradeNo === trade.tradeNo && known.amount === input.amount && known.currency === input.currency) return known
    throw new Refusal('PARAMETER_MISMATCH', 'This out_request_no was used for another refund.')
  }
  if (trade.state !== 'succeeded') throw new Refusal('TRADE_NOT_PAID', 'Nothing was paid.')
  if (input.currency !== trade.currency) throw new Refusal('INVALID_PARAMETER', 'currency is not that of the payment.')
  if (refundedAmount(core, trade.tradeNo) + input.amount > trade.amount) {
    throw new Refusal('REFUND_EXCEEDS_PAYMENT', 'Together the refunds would exceed what was paid.')
  }
  const now = core.clock.now()
  const refundNo = newNumber('R', now)
  core.store.insert('refunds', {
    ...input, refundNo, tradeNo: trade.tradeNo, state: 'processing', createdAt: now, ...planSettlement(core, 'succeeded'),
  })
  note(core, trade.tradeNo, { entry: 'refund_requested', data: { refundNo, amount: String(input.amount) } })
  return mustFind(core, refundNo)
}

export function findRefund(core: Core, outRequestNo: string): Refund | undefined {
  return core.store.get<Refund>(`${SELECT} where r.out_request_no = :outRequestNo`, { outRequestNo })
}

/** Succeeded or under way. */
export function refundedAmount(core: Core, tradeNo: string): bigint {
  const row = core.store.get<{ refunded: bigint }>(
    `select coalesce(sum(amount), 0) as refunded from refunds where trade_no = :tradeNo and state <> 'failed'`, { tradeNo })
  return row?.refunded ?? 0n
}

export function recentRefunds(core: Core, limit: number): Refund[] {
  return core.store.all<Refund>(`${SELECT} order by r.created_at desc limit :limit`, { limit })
}

export function settleDueRefunds(core: Core, limit: number): void {
  const due = core.store.all<Refund>(`${SELECT} where r.due_at <= :now limit :limit`, { now: core.clock.now(), limit })
  for (const refund of due) settleRefund(core, refund.refundNo, refund.dueState)
}

export function settleRefund(core: Core, refundNo: string, state: 'succeeded' | 'failed'): Refund {
  const now = core.clock.now()
  const reason = state === 'failed' ? 'payer_account_closed' : null
  const changed = core.store.run(
    `update refunds set state = :state, reason = :reason, settled_at = :now, due_at = null where refund_no = :refundNo and state = 'processing'`,
    { state, reason, now, refundNo },
  )
  const refund = mustFind(core, refundNo)
  if (changed === 0) throw new Refusal('ALREADY_SETTLED', 'The refund has settled.')
  note(core, refund.tradeNo, { entry: 'refund_settled', data: { refundNo, state } })
  announce(core, {
    subjectNo: refund.tradeNo,
    type: `refund.${state}`,
    notifyUrl: refund.notifyUrl,
    parameters: {
      event_time: new Date(now).toISOString(),
      out_trade_no: refund.outTradeNo,
      trade_no: refund.tradeNo,
      out_request_no: refund.outRequestNo,
      refund_no: refundNo,
      amount: String(refund.amount),
      currency: refund.currency,
      ...(reason === null ? {} : { reason }),
    },
  })
  return refund
}

function mustFind(core: Core, refundNo: string): Refund {
  const refund = core.store.get<Refund>(`${SELECT} where r.refund_no = :refundNo`, { refundNo })
  if (refund === undefined) throw new Refusal('NOT_FOUND', 'There is no such refund.')
  return refund
}
