import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/status', name: 'status', component: () => import('@/pages/System/StatusPage.vue'), meta: { title: 'status.title', access: 'anyone', shell: 'public' } },
  { path: '/unsubscribe', name: 'unsubscribe', component: () => import('@/pages/System/UnsubscribePage.vue'), meta: { title: 'notifications.unsubscribe.page', access: 'anyone', shell: 'public' } },
] satisfies RouteRecordRaw[]
