import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/staff/requirements', name: 'requirement-moderation', component: () => import('@/pages/Staff/RequirementsPage.vue'), meta: { title: 'requirements.moderation.title', access: 'staff', shell: 'staff', needs: 'requirements.moderate', messages: ['catalog'] } },
] satisfies RouteRecordRaw[]
