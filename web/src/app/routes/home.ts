import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/',
    name: 'home',
    component: () => import('@/pages/Home/HomePage.vue'),
    meta: { title: 'home.title', access: 'anyone', shell: 'public', messages: ['catalog'] },
  },
] satisfies RouteRecordRaw[]
