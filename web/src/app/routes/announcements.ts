import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/announcements', name: 'announcements', component: () => import('@/pages/Announcements/AnnouncementsPage.vue'), meta: { title: 'announcements.title', access: 'anyone', shell: 'public' } },
  { path: '/announcements/:id', name: 'announcement', component: () => import('@/pages/Announcements/AnnouncementPage.vue'), meta: { title: 'announcements.title', access: 'anyone', shell: 'public' } },
] satisfies RouteRecordRaw[]
