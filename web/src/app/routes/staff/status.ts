import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff/maintenance', name: 'staff-maintenance', component: () => import('@/pages/Staff/MaintenancePage.vue'), meta: { title: 'status.desk.title', access: 'staff', shell: 'staff', needs: 'system.maintain' } },
] satisfies RouteRecordRaw[]
