import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/sign-in', name: 'sign-in', component: () => import('@/pages/Entry/SignInPage.vue'), meta: { title: 'accounts.signIn.title', access: 'anyone', shell: 'none' } },
  { path: '/register', name: 'register', component: () => import('@/pages/Entry/RegisterPage.vue'), meta: { title: 'accounts.register.title', access: 'anyone', shell: 'none' } },
  { path: '/recover', name: 'recover', component: () => import('@/pages/Entry/RecoverPage.vue'), meta: { title: 'accounts.recover.title', access: 'anyone', shell: 'none' } },
  {
    path: '/account',
    component: () => import('@/pages/Account/AccountPage.vue'),
    meta: { title: 'accounts.account.title', access: 'user', shell: 'work' },
    children: [
      { path: '', name: 'account', component: () => import('@/pages/Account/ProfilePage.vue'), meta: { title: 'accounts.profile.title', access: 'user', shell: 'work' } },
      { path: 'saved', name: 'account-saved', component: () => import('@/pages/Account/SavedPage.vue'), meta: { title: 'accounts.saved.title', access: 'user', shell: 'work', messages: ['catalog'] } },
      { path: 'security', name: 'account-security', component: () => import('@/pages/Account/SecurityPage.vue'), meta: { title: 'accounts.security.title', access: 'user', shell: 'work' } },
      { path: 'notifications', name: 'account-notifications', component: () => import('@/pages/Account/NoticesPage.vue'), meta: { title: 'notifications.settings.title', access: 'user', shell: 'work', messages: ['accounts'] } },
      { path: 'verification', name: 'account-verification', component: () => import('@/pages/Account/VerificationPage.vue'), meta: { title: 'accounts.verify.title', access: 'user', shell: 'work' } },
      { path: 'provider', name: 'account-provider', component: () => import('@/pages/Account/ProviderPage.vue'), meta: { title: 'accounts.provider.title', access: 'user', shell: 'work' } },
    ],
  },
  {
    path: '/providers/:id',
    name: 'provider',
    component: () => import('@/pages/Provider/ProviderPage.vue'),
    meta: { title: 'accounts.provider.title', access: 'anyone', shell: 'public', messages: ['catalog', 'reviews'] },
  },
] satisfies RouteRecordRaw[]
