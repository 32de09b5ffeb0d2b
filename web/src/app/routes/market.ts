import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/market',
    name: 'market',
    component: () => import('@/pages/Market/MarketPage.vue'),
    meta: { title: 'market.title', access: 'anyone', shell: 'public', messages: ['catalog'] },
  },
] satisfies RouteRecordRaw[]
