import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/services/:id',
    name: 'service',
    component: () => import('@/pages/Service/ServicePage.vue'),
    meta: { title: 'service.title', access: 'anyone', shell: 'public', messages: ['catalog', 'reviews'], bottomBar: false },
  },
] satisfies RouteRecordRaw[]
