import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/status.ts'

export default {
  title: 'Service status',
  more: 'See the status',
  works: 'Working', away: 'Not available',
  since: 'Since {when}', until: 'until {when}, as planned', seen: 'Seen at {when}',
  banner: { title: 'Under maintenance', text: 'You can look at everything; nothing can be changed for now.', until: 'Until {when}, as planned.' },
  states: {
    working: { title: 'Everything works', text: 'All services run as they should.' },
    degraded: { title: 'Some features are affected', text: 'What is marked below is not available for now. Everything else works.' },
    maintenance: { title: 'Under maintenance', text: 'You can look at everything; nothing can be changed for now. Money in escrow and payments under way are not affected.' },
    down: { title: 'Something is broken', text: 'The site cannot be used as usual, and we are on it. Money in escrow is safe.' },
  },
  parts: { site: 'Website', database: 'Deals and accounts', storage: 'Files and pictures', search: 'Search', redis: 'Live messages', jobs: 'Background work', mail: 'E-mail', sms: 'SMS', payments: 'Payments' },
  desk: {
    title: 'Maintenance',
    note: 'Before a release or a repair: let everybody pause.',
    on: 'Under maintenance: only staff change anything', off: 'The site is open',
    message: 'What people are told', messageHint: 'At the top of every page', messageExample: 'For example: a database upgrade, ten minutes',
    length: 'How long, as planned', openEnd: 'Not announced',
    begin: 'Begin maintenance', change: 'Update the message', end: 'End maintenance',
    confirmTitle: 'Begin maintenance now?', confirmText: 'At once nobody can order, pay, write or submit anything, until you end it.',
    begun: 'Maintenance has begun', changed: 'The message was updated', ended: 'The site is open again',
    facts: {
      reads: 'Pages, search and downloads go on; people may sign in and out.',
      staff: 'Staff work as always.',
      money: 'Money that was paid is booked, and the gateway is listened to.',
      timers: 'Timers of deals go on: keep it short, and away from the end of a month.',
    },
  },
} satisfies Messages<typeof zh>
