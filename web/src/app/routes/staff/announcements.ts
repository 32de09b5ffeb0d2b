import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff/announcements', name: 'staff-announcements', component: () => import('@/pages/Staff/AnnouncementsPage.vue'), meta: { title: 'announcements.staff.title', access: 'staff', shell: 'staff', needs: 'announcements.manage' } },
] satisfies RouteRecordRaw[]
