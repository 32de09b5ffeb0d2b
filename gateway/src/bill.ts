import type { Core } from './core.ts'
import { chinaDayBounds } from './numbers.ts'

export type BillEntry = {
  kind: 'payment' | 'refund' | 'transfer'
  no: string
  outNo: string
  tradeNo: string | null
  amount: bigint
  currency: string
  settledAt: number
}

export type BillSum = { kind: BillEntry['kind']; count: number; amount: bigint }
export type Bill = { entries: BillEntry[]; sums: BillSum[]; next: string | null }

const PAGE_SIZE = 1000

const SETTLED = `(
  select 'payment' as kind, trade_no as no, out_trade_no as out_no, trade_no, amount, currency, paid_at as settled_at from trades
    where paid_at >= :from and paid_at < :until
  union all
  select 'refund', refund_no, out_request_no, trade_no, amount, currency, settled_at from refunds
    where settled_at >= :from and settled_at < :until and state = 'succeeded'
  union all
  select 'transfer', transfer_no, out_biz_no, null, amount, currency, settled_at from transfers
    where settled_at >= :from and settled_at < :until and state = 'paid'
)`

/** One page of all that settled on a day in China, with the sums of the whole day. `after` is the `next` of the page before. */
export function billOf(core: Core, day: string, after: string | undefined): Bill {
  const bounds = chinaDayBounds(day)
  const [afterAt, afterNo] = after === undefined ? [0, ''] : readCursor(after)
  const entries = core.store.all<BillEntry>(
    `select * from ${SETTLED} where (settled_at, no) > (:afterAt, :afterNo) order by settled_at, no limit :limit`,
    { ...bounds, afterAt, afterNo, limit: PAGE_SIZE },
  )
  const sums = core.store.all<BillSum>(`select kind, count(*) as count, sum(amount) as amount from ${SETTLED} group by kind`, bounds)
  const last = entries.length === PAGE_SIZE ? entries.at(-1) : undefined
  return { entries, sums, next: last === undefined ? null : `${last.settledAt}.${last.no}` }
}

function readCursor(text: string): [number, string] {
  const at = text.indexOf('.')
  return [Number(text.slice(0, at)), text.slice(at + 1)]
}
