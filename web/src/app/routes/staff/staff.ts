import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff', name: 'staff', component: () => import('@/pages/Staff/TodayPage.vue'), meta: { title: 'staff.title', access: 'staff', shell: 'staff' } },
] satisfies RouteRecordRaw[]
