import { defineErrors } from '../kernel/problem.ts'

export const ledgerErrors = defineErrors('ledger', {
  insufficient_balance: { status: 409, zh: '余额不足，这笔钱没有动。', en: 'There is not enough money for this. Nothing was moved.' },
  account_not_found: { status: 404, zh: '账本里没有这个账户。', en: 'The ledger has no such account.' },
  entry_not_found: { status: 404, zh: '账本里没有这笔分录。', en: 'The ledger has no such entry.' },
})
