import type { Core } from './core.ts'
import { noFault, type FaultChoice } from './faults.ts'
import { note } from './journal.ts'
import { announce, announceOutdated, redeliver, type Announcement } from './notifications.ts'
import { newCode, newNumber } from './numbers.ts'
import { Refusal } from './refusal.ts'

export const channels = ['alipay', 'wechat', 'unionpay', 'card'] as const
export type Channel = (typeof channels)[number]
export type TradeState = 'pending' | 'succeeded' | 'failed' | 'closed'

export type Trade = {
  tradeNo: string
  outTradeNo: string
  twinOf: string | null
  state: TradeState
  amount: bigint
  currency: string
  subject: string
  channel: Channel
  notifyUrl: string
  returnUrl: string
  code: string
  wrongCodes: number
  reason: string | null
  createdAt: number
  expireAt: number
  paidAt: number | null
}

export type NewTrade = Pick<Trade, 'outTradeNo' | 'amount' | 'currency' | 'subject' | 'channel' | 'notifyUrl' | 'returnUrl' | 'expireAt'>

/** After so many wrong codes the payment fails, as with a bank. */
export const MAX_WRONG_CODES = 3

const SELECT = `select trade_no, out_trade_no, twin_of, state, amount, currency, subject, channel, notify_url, return_url, code,
  wrong_codes, reason, created_at, expire_at, paid_at from trades`

/** Opens a trade, or answers with the one that is already there if it is for the same money. */
export function createTrade(core: Core, input: NewTrade): Trade {
  const known = findByOutTradeNo(core, input.outTradeNo)
  if (known !== undefined) {
    if (known.amount === input.amount && known.currency === input.currency) return known
    throw new Refusal('PARAMETER_MISMATCH', 'This out_trade_no was used for another amount.')
  }
  const now = core.clock.now()
  if (input.expireAt <= now) throw new Refusal('INVALID_PARAMETER', 'expire_at has passed.')
  const trade: Trade = {
    ...input, tradeNo: newNumber('T', now), twinOf: null, state: 'pending', code: newCode(), wrongCodes: 0, reason: null, createdAt: now, paidAt: null,
  }
  core.store.insert('trades', trade)
  note(core, trade.tradeNo, { entry: 'created', data: { outTradeNo: trade.outTradeNo, amount: String(trade.amount), appId: core.settings.appId } })
  note(core, trade.tradeNo, { entry: 'code_sent', data: { code: trade.code } })
  return trade
}

/** By either number; by the merchant's it is the trade opened first, not what was paid once more. */
export function findTrade(core: Core, reference: { tradeNo?: string | undefined; outTradeNo?: string | undefined }): Trade | undefined {
  const trade = reference.tradeNo !== undefined
    ? core.store.get<Trade>(`${SELECT} where trade_no = :tradeNo`, { tradeNo: reference.tradeNo })
    : findByOutTradeNo(core, reference.outTradeNo ?? '')
  return trade !== undefined && isOverdue(core, trade) ? close(core, trade, 'expired') : trade
}

export function closeTrade(core: Core, trade: Trade): Trade {
  if (trade.state === 'succeeded') throw new Refusal('TRADE_ALREADY_PAID', 'The payer has paid; refund it instead.')
  return trade.state === 'pending' ? close(core, trade, 'merchant') : trade
}

export type Payment = { channel: Channel; code: string; choice: FaultChoice }

/** The payer confirms. Answers with the trade as it then is: paid, still pending (wrong code), failed or closed. */
export function payTrade(core: Core, trade: Trade, payment: Payment): Trade {
  if (trade.state !== 'pending') return trade
  if (payment.code !== trade.code) return countWrongCode(core, trade, payment)
  const paid: Trade = { ...trade, state: 'succeeded', channel: payment.channel, paidAt: core.clock.now() }
  core.store.run(
    `update trades set state = 'succeeded', channel = :channel, paid_at = :paidAt where trade_no = :tradeNo and state = 'pending'`,
    { tradeNo: paid.tradeNo, channel: paid.channel, paidAt: paid.paidAt },
  )
  note(core, trade.tradeNo, { entry: 'paid', data: { fault: payment.choice.fault } })
  announceTrade(core, paid, payment.choice)
  if (payment.choice.fault === 'reordered') announceEarlierClose(core, paid)
  return paid
}

