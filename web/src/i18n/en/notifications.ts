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
} satisfies Messages<typeof zh>
