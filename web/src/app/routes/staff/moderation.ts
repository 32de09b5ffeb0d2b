import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/staff/moderation',
    alias: '/staff/services',
    name: 'moderation',
    component: () => import('@/pages/Staff/ModerationPage.vue'),
    meta: { title: 'moderation.title', access: 'staff', shell: 'staff', needs: 'services.moderate', messages: ['catalog', 'services'] },
  },
] satisfies RouteRecordRaw[]
