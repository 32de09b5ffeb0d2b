import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/report.ts'

export default {
  open: 'Report',
  title: { message: 'Report this message', review: 'Report this review' },
  text: 'Our staff see this content and what you write here. The other person is not told who reported it.',
  why: 'What is wrong with it',
  note: 'Anything to add',
  send: 'Send report',
  sent: 'Received. Our staff will look at it soon',
  reasons: { contact: 'Contact details, or dealing outside', fraud: 'Fraud or false promises', abuse: 'Insult or harassment', illegal: 'Against the law', untrue: 'Not true', other: 'Something else' },
} satisfies Messages<typeof zh>