export function declineTrade(core: Core, trade: Trade, choice: FaultChoice = noFault): Trade {
  return trade.state === 'pending' ? fail(core, trade, 'declined', choice) : trade
}

/** The payer pays the same thing once more: a trade of its own under the same `out_trade_no`, at once successful. */
export function payAgain(core: Core, trade: Trade, choice: FaultChoice = noFault): Trade {
  if (trade.state !== 'succeeded') throw new Refusal('TRADE_NOT_PAID', 'Only what was paid can be paid once more.')
  const now = core.clock.now()
  const twin: Trade = { ...trade, tradeNo: newNumber('T', now), twinOf: trade.twinOf ?? trade.tradeNo, createdAt: now, paidAt: now }
  core.store.insert('trades', twin)
  note(core, trade.tradeNo, { entry: 'paid_again', data: { tradeNo: twin.tradeNo } })
  note(core, twin.tradeNo, { entry: 'paid', data: { fault: choice.fault } })
  announceTrade(core, twin, choice)
  return twin
}

export function closeOverdueTrades(core: Core, limit: number): void {
  const overdue = core.store.all<Trade>(`${SELECT} where state = 'pending' and expire_at <= :now limit :limit`, { now: core.clock.now(), limit })
  for (const trade of overdue) close(core, trade, 'expired')
}

/** Sends the trade's outcome once more, going wrong as chosen. */
export function redeliverTrade(core: Core, trade: Trade, choice: FaultChoice): Trade {
  redeliver(core, trade.tradeNo, 'payment', choice)
  if (choice.fault === 'reordered' && trade.state === 'succeeded') announceEarlierClose(core, trade)
  return trade
}

function announceEarlierClose(core: Core, trade: Trade): void {
  announceOutdated(core, announcement({ ...trade, state: 'closed', reason: 'expired' }, trade.createdAt))
}

function findByOutTradeNo(core: Core, outTradeNo: string): Trade | undefined {
  return core.store.get<Trade>(`${SELECT} where out_trade_no = :outTradeNo and twin_of is null`, { outTradeNo })
}

function isOverdue(core: Core, trade: Trade): boolean {
  return trade.state === 'pending' && trade.expireAt <= core.clock.now()
}

function countWrongCode(core: Core, trade: Trade, payment: Payment): Trade {
  const wrongCodes = trade.wrongCodes + 1
  core.store.run('update trades set wrong_codes = :wrongCodes where trade_no = :tradeNo', { wrongCodes, tradeNo: trade.tradeNo })
  note(core, trade.tradeNo, { entry: 'wrong_code', data: { left: MAX_WRONG_CODES - wrongCodes } })
  const counted: Trade = { ...trade, wrongCodes }
  return wrongCodes < MAX_WRONG_CODES ? counted : fail(core, counted, 'wrong_code', payment.choice)
}

function fail(core: Core, trade: Trade, reason: string, choice: FaultChoice): Trade {
  const failed: Trade = { ...trade, state: 'failed', reason }
  end(core, failed)
  note(core, trade.tradeNo, { entry: 'failed', data: { reason } })
  announceTrade(core, failed, choice)
  return failed
}

function close(core: Core, trade: Trade, reason: string): Trade {
  const closed: Trade = { ...trade, state: 'closed', reason }
  end(core, closed)
  note(core, trade.tradeNo, { entry: 'closed', data: { reason } })
  announceTrade(core, closed, noFault)
  return closed
}

function end(core: Core, trade: Trade): void {
  core.store.run('update trades set state = :state, reason = :reason where trade_no = :tradeNo',
    { state: trade.state, reason: trade.reason, tradeNo: trade.tradeNo })
}

/** It happened when it was paid, however long telling it takes. */
function announceTrade(core: Core, trade: Trade, choice: FaultChoice): void {
  announce(core, announcement(trade, trade.paidAt ?? core.clock.now()), choice)
}

function announcement(trade: Trade, at: number): Announcement {
  return {
    subjectNo: trade.tradeNo,
    type: `payment.${trade.state}`,
    notifyUrl: trade.notifyUrl,
    parameters: {
      event_time: new Date(at).toISOString(),
      out_trade_no: trade.outTradeNo,
      trade_no: trade.tradeNo,
      amount: String(trade.amount),
      currency: trade.currency,
      channel: trade.channel,
      ...(trade.reason === null ? {} : { reason: trade.reason }),
    },
  }
}
