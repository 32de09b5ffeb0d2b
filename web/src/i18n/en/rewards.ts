import type zh from '../zh-CN/rewards.ts'
import type { Messages } from '../messages.ts'

export default {
  title: 'Coupons',
  note: 'The one that saves most is chosen when you pay. You can change it.',
  code: { label: 'Code', placeholder: 'Enter a code', claim: 'Claim', missing: 'Enter 4 to 20 letters or digits', claimed: 'Claimed: {name}' },
  sections: { usable: 'Usable', used: 'Used', over: 'Expired' },
  offers: { heading: 'To claim', note: 'Once claimed it is yours until it ends.', claim: 'Claim', claimOf: 'Claim {name}', why: { not_begun: 'Not begun', ended: 'Over', not_offered: 'Paused', all_gone: 'All gone', claimed_before: 'Claimed' } },
  empty: { usable: 'No coupons to use', usableText: 'Enter a code, or claim one above.', used: 'You have not used a coupon yet', over: 'None have expired' },
  discount: { amount: '{amount} off', percent: '{percent}% off', cap: 'at most {amount}' },
  terms: { minimum: 'Orders of {amount} and more', any: 'Orders of any amount', categories: 'Only {names}', until: 'Until {date}', from: 'From {date}' },
  why: {
    used: 'Used for an order', held: 'Kept for an order; you get it back if that is not paid', expired: 'Expired', not_begun: 'Cannot be used yet', wrong_category: 'Not for this kind of service', below_minimum: 'The order is below {amount}',
  },
  order: { held: 'Kept for {number}', spent: 'Used for {number}', took: '{amount} off', returned: '{amount} of it went back to the platform with a refund' },
  checkout: {
    price: 'Price', priceNote: 'This is what escrow holds, and what the provider is paid by.', coupon: 'Coupon', couponNote: '{name}, borne by the platform.', none: 'No coupon can be used', noneNote: 'Enter a code if you have one.', unused: 'Not used', unusedNote: 'One can be used. | {count} can be used.', toPay: 'To pay', toPayNote: 'A refund gives back both parts in proportion: what you paid to you, what the coupon gave to the platform.',
    change: 'Change', choose: 'Choose', enter: 'Enter a code', pickTitle: 'Choose a coupon', pickText: 'One for each order. If the order is not paid or not accepted, you get the coupon back.', useNone: 'Use no coupon', save: 'Saves {amount}', use: 'Use', failed: 'Not changed, the amount is as before', list: 'Coupons', share: '{amount} by the coupon',
  },
  staff: {
    title: 'Coupon campaigns', note: 'Claiming sets the most a coupon can take off aside from the budget: a coupon in hand can always be used.', add: 'New campaign', addNote: 'Its terms cannot be changed later. What was claimed keeps them.', empty: 'No campaigns yet', emptyText: 'Set one up, and give its code to people.',
    states: { coming: 'Not begun', running: 'Running', over: 'Over', paused: 'Paused' },
    facts: { claimed: 'Claimed', used: 'Used', held: 'Kept for unpaid orders', cost: 'Cost', committed: 'Promised' },
    bearers: { platform: 'Platform' }, bornBy: 'Borne by the {name}', of: '{part} of {whole}',
    listed: 'Open to all', unlisted: 'By code only', pause: 'Pause', resume: 'Resume', pauseTitle: 'Pause “{name}”', pauseText: 'Nobody claims it any more. Coupons in hand stay good.', resumeTitle: 'Resume “{name}”', resumeText: 'It can be claimed again at once.', reason: 'Reason (kept in the audit log)', missing: 'Say why', done: { pause: 'Paused', resume: 'Resumed' }, failed: 'That did not work',
    form: {
      code: 'Code', codeHelp: 'Four to twenty capital letters and digits, used once.', nameZh: 'Chinese name', nameEn: 'English name', kind: 'Kind', kinds: { amount: 'An amount off', percent: 'A share off' }, amount: 'Amount off', percent: 'Share off', cap: 'At most', minimum: 'Orders of at least', minimumHelp: 'More than the amount off.', categories: 'Only these categories', categoriesHelp: 'None chosen: every category.', from: 'First day', to: 'Last day', toHelp: 'To the end of that day.', totalLimit: 'Coupons in all', perPerson: 'For each person', budget: 'Budget', budgetHelp: 'It is used up with coupon number {count}.', bearer: 'Borne by', bearerHelp: 'Only the platform for now. A provider\'s own discount would need their money up front.', listed: 'Open: everybody can claim it on the coupons page', save: 'Create campaign', saved: 'The campaign is set up', need: 'Please fill in: {field}', needCode: '4 to 20 letters and digits', needPercent: 'A whole number from 1 to 99', needCount: 'A whole number above zero', needDates: 'The last day cannot be before the first',
    },
  },
} satisfies Messages<typeof zh>
