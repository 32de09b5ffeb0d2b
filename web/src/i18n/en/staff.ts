import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/staff.ts'

export default {
  title: 'Today',
  greeting: '{name}, this is waiting for you',
  note: 'The longest waiting comes first.',
  services: 'Services to review', servicesNote: 'New ones and changes',
  requirements: 'Requests to review', requirementsNote: 'Held back by the rules',
  verification: 'Identity checks', verificationNote: 'People and companies',
  waiting: '{count} waiting | {count} waiting',
  clear: 'All done',
  oldest: 'Oldest: {time}',
  open: 'Open',
  nothing: 'There is no queue for your role.',
} satisfies Messages<typeof zh>
