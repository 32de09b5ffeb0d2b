import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/changes.ts'

export default {
  title: 'Change {number}',
  propose: 'Propose a change',
  proposeNote: 'Another price, date or scope, or one more milestone',
  mine: 'Your proposed change', theirs: 'A change proposed by {other}',
  states: { proposed: 'Waiting for an answer', awaiting_payment: 'Waiting for payment', applied: 'In effect', rejected: 'Refused', withdrawn: 'Withdrawn', lapsed: 'Lapsed' },
  milestone: 'Milestone {position}', added: 'New milestone {position}',
  days: '{days} days', removed: 'Removed', addedLine: 'Added', checklist: 'Acceptance checklist', name: 'Name', price: 'Price', time: 'Days to delivery',
  from: 'Before', to: 'After',
  effect: { heading: 'What happens to the money', price: 'Order total', coupon: 'Of it by the coupon', fee: 'Platform fee (paid by the provider)', net: 'Provider receives', none: 'It takes effect as soon as it is agreed. No money moves.' },
  pay: { buyer: 'Once agreed you pay {amount} into escrow; it takes effect when that is paid.', provider: 'Once agreed the buyer pays {amount} into escrow; it takes effect when that is paid.' },
  couponReturned: { buyer: '{amount} that the coupon gave goes back to the platform in proportion.', provider: '{amount} that the coupon gave goes back to the platform in proportion.' },
  refund: { buyer: 'Once agreed {amount} comes back to you from escrow at once.', provider: 'Once agreed {amount} goes back to the buyer from escrow at once.' },
  form: {
    title: 'Propose a change', text: '{other} has 3 days to answer; no answer means no. Until then everything stays as agreed.', keep: 'What you leave alone stays as it is', reason: 'Why', reasonHint: 'A line or two for the other side', reasonMissing: 'Say why in a line.',
    name: 'Name', price: 'Price', days: 'Days to delivery', daysHint: 'Counted from its start', checklist: 'Acceptance checklist', checklistHint: 'One line each', add: 'Add a milestone', remove: 'Do not add it', preview: 'After the change', change: 'Change something, and this shows what happens to the money', send: 'Send the change', failed: 'It was not sent', needName: 'Enter a name', needPrice: 'Enter a price', needDays: 'Enter the days',
  },
  answer: {
    agree: 'Agree to the change', agreePay: 'Agree and pay {amount}', agreeRefund: 'Agree, {amount} goes back', agreeTitle: 'Agree to this change?', agreeText: 'The new terms hold from now on. Changing them back takes another change.', agreeFailed: 'It was not agreed',
    reject: 'Refuse', rejectTitle: 'Refuse this change?', rejectText: 'The order goes on as agreed before.', rejectReason: 'A word to {other}', rejectMissing: 'Say a word, so that the other side knows what to do.', rejectFailed: 'It was not sent',
    withdraw: 'Withdraw the change', withdrawUnpaid: 'Withdraw instead of paying', withdrawTitle: 'Withdraw this change?', withdrawText: 'The order goes on as agreed before.', withdrawFailed: 'It was not withdrawn',
    pay: 'Pay the difference of {amount}',
  },
  until: { answer: { mine: 'Answer before then; no answer means no', theirs: '{other} answers before then; no answer means no' }, pay: { buyer: 'Pay before then, or it lapses', provider: '{other} pays before then, or it lapses' } },
  history: 'Changes', said: '{other}: {text}', rejectedBecause: 'Answer: {text}',
  checkout: { title: 'Pay for the change', note: 'It takes effect as soon as it is paid', amount: 'Difference', into: 'It goes into escrow with the rest, and is released only when you accept the work.', over: 'There is nothing to pay for this change', overText: 'It may have been paid already, or have lapsed.', back: 'Back to the order', expires: 'Pay within {left}' },
} satisfies Messages<typeof zh>
