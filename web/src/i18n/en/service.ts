import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/service.ts'

export default {
  title: 'Service',
  market: 'Services',
  picture: 'Picture {number}: {title}',
  sections: 'On this page',
  packages: 'Packages', choosePackage: 'Choose a package', compare: 'Packages compared', packageLine: '{name} package',
  delivery: 'Delivery', revisions: 'Revisions', includes: 'Includes',
  revisionsCount: '{count}', revisionsUnlimited: 'unlimited', revisionsNone: 'none',
  addOns: 'Add-ons', sameDate: 'Same delivery date', earlier: '{count} day earlier | {count} days earlier', later: '{count} day longer | {count} days longer', quantityOf: 'How many: {name}',
  brief: 'What the provider needs to start', briefShort: 'Brief', briefNote: 'Your answers go into the order; those with a price change the total', briefKept: 'What you enter stays on this device and goes into the order, where both sides see it.',
  atMost: 'At most {count}', perUnit: '{count} {unit} included, {price} for each one more.', included: 'included', uploadAfterSignIn: 'Sign in to upload files.',
  about: 'About this service', skills: 'Skills', cases: 'Past work', allCases: 'All {count}', questions: 'Questions and answers', similar: 'Similar services',
  sold: '{count} order completed | {count} orders completed', reviewsCount: '{count} review | {count} reviews',
  order: 'Order', orderNow: 'Order now', chat: 'Chat first', total: 'Total', feeByProvider: 'No fee for you: the provider pays it', openLines: 'Show what the total is made of',
  money: {
    held: 'Your payment is held in escrow', heldNote: 'Refunded in full if the provider does not accept within 24 hours', heldSentence: 'Your payment is held in escrow and refunded in full if the provider does not accept within 24 hours.',
    due: 'Expected by {day}', dueNote: '{days} once the provider accepts; revisions: {revisions}',
    released: 'Released when you accept', releasedNote: 'Accepted automatically 7 days after delivery',
  },
  providerPage: 'View profile', since: 'joined {day}',
  verified: { person: 'Identity verified', company: 'Company verified' },
  record: { sales: 'Orders completed', salesNote: 'for this service', onTime: 'On time', of: '{part} of {whole} orders', reply: 'Now', open: 'Open', closed: 'Closed' },
  reviews: { title: 'Reviews', count: '{count} review, from a completed order | {count} reviews, all from completed orders', attitude: 'Attitude', skill: 'Skill', quality: 'Quality', usual: 'category average {rating}', stars: '{count} star | {count} stars', none: 'No reviews yet. Only buyers with a completed order can write one.' },
  closed: { paused: 'The provider has paused this service', full: 'The provider is fully booked', holiday: 'The provider is on holiday', own: 'This is your own service, as buyers see it', freeFrom: 'It can be ordered from {day}; you can chat already.', edit: 'Edit service' },
  faults: {
    package_unknown: 'Choose a package again', add_on_unknown: 'An add-on is no longer offered. Choose again', add_on_repeated: 'The same add-on appears twice', add_on_quantity: 'At most {max} of this add-on',
    answer_unknown: 'The form has changed. Reload the page', answer_required: 'Please answer “{label}”', answer_kind: 'The answer to “{label}” has the wrong form', answer_too_long: '“{label}” takes at most {max} characters', answer_option: '“{label}” has no such option',
    answer_too_many: '“{label}” takes at most {max}', answer_range: '“{label}” must be between {min} and {max}', answer_date: '“{label}” is not a valid date', total_too_large: 'The total is above the limit of one order',
  },
} satisfies Messages<typeof zh>
