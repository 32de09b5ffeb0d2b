import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/notifications.ts'

export default {
  title: 'Notices',
  bell: 'Notices',
  bellUnread: 'Notices, {count} unread',
  latest: 'Latest notices',
  all: 'All notices',
  readAll: 'Mark all as read',
  empty: { title: 'No notices yet', text: 'When something happens to an order, a payment or a delivery, it is told here.' },
  none: 'Progress of orders and payments is told here',
  unread: 'Unread',
} satisfies Messages<typeof zh>
