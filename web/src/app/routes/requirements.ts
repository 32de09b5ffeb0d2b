import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/post', name: 'post', component: () => import('@/pages/Requirements/PostPage.vue'), meta: { title: 'requirements.post.title', access: 'anyone', shell: 'none', messages: ['catalog'], bottomBar: false } },
  { path: '/hall', name: 'hall', component: () => import('@/pages/Requirements/HallPage.vue'), meta: { title: 'requirements.hall.title', access: 'provider', shell: 'work', messages: ['catalog'] } },
  { path: '/requirements', name: 'requirements', component: () => import('@/pages/Requirements/MinePage.vue'), meta: { title: 'requirements.mine.title', access: 'user', shell: 'work', messages: ['catalog'] } },
  { path: '/requirements/:id', name: 'requirement', component: () => import('@/pages/Requirements/RequirementPage.vue'), meta: { title: 'requirements.detail.back', access: 'user', shell: 'work', messages: ['catalog', 'pay'], bottomBar: false } },
] satisfies RouteRecordRaw[]
