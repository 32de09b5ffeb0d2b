import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff/ledger', name: 'staff-ledger', component: () => import('@/pages/Staff/LedgerPage.vue'), meta: { title: 'ledger.title', access: 'staff', shell: 'staff', needs: 'ledger.read' } },
] satisfies RouteRecordRaw[]
