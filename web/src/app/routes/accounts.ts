import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/account',
    component: () => import('@/pages/Account/AccountPage.vue'),
    meta: { title: 'accounts.account.title', access: 'user', shell: 'work', messages: ['verification'] },
    children: [
      { path: '', name: 'account', component: () => import('@/pages/Account/ProfilePage.vue'), meta: { title: 'accounts.profile.title', access: 'user', shell: 'work', messages: ['entry', 'providers'] } },
      { path: 'saved', name: 'account-saved', component: () => import('@/pages/Account/SavedPage.vue'), meta: { title: 'accounts.saved.title', access: 'user', shell: 'work', messages: ['catalog'] } },
      { path: 'security', name: 'account-security', component: () => import('@/pages/Account/SecurityPage.vue'), meta: { title: 'accounts.security.title', access: 'user', shell: 'work', messages: ['entry'] } },
      { path: 'notifications', name: 'account-notifications', component: () => import('@/pages/Account/NoticesPage.vue'), meta: { title: 'notifications.settings.title', access: 'user', shell: 'work' } },
      { path: 'verification', name: 'account-verification', component: () => import('@/pages/Account/VerificationPage.vue'), meta: { title: 'verification.own.title', access: 'user', shell: 'work' } },
      { path: 'provider', name: 'account-provider', component: () => import('@/pages/Account/ProviderPage.vue'), meta: { title: 'providers.editor.title', access: 'user', shell: 'work', messages: ['providers'] } },
    ],
  },
] satisfies RouteRecordRaw[]
