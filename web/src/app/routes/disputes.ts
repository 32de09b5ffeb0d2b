import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/disputes/:id', name: 'dispute', component: () => import('@/pages/Disputes/DisputePage.vue'), meta: { title: 'disputes.detail', access: 'user', shell: 'work', messages: ['orders'] } },
] satisfies RouteRecordRaw[]
