import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/ledger.ts'

export default {
  title: 'Ledger',
  note: 'To read only. Money moves through what happens to orders and payments.',
  tabs: { trial: 'Trial balance', accounts: 'Accounts', entries: 'Entries', trail: 'Money of an order', reconcile: 'Reconciliation' },
  kinds: {
    escrow: 'Escrow', clearing: 'Clearing', available: 'Available', frozen: 'Frozen', payout: 'Payouts under way', refund: 'Refunds under way', suspense: 'Overpaid, to be returned', gateway: 'Payment network', platform: 'Platform',
  },
  own: { fee: 'Platform fee', coupon: 'Promotions (coupons)', rounding: 'Rounding' },
  entryKinds: {
    escrow_funded: 'Paid into escrow', escrow_funded_from_balance: 'Paid into escrow from balance', escrow_moved: 'Escrow moved to the order', escrow_refunded: 'Escrow refunded', milestone_released: 'Milestone released', clearing_ended: 'Clearing ended',
    clearing_refunded: 'Refunded in clearing', clearing_frozen: 'Frozen for a refund request', clearing_unfrozen: 'No longer frozen', payout_requested: 'Payout requested', payout_paid: 'Payout arrived', payout_failed: 'Payout failed, returned', refund_sent: 'Refund sent', refund_credited: 'Refund to balance',
    suspense_received: 'Overpayment received', suspense_returned: 'Overpayment returned', suspense_credited: 'Overpayment to balance',
  },
  trial: {
    kind: 'Kind', accounts: 'Accounts', balance: 'Balance', sum: 'Sum', balanced: 'Balanced', broken: 'The sum is not zero', platform: 'Accounts of the platform and the networks',
    verify: 'Verify all books', verified: '{entries} entries with {postings} postings agree', faults: '{count} fault found | {count} faults found', fault: '{check}: {subject}',
  },
  accounts: {
    search: 'Part of the address, such as an id', kind: 'Kind', allKinds: 'All kinds', holding: 'Only with money', empty: 'There is no such account', openedAt: 'Opened: {when}', statement: 'Statement', none: 'Nothing moved', close: 'Back to the accounts',
    time: 'Time', what: 'What', counterpart: 'Counterpart', change: 'Change', after: 'Balance',
  },
  entries: { search: 'Full id of an order or a person', order: 'By order', user: 'By person', empty: 'No entries', chain: 'Chain {chain}, number {sequence}', needId: 'Enter the full id', postings: 'Postings' },
  trail: {
    search: 'Id of the order (UUID)', show: 'Show', hint: 'Enter an order’s id to follow every fen from the payment to where it is now.', paidIn: 'Paid in', places: 'Where it is now', steps: 'What happened', leaves: 'How it left balances', settled: 'Arrived', onTheWay: 'On its way', empty: 'No money was recorded for this order',
  },
  reconcile: {
    day: 'Day', kinds: { payment: 'Payments', refund: 'Refunds', transfer: 'Payouts' }, bill: 'Gateway’s bill', books: 'Our books', kind: 'Kind', agree: 'Both agree for the day', differences: '{count} difference | {count} differences',
    reasons: { missing_here: 'On the bill, not with us', missing_there: 'With us, not on the bill', amount: 'Different amounts' }, count: '{count} item | {count} items',
    days: 'Compared every day', daysNote: 'After 2 a.m. for the day before. Money on the bill we were never told of is booked or sent back right then.', noDays: 'No day was compared yet.', even: 'Agree', found: '{count} found | {count} found',
  },
} satisfies Messages<typeof zh>
