import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff/coupons', name: 'staff-coupons', component: () => import('@/pages/Staff/CouponsPage.vue'), meta: { title: 'rewards.staff.title', access: 'staff', shell: 'staff', needs: 'coupons.manage' } },
] satisfies RouteRecordRaw[]
