import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff/verification', name: 'staff-verification', component: () => import('@/pages/Staff/VerificationPage.vue'), meta: { title: 'verification.staff.title', access: 'staff', shell: 'staff', needs: 'people.verify' } },
] satisfies RouteRecordRaw[]
