import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/moderation.ts'

export default {
  title: 'Moderation',
  waiting: '{count} waiting',
  waitingSince: 'sent {ago}',
  tabs: { in_review: 'Waiting', rejected: 'Rejected', approved: 'Approved' },
  kinds: { new: 'New service', edit: 'Change' },
  states: { draft: 'Draft', in_review: 'Waiting', approved: 'Approved', rejected: 'Rejected', discarded: 'Discarded' },
  empty: { in_review: 'All done', rejected: 'Nothing was rejected', approved: 'Nothing approved yet' },
  before: 'Before', after: 'After', newPicture: 'new', onlyPictures: 'Only pictures or the cover have changed.',
  days: '{count} days', extraDays: '{count} days on delivery', unitPrice: '{count} included, each further {price}',
  flagged: 'The rules found contact details or sensitive words in the text',
  history: 'Decided before',
  approve: 'Approve', reject: 'Reject', approved: 'Approved. Buyers see it now', rejected: 'Rejected. The provider has the reason',
  reason: 'Reason', reasonHelp: 'The provider reads this. Say what to change.',
  reasons: { contact: 'Please remove the contact details.', category: 'Please choose a category that fits better.', unclear: 'Please say what is delivered and what is not included.', rights: 'Pictures or texts may belong to others. Please use your own.', price: 'Price and content do not match. Please check.' },
  keys: { move: 'next, previous', approve: 'approve', reject: 'reject' },
  back: 'Back to the queue',
} satisfies Messages<typeof zh>
