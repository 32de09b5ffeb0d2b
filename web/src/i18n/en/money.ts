import type zh from '../zh-CN/money.ts'
import type { Messages } from '../messages.ts'

export default {
  state: {
    planned: 'Not paid',
    due: 'Payment due',
    held: 'In escrow',
    clearing: 'Clearing',
    released: 'Released',
    available: 'Available',
    disputed: 'Frozen',
    refunded: 'Refunded',
  },
  total: 'Order total',
  where: 'Where this money is',
  openWhere: '{amount}, where this money is',
  why: 'Why',
  until: 'Until',
  then: 'Then',
  otherwise: 'Otherwise',
} satisfies Messages<typeof zh>
