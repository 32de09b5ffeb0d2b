import type { RouteRecordRaw } from 'vue-router'

const component = () => import('@/pages/Messages/MessagesPage.vue')
const meta = { title: 'chat.title', access: 'user', shell: 'work', messages: ['notifications', 'announcements'] } as const

export default [
  { path: '/messages', name: 'messages', component, meta: { ...meta, messages: [...meta.messages] } },
  // On a phone one conversation fills the screen.
  { path: '/messages/:id', name: 'conversation', component, meta: { ...meta, messages: [...meta.messages], bottomBar: false } },
] satisfies RouteRecordRaw[]
