import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff/failures', name: 'staff-failures', component: () => import('@/pages/Staff/FailuresPage.vue'), meta: { title: 'admin.failures.title', access: 'staff', shell: 'staff', needs: 'system.maintain' } },
] satisfies RouteRecordRaw[]
