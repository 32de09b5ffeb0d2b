import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/wallet/coupons', name: 'coupons', component: () => import('@/pages/Wallet/CouponsPage.vue'), meta: { title: 'rewards.title', access: 'user', shell: 'work', messages: ['wallet'] } },
] satisfies RouteRecordRaw[]
