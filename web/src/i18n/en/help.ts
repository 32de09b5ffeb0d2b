import type zh from '../zh-CN/help.ts'
import type { Messages } from '../messages.ts'

export default {
  title: 'Help',
  note: 'How money moves, how to order, and what to do when you are not happy.',
  search: 'Search, e.g. “refund”',
  found: '{count} article | {count} articles',
  none: 'Nothing found',
  noneText: 'Try other words, or look through these.',
  all: 'All questions',
  groups: { money: 'Money and fees', buying: 'Buyers', trouble: 'Refunds and disputes', providing: 'Providers', contact: 'Contact' },
  related: 'Related questions',
  missing: 'There is no such article',
  missingText: 'It may have another name now. Search the help.',
  contents: 'On this page',
  escrow: {
    title: 'Escrow',
    lead: 'What you pay is held by the platform and goes to the provider only after you accept the work. For every amount you can see where it is, why, and until when.',
    steps: {
      pay: { title: 'You pay, the money waits', text: 'The provider can see it but cannot touch it. An order that is not paid within 30 minutes expires.' },
      deliver: { title: 'You check against the list', text: 'The acceptance checklist is agreed with the order, and you tick it line by line. If something is not right you can ask for a revision, as often as agreed.' },
      release: { title: 'You accept, the money is released', text: 'Nothing is released before that. If you do nothing, the work is accepted 7 days after the last delivery, with reminders 3 days and 1 day before. You may extend once, by 7 days.' },
    },
    milestones: 'A larger order can have several milestones, each with its own escrow and its own acceptance. A dispute about one does not stop the others.',
  },
  ways: {
    title: 'Three ways to order',
    lead: 'Choose what fits. Prices and protection are the same.',
    instant: { title: 'Instant', text: 'You set the price and pay into escrow first. Matching providers are notified in waves, and the first to take it gets it. If nobody does, you get everything back.', fit: 'Urgent and clear-cut' },
    quotes: { title: 'Quotes', text: 'You post a request and fitting providers send quotes. Talk, counter, choose one, then pay. A quote holds for 72 hours.', fit: 'To compare and discuss' },
    direct: { title: 'Direct', text: 'Choose a package on a service page and answer its questions: the price is final at once. The provider accepts within 24 hours, or you get everything back.', fit: 'You have found the right service' },
  },
  fees: {
    title: 'Platform fee',
    lead: 'Buyers pay no fee. The provider bears it, and it is taken when money is released.',
    rate: { title: 'How much is it?', text: 'A share set by category, with a minimum and a maximum. Providers see what they will receive before they quote or publish.' },
    frozen: { title: 'Can it change?', text: 'Not for your order: it keeps the rate it was placed with. New rates apply to new orders and are announced 7 days ahead.' },
    refund: { title: 'What about refunds?', text: 'There is no fee on what goes back to the buyer; what was taken is returned in proportion.' },
    clearing: { title: 'When does the money arrive?', text: 'Released money clears for 3 days and can then be paid out. The wallet names the day for every amount.' },
  },
  refunds: {
    title: 'Refunds',
    lead: 'While an order runs, and until its money has cleared, either side can ask for a refund and name the amount.',
    atOnce: { title: 'At once', text: 'A double payment, a wrong amount or an order that was never accepted is refunded by the system, at any hour. So is whatever the provider agrees to.' },
    silence: { title: 'No answer', text: 'If the provider does not answer within 3 days, you are refunded as requested. If the buyer does not, an arbitrator decides.' },
    dispute: { title: 'No agreement', text: 'An arbitrator decides: both sides have 48 hours for evidence, the ruling may split the amount, and either side may appeal once within 48 hours, to another arbitrator.' },
    partial: { title: 'How much', text: 'All of it or a part. A milestone ends with its refund and the provider keeps the rest; a withdrawn request lets it go on. When money that is clearing is disputed, only the disputed part is frozen.' },
    coupon: { title: 'With a coupon', text: 'Escrow holds the full price; the platform pays what the coupon gives. A refund is divided as it was paid: your part to you, the coupon\'s to the platform. If the order ends before work begins, you get the coupon back as well.' },
  },
} satisfies Messages<typeof zh>
