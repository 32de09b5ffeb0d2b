import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff/disputes', name: 'staff-disputes', component: () => import('@/pages/Staff/DisputesPage.vue'), meta: { title: 'disputes.title', access: 'staff', shell: 'staff', needs: 'disputes.read' } },
  { path: '/staff/disputes/:id', name: 'staff-dispute', component: () => import('@/pages/Staff/DisputePage.vue'), meta: { title: 'disputes.detail', access: 'staff', shell: 'staff', needs: 'disputes.read', messages: ['orders'] } },
  { path: '/staff/refunds', name: 'staff-refunds', component: () => import('@/pages/Staff/RefundsPage.vue'), meta: { title: 'disputes.refunds.title', access: 'staff', shell: 'staff', needs: 'disputes.read' } },
] satisfies RouteRecordRaw[]
