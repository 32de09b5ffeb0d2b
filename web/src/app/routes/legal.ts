import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/terms', name: 'terms', component: () => import('@/pages/Legal/LegalPage.vue'), props: { document: 'terms' }, meta: { title: 'legal.terms.title', access: 'anyone', shell: 'public' } },
  { path: '/privacy', name: 'privacy', component: () => import('@/pages/Legal/LegalPage.vue'), props: { document: 'privacy' }, meta: { title: 'legal.privacy.title', access: 'anyone', shell: 'public' } },
] satisfies RouteRecordRaw[]
