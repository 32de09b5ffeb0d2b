import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/notifications.ts'

export default {
  title: 'Notices',
  latest: 'Latest notices',
  all: 'All notices',
  readAll: 'Mark all as read',
  empty: { title: 'No notices yet', text: 'News about orders, payments and deliveries shows up here.' },
  none: 'News about orders and payments shows up here',
  unread: 'Unread',
  settings: {
    title: 'Notification settings',
    lead: 'All notices are in Miaodan. Choose which also come by e-mail or SMS; a change holds at once.',
    table: 'Where each kind of notice goes',
    kind: 'Notices', inApp: 'In Miaodan', email: 'E-mail', sms: 'SMS', always: 'Always',
    required: 'At least one',
    sections: { now: 'Needs you now', deals: 'Orders and money', business: 'Finding work and talking', account: 'Account' },
    missing: { email: 'Your account has no e-mail address, so no notices come by e-mail.', sms: 'Your account has no phone number, so no notices come by SMS.' },
    bind: { email: 'Add an e-mail address', sms: 'Add a phone number' },
    quiet: {
      title: 'Quiet hours', note: 'Notices wait until they end. What needs you now and account security do not wait.',
      on: 'Use quiet hours', from: 'From', until: 'Until', to: 'to', zone: 'Time zone', same: 'The two times must differ.',
    },
    language: { title: 'Language', note: 'E-mails and SMS use the language of your profile.', change: 'Change language' },
  },
  unsubscribe: {
    page: 'Unsubscribe',
    title: 'No more e-mails about “{name}”?',
    done: 'No more e-mails about “{name}”',
    doneText: 'These notices are still in Miaodan. SMS stay as they were.',
    confirm: 'Unsubscribe', undo: 'Subscribe again', all: 'All notification settings',
    broken: 'This link is incomplete', brokenText: 'Open it again from the e-mail, or sign in and change your notification settings.',
  },
} satisfies Messages<typeof zh>
