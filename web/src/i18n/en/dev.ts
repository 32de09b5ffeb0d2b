import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/dev.ts'

export default {
  title: 'Dev mailbox',
  note: 'Every SMS and e-mail of the demo is kept here. Nothing is really sent.',
  filter: 'Only one number or address',
  sms: 'SMS', email: 'E-mail',
  empty: 'No messages yet', emptyText: 'What is sent at sign-up, order and delivery appears here.',
  showMail: 'Show the mail', hideMail: 'Hide it', mail: 'E-mail: {subject}',
  copy: 'Copy code {code}', copied: 'Copied',
  off: 'Demo mode is off', offText: 'The dev mailbox is there in demo mode only.',
  clock: {
    title: 'Demo clock', note: 'Move the time forward and what is due happens at once: automatic acceptance, clearing, payment timeouts. Forward only.',
    now: 'It is now {now}', hour: '+1 hour', day: '+1 day', days: '+{count} days', moved: 'The time is now {now}',
  },
} satisfies Messages<typeof zh>
