import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/sign-in', name: 'sign-in', component: () => import('@/pages/Entry/SignInPage.vue'), meta: { title: 'entry.signIn.title', access: 'anyone', shell: 'none' } },
  { path: '/register', name: 'register', component: () => import('@/pages/Entry/RegisterPage.vue'), meta: { title: 'entry.register.title', access: 'anyone', shell: 'none' } },
  { path: '/recover', name: 'recover', component: () => import('@/pages/Entry/RecoverPage.vue'), meta: { title: 'entry.recover.title', access: 'anyone', shell: 'none' } },
] satisfies RouteRecordRaw[]
