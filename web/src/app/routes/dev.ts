import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/dev/mailbox',
    name: 'dev-mailbox',
    component: () => import('@/pages/Dev/MailboxPage.vue'),
    meta: { title: 'dev.title', access: 'anyone', shell: 'public' },
  },
] satisfies RouteRecordRaw[]
