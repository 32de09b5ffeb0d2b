import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/providers/:id',
    name: 'provider',
    component: () => import('@/pages/Provider/ProviderPage.vue'),
    meta: { title: 'providers.editor.title', access: 'anyone', shell: 'public', messages: ['catalog', 'reviews', 'verification'] },
  },
] satisfies RouteRecordRaw[]
