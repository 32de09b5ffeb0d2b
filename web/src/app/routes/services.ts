import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/workbench/services',
    name: 'own-services',
    component: () => import('@/pages/Workbench/ServiceList.vue'),
    meta: { title: 'services.title', access: 'provider', shell: 'work', messages: ['catalog'] },
  },
  {
    path: '/workbench/services/:id',
    name: 'service-editor',
    component: () => import('@/pages/Workbench/ServiceEditor.vue'),
    meta: { title: 'services.editor.heading', access: 'provider', shell: 'work', messages: ['catalog', 'service'] },
  },
] satisfies RouteRecordRaw[]
