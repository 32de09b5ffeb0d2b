import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/staff.ts'

export default {
  title: 'Today',
  greeting: '{name}, this is waiting for you',
  note: 'The longest waiting comes first.',
  services: 'Services to review', servicesNote: 'New ones and changes',
  requirements: 'Requests to review', requirementsNote: 'Held back by the rules',
  verification: 'Identity checks', verificationNote: 'People and companies',
  reconciliation: 'Days that differ', reconciliationNote: 'Gateway’s bill against our books',
  payouts: 'Payouts to approve', payoutsNote: 'Those above the limit',
  reports: 'Reports', reportsNote: 'Messages and reviews',
  disputes: 'Disputes', disputesNote: 'Cases waiting for a ruling',
  failures: 'Work given up', failuresNote: 'After many tries',
  waiting: '{count} waiting | {count} waiting',
  clear: 'All done',
  oldest: 'Oldest: {time}',
  open: 'Open',
  nothing: 'There is no queue for your role.',
} satisfies Messages<typeof zh>
