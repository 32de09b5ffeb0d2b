import { randomUUID } from 'node:crypto'
import type { Core } from '../core.ts'
import { signParameters } from '../signature.ts'
import type { Trade } from '../trades.ts'

/**
 * Where the browser goes afterwards. The whole query is signed, the merchant's own part included. `method=return` keeps
 * it from being passed off as a notification.
 */
export function returnUrl(core: Core, trade: Trade): string {
  const url = new URL(trade.returnUrl)
  const parameters = signParameters({
    ...Object.fromEntries(url.searchParams),
    method: 'return',
    app_id: core.settings.appId,
    out_trade_no: trade.outTradeNo,
    trade_no: trade.tradeNo,
    trade_status: trade.state,
    amount: String(trade.amount),
    currency: trade.currency,
    timestamp: new Date(core.clock.wall()).toISOString(),
    nonce: randomUUID(),
    sign_type: 'RSA2',
  }, core.keys.own)
  url.search = new URLSearchParams(parameters).toString()
  return url.href
}
