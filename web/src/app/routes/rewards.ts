import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/wallet/coupons', name: 'coupons', component: () => import('@/pages/Wallet/CouponsPage.vue'), meta: { title: 'rewards.title', access: 'user', shell: 'work', messages: ['wallet'] } },
  { path: '/staff/coupons', name: 'staff-coupons', component: () => import('@/pages/Staff/CouponsPage.vue'), meta: { title: 'rewards.staff.title', access: 'staff', shell: 'staff', needs: 'coupons.manage' } },
] satisfies RouteRecordRaw[]
