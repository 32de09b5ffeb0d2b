import type { RouteMeta, RouteRecordRaw } from 'vue-router'

/** Confirming that it is you uses the fields of signing in, with their texts. */
const titled = (title: string): RouteMeta => ({ title, access: 'user', shell: 'work', messages: ['entry'] })

export default [
  {
    path: '/wallet',
    component: () => import('@/pages/Wallet/WalletPage.vue'),
    meta: titled('wallet.title'),
    children: [
      { path: '', name: 'wallet', component: () => import('@/pages/Wallet/NoPanel.vue'), meta: titled('wallet.title') },
      { path: 'payout', name: 'wallet-payout', component: () => import('@/pages/Wallet/PayoutPanel.vue'), meta: titled('wallet.payout.title') },
    ],
  },
  { path: '/wallet/payouts', name: 'wallet-payouts', component: () => import('@/pages/Wallet/PayoutsPage.vue'), meta: titled('wallet.payouts.title') },
  { path: '/wallet/accounts', name: 'wallet-accounts', component: () => import('@/pages/Wallet/AccountsPage.vue'), meta: titled('wallet.accounts.title') },
  { path: '/wallet/vouchers', name: 'wallet-vouchers', component: () => import('@/pages/Wallet/VouchersPage.vue'), meta: titled('wallet.vouchers.title') },
  { path: '/wallet/statements', name: 'wallet-statements', component: () => import('@/pages/Wallet/StatementsPage.vue'), meta: titled('wallet.statements.title') },
] satisfies RouteRecordRaw[]
