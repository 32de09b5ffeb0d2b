import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/help',
    name: 'help',
    component: () => import('@/pages/Help/HelpPage.vue'),
    meta: { title: 'help.title', access: 'anyone', shell: 'public' },
  },
  {
    path: '/help/:slug',
    name: 'help-article',
    component: () => import('@/pages/Help/ArticlePage.vue'),
    meta: { title: 'help.title', access: 'anyone', shell: 'public' },
  },
] satisfies RouteRecordRaw[]
