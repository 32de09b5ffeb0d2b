import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/become-provider',
    name: 'become-provider',
    component: () => import('@/pages/System/BecomeProvider.vue'),
    meta: { title: 'shell.forbidden.title', access: 'anyone', shell: 'public' },
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('@/pages/System/NotFound.vue'),
    meta: { title: 'shell.notFound.title', access: 'anyone', shell: 'public' },
  },
] satisfies RouteRecordRaw[]
