import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/status', name: 'status', component: () => import('@/pages/System/StatusPage.vue'), meta: { title: 'status.title', access: 'anyone', shell: 'public' } },
] satisfies RouteRecordRaw[]
