import type { HelpArticle } from '../types.ts'

export const articles: HelpArticle[] = [
  {
    slug: 'escrow', group: 'money', title: 'How does escrow protect my money?', summary: 'The platform holds your payment until you accept the work.',
    body: `What you pay goes into the escrow of one milestone. The provider sees that it is held but cannot touch it.

It is released when you accept, or when 7 days pass after the last delivery without an answer from you.

- Each milestone has its own escrow; a dispute about one does not stop the others
- Open any amount on the order page to see who holds it, why, and until when
- Do not pay outside the platform: money that was never in escrow cannot be recovered`,
  },
  {
    slug: 'where-is-my-money', group: 'money', title: 'Where is my money now?', summary: 'Every amount opens: who holds it, why, and until when.',
    body: `An amount with a dotted line under it opens: who holds it now, why, until when, and what happens then.

The money of an order is always in one of these states:

- Due: not paid yet; without a payment within 30 minutes the order expires
- In escrow: paid and held by the platform; neither side can take it
- In clearing: accepted and released; the provider can withdraw it after 3 days
- Available: in the provider's wallet, ready to withdraw
- Frozen: a refund was asked for or a case is open; only the amount in question is frozen
- Refunded: back with the person who paid

A refund goes back the way it was paid and arrives when the channel says so. What a channel cannot take back goes to your balance, with the reason.`,
    to: { path: '/wallet', label: 'Open the wallet' },
  },
  {
    slug: 'fees', group: 'money', title: 'What is the platform fee and who pays it?', summary: 'The provider pays it on release; the rate is frozen when the order is made.',
    body: `Buyers pay the price on the page and nothing on top. The fee is the provider's and is taken on release: 8% by default; some categories have a rate, a minimum and a maximum of their own.

Example: of ¥6,800.00 the fee is ¥544.00 and the provider receives ¥6,256.00.

- Before you take or quote, the page says what you will receive
- The rate is frozen when the order is made; later changes do not touch it
- There is no fee on what is refunded; what was taken goes back in proportion`,
  },
  {
    slug: 'coupons', group: 'money', title: 'How do coupons work?', summary: 'The best one is chosen when you pay; a refund goes back in the proportion it was paid.',
    body: `Your coupons are in the wallet under Coupons. When you pay, the one that saves most is chosen; you may take another one, or none.

The platform pays what the coupon gives. The escrow still holds the full price, and the provider is paid by the full price.

- A refund goes back in the proportion it was paid: your part to you, the coupon's part to the platform
- If nobody accepts, or you cancel before work starts, you get the coupon back as well`,
    to: { path: '/wallet/coupons', label: 'See my coupons' },
  },
  {
    slug: 'vouchers', group: 'money', title: 'How do I get vouchers and invoices?', summary: 'Vouchers can be downloaded at any time; providers issue the invoices for their work.',
    body: `After each payment a voucher (PDF) is on the order page under Documents and in the wallet under Payment vouchers, with the amount, the time and where the money went.

The invoice for the work comes from the provider: send them your invoice title and tax number in the chat.

A voucher is not an invoice and does not replace one.`,
    to: { path: '/wallet/vouchers', label: 'See the vouchers' },
  },
  {
    slug: 'three-ways', group: 'buying', title: 'Instant, quotes or direct: which one?', summary: 'Instant for speed, quotes to compare, direct when you have chosen.',
    body: `Instant: you set the price and fund it first. Providers that fit are told in waves, and the first to take it has it. If nobody does, all of it comes back. For what is urgent and clear.

Quotes: describe the work and your budget; providers quote, you may chat and counter, and you pay after choosing. A quote is good for 72 hours. For what you want to compare or talk over.

Direct: choose a package and add-ons on the page of a service, answer its questions and pay. If the provider does not accept within 24 hours you are refunded in full. For a service you have already chosen.`,
    to: { path: '/post', label: 'Post a request' },
  },
  {
    slug: 'acceptance', group: 'buying', title: 'How do I accept, and what is automatic acceptance?', summary: 'Seven days after the last delivery without an answer, the milestone is accepted.',
    body: `After a delivery you have 7 days to check it against the acceptance checklist. If it is right, accept and release; if not, ask for changes as often as was agreed. Without an answer it is accepted and the money released.

- Reminders come 3 days and 1 day before
- You may take 7 more days, once
- A new delivery after a revision starts the 7 days again; how many revisions there are is part of the package or quote
- While the money clears, for 3 days, you can still ask for a refund`,
  },
  {
    slug: 'changes', group: 'buying', title: 'What if something is to be added, or a date to move?', summary: 'Propose a change in the order; the difference in price is shown and counts once the other side agrees.',
    body: `Propose a change on the order page: another price, date or scope, or one more milestone. The change shows the difference in price.

- It counts once the other side agrees; silence means no
- What is added to the price counts once it is paid into escrow
- The change stays in the order beside what was agreed first`,
  },
  {
    slug: 'refunds', group: 'trouble', title: 'When can I get a refund?', summary: 'At once if nobody accepted or you paid twice; otherwise by agreement or arbitration.',
    body: `You are refunded at once when the provider declines or does not accept within 24 hours, when nobody takes an instant request, or when you paid twice. Until the provider accepts you can also cancel yourself and get everything back.

Otherwise ask for a refund on the order page before clearing ends, naming the amount and the reason. The provider may agree, counter or refuse; 3 days of silence from the provider decide for you.

- All of it or a part
- A milestone with a refund ends there, and the rest goes to the provider; if you withdraw the request, work goes on
- Money goes back the way it came`,
    to: { path: '/orders', label: 'My orders' },
  },
  {
    slug: 'disputes', group: 'trouble', title: 'We cannot agree: how does arbitration work?', summary: 'Both sides have 48 hours for evidence; the amount may be split; one appeal.',
    body: `If the provider refuses a refund, or the buyer leaves the provider's offer unanswered for 3 days, it becomes a case. Only the milestone in question is frozen; the others go on.

- Evidence: both sides have 48 hours. Chat, deliveries and checklist are sealed by the system; no screenshots needed
- Ruling: an arbitrator reads both sides and may refund, release or split
- Appeal: once, within 48 hours, decided by another arbitrator
- Execution: after that the money moves as ruled, and the case lists where each amount went`,
  },
  {
    slug: 'safety', group: 'trouble', title: 'How do I deal safely?', summary: 'Talk and pay here, agree a checklist, keep the deliverables.',
    body: `- Talk on the platform before paying; report in the chat whoever asks for a private transfer
- Write what you need into the acceptance checklist, line by line
- Providers: start when you see the money in escrow
- Never tell anybody a code, not even people who say they are from support
- Sign-in and security lists every device that is signed in; end what you do not know`,
    to: { path: '/account/security', label: 'Sign-in and security' },
  },
  {
    slug: 'getting-orders', group: 'providing', title: 'Providers: how do I get orders?', summary: 'Publish services, show your skills, answer quickly: work comes to you.',
    body: `Orders come in three ways: buyers order on the page of your service, instant requests are offered to you, and you quote in the hall.

- Publish services: what you do, for how much, in how many days. Once approved they are found in search
- Complete your provider page: skills, areas and how many orders you take at a time decide what is recommended to you
- For you is sorted by match: topic, skills, price, rating, on time, reply, online, free; each says why
- Instant requests go to whoever is first, with a date to keep. Lower your limit or plan a holiday when you are full
- Newcomers have their share: a part of every wave is theirs`,
    to: { path: '/workbench', label: 'Open the workbench' },
  },
  {
    slug: 'payouts', group: 'providing', title: 'Providers: when can I withdraw?', summary: 'Released money clears for 3 days and is then available.',
    body: `After acceptance the amount less the fee is in clearing for 3 days and then available. From there you withdraw it to your own account.

- The wallet shows the date of every amount
- A payout asks you to confirm that it is you, by code or password
- Large payouts are checked by finance before they are sent
- A payout returned by the bank goes back to your balance with the reason, such as a name that does not match
- If a refund is asked for while money clears, only that amount is frozen`,
    to: { path: '/wallet', label: 'Open the wallet' },
  },
  {
    slug: 'verification', group: 'providing', title: 'Providers: what is verification for, and how is it done?', summary: 'Your page and services carry a mark; you are told the result.',
    body: `People use their identity card, companies their business licence. A moderator checks it, and you are told the result.

- Once approved, your page and services say Verified, and buyers can filter for it
- If it is refused you are told why, and can send it again
- Numbers are kept encrypted; only moderators can open them, and each look is recorded
- What kind of person or company was verified cannot be changed by yourself`,
    to: { path: '/account/verification', label: 'Verify' },
  },
  {
    slug: 'contact', group: 'contact', title: 'Something is wrong: where do I turn?', summary: 'Orders are settled in the order; people are reported; the status page says when something is down.',
    body: `- About the work: ask the other side in the chat of the order, where it stays on record
- Money back: ask for a refund on the order page; what you cannot settle goes to arbitration from there
- Somebody harasses you or asks for a private transfer: report the message in the chat; you can block them under More
- You cannot sign in: set a new password by phone or by e-mail; with a new phone use the e-mail
- A page does not open: the status page says so, and when maintenance is planned`,
    to: { path: '/status', label: 'See the status' },
  },
  {
    slug: 'announcements', group: 'contact', title: 'How do I hear of new rules and of maintenance?', summary: 'From announcements: rules at least 7 days before they change, also without signing in.',
    body: `Whatever we have to tell everybody is in the announcements. Nobody has to sign in to read them.

- A change of rules is announced at least 7 days before, with the day it takes effect
- Announcements you have not read show at the bell and in Messages
- Changes of rules and maintenance also stand in a line at the top, until you have read them or put them away
- Orders keep the rules they were made under, whatever changes later`,
    to: { path: '/announcements', label: 'See the announcements' },
  },
]
