import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/staff.ts'

export default {
  title: 'Today',
  greeting: '{name}, these wait for you',
  note: 'What has waited longest comes first.',
  services: 'Services to review', servicesNote: 'New ones and changes',
  requirements: 'Requirements to review', requirementsNote: 'Held back by the rules',
  verification: 'Identity checks', verificationNote: 'People and companies',
  waiting: '{count} waits | {count} wait',
  clear: 'All done',
  oldest: 'The oldest is from {time}',
  open: 'Open',
  nothing: 'There is no queue for your role.',
} satisfies Messages<typeof zh>
