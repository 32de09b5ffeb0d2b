import { defineErrors } from '../kernel/problem.ts'

export const paymentErrors = defineErrors('payments', {
  not_payable: { status: 409, zh: '这一笔现在不需要付款，可能已付过或已过期。', en: 'There is nothing to pay here now. It may be paid already, or have expired.' },
  amount_changed: { status: 409, zh: '金额已变为 {amount}，请确认后再付。', en: 'The amount has changed to {amount}. Please check before paying.' },
  balance_too_low: { status: 409, zh: '余额不足，请换一种付款方式。', en: 'Your balance is too low. Choose another way to pay.' },
  gateway_unavailable: { status: 503, zh: '暂时连不上支付渠道，没有扣款。请稍后再试，或换一种方式。', en: 'The payment network cannot be reached and nothing was charged. Try again later, or another way.' },
  gateway_refused: { status: 409, zh: '支付渠道拒绝了这笔付款，没有扣款。请换一种方式。', en: 'The payment network refused this payment and nothing was charged. Try another way.' },
  payout_account_unknown: { status: 422, zh: '没有这个收款账户，请重新选择。', en: 'There is no such payout account. Choose another.' },
  closed: { status: 409, zh: '这笔付款已经结束，请重新付款。', en: 'This payment has ended. Please start a new one.' },
  own_payout: { status: 403, zh: '不能审批自己的提现。', en: 'Nobody decides on their own payout.' },
  payout_too_small: { status: 422, zh: '每笔至少提现 {minimum}。', en: 'A payout is at least {minimum}.' },
  payout_too_large: { status: 422, zh: '每笔最多提现 {maximum}，可以分几笔提。', en: 'A payout is at most {maximum}. Make several for more.' },
  account_number: { status: 422, zh: '账号不对，请核对每一位。', en: 'This account number is not right. Check every digit.' },
  bank_needed: { status: 422, zh: '请选择开户银行。', en: 'Choose the bank of the card.' },
  holder_name: { status: 422, zh: '户名要和实名认证的名字一致：{name}。', en: 'The account must be in your confirmed name: {name}.' },
  account_known: { status: 409, zh: '这个收款账户已经加过了。', en: 'This account has been added before.' },
  too_many_accounts: { status: 409, zh: '收款账户最多 {limit} 个，请先删掉一个。', en: 'There can be at most {limit} accounts. Remove one first.' },
  no_voucher: { status: 409, zh: '付款成功后才有支付凭证。', en: 'There is a voucher only once the payment has succeeded.' },
  no_statement: { status: 404, zh: '这个月没有对账单：还没到，或者还没有过资金往来。', en: 'There is no statement of this month: it has not come, or no money had moved yet.' },
  day_not_over: { status: 422, zh: '还没到这一天，没有账单。', en: 'This day has not come, so there is no bill.' },
})
