/** A statement as tables, which each format sets in its own way. In Chinese with English beside it, as on the vouchers. */
import type { EntryKind } from '@miaodan/shared/ledger/model'
import type { PaymentChannel } from '@miaodan/shared/payments/model'
import type { Statement } from './statements.ts'

/** Money is in fen. */
export type Value = Date | string | bigint
export type Column = { label: string, kind: 'time' | 'text' | 'title' | 'money' }
export type Table = { title: string, sheet: string, columns: Column[], rows: Value[][], total: Value[], empty: string }

export const CHANNELS: Record<PaymentChannel, string> = { alipay: '支付宝 Alipay', wechat: '微信支付 WeChat Pay', unionpay: '银联 UnionPay', card: '银行卡 Bank card', balance: '账户余额 Balance' }

/** Those that touch a person's balance. */
const KINDS: Partial<Record<EntryKind, string>> = {
  'clearing.ended': '结算到账 Cleared',
  'clearing.unfrozen': '结算到账 Cleared',
  'payout.requested': '提现 Payout',
  'payout.failed': '提现退回 Returned',
  'escrow.funded_from_balance': '余额付款 Paid',
  'refund.credited': '退款 Refund',
  'suspense.credited': '多付退回 Returned',
}

const TIME: Column = { label: '时间 Time', kind: 'time' }
const WHAT: Column = { label: '事项 What', kind: 'text' }
const ORDER: Column = { label: '订单号 Order', kind: 'text' }
const TITLE: Column = { label: '名称 Title', kind: 'title' }
const money = (label: string): Column => ({ label, kind: 'money' })
const TOTAL = '合计 Total'

export function tablesOf(statement: Statement): [balance: Table, earned: Table, paid: Table] {
  const { movements, earnings, paid, opening, deals } = statement
  const numberOf = (subject: string | null): string => deals.get(subject ?? '')?.number ?? ''
  const titleOf = (subject: string | null, own = ''): string => deals.get(subject ?? '')?.title ?? own
  return [
    {
      title: '可用余额 Balance', sheet: '余额 Balance', empty: '本月没有变动 Nothing moved',
      columns: [TIME, WHAT, ORDER, TITLE, money('变动 Change'), money('余额 Balance')],
      rows: movements.map(line => [line.at, KINDS[line.kind] ?? '其他 Other', numberOf(line.orderId), titleOf(line.orderId), line.change, line.balance]),
      total: ['', TOTAL, '', '', sum(movements.map(line => line.change)), movements.at(-1)?.balance ?? opening],
    },
    {
      title: '接单收入 Earned', sheet: '收入 Earned', empty: '本月没有收入 Nothing was earned',
      columns: [TIME, WHAT, ORDER, TITLE, money('金额 Amount'), money('服务费 Fee'), money('实得 Net')],
      rows: earnings.map(line => [line.at, line.kind === 'milestone.released' ? '验收放款 Released' : '放款后退款 Refunded', numberOf(line.orderId), titleOf(line.orderId), line.gross, line.fee, line.gross - line.fee]),
      total: ['', TOTAL, '', '', sum(earnings.map(line => line.gross)), sum(earnings.map(line => line.fee)), sum(earnings.map(line => line.gross - line.fee))],
    },
    {
      title: '付款与退款 Paid and refunded', sheet: '付款 Paid', empty: '本月没有付款 Nothing was paid',
      columns: [TIME, WHAT, ORDER, TITLE, { label: '方式 By', kind: 'text' }, money('金额 Amount')],
      rows: paid.map(line => [line.at, line.amount < 0n ? '退款 Refunded' : '付款 Paid', numberOf(line.subjectId), titleOf(line.subjectId, line.title), CHANNELS[line.channel], line.amount]),
      total: ['', TOTAL, '', '', '', sum(paid.map(line => line.amount))],
    },
  ]
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

/** 1234.50: for machines, without sign of the currency and without thousands. */
export function yuan(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
