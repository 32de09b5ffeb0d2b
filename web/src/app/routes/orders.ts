import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/orders', name: 'orders', component: () => import('@/pages/Orders/OrdersPage.vue'), meta: { title: 'orders.title', access: 'user', shell: 'work' } },
  { path: '/orders/:id', name: 'order', component: () => import('@/pages/Orders/OrderPage.vue'), meta: { title: 'orders.detail', access: 'user', shell: 'work', messages: ['reviews', 'chat', 'disputes', 'changes'], bottomBar: false } },
  { path: '/workbench', name: 'workbench', component: () => import('@/pages/Workbench/WorkbenchPage.vue'), meta: { title: 'orders.workbench.title', access: 'provider', shell: 'work', messages: ['requirements', 'catalog'] } },
] satisfies RouteRecordRaw[]
