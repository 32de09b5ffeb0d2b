import type { RouteRecordRaw } from 'vue-router'

const staff = { access: 'staff', shell: 'staff' } as const

export default [
  { path: '/staff/people', name: 'staff-people', component: () => import('@/pages/Staff/PeoplePage.vue'), meta: { ...staff, title: 'admin.people.title', needs: 'people.read', messages: ['orders', 'ledger'] } },
  { path: '/staff/audit', name: 'staff-audit', component: () => import('@/pages/Staff/AuditPage.vue'), meta: { ...staff, title: 'admin.audit.title', needs: 'audit.read' } },
  { path: '/staff/fees', name: 'staff-fees', component: () => import('@/pages/Staff/FeesPage.vue'), meta: { ...staff, title: 'admin.fees.title', needs: 'fees.manage' } },
  { path: '/staff/categories', name: 'staff-categories', component: () => import('@/pages/Staff/CategoriesPage.vue'), meta: { ...staff, title: 'admin.categories.title', needs: 'categories.manage' } },
  { path: '/staff/words', name: 'staff-words', component: () => import('@/pages/Staff/WordsPage.vue'), meta: { ...staff, title: 'admin.words.title', needs: 'words.manage' } },
  { path: '/staff/payouts', name: 'staff-payouts', component: () => import('@/pages/Staff/PayoutsPage.vue'), meta: { ...staff, title: 'admin.payouts.title', needs: 'payouts.manage', messages: ['wallet'] } },
  { path: '/staff/reports', name: 'staff-reports', component: () => import('@/pages/Staff/ReportsPage.vue'), meta: { ...staff, title: 'admin.reports.title', needs: 'reports.handle' } },
  { path: '/staff/matching', name: 'staff-matching', component: () => import('@/pages/Staff/MatchingPage.vue'), meta: { ...staff, title: 'admin.matching.title', needs: 'figures.read', messages: ['requirements'] } },
  { path: '/staff/figures', name: 'staff-figures', component: () => import('@/pages/Staff/FiguresPage.vue'), meta: { ...staff, title: 'admin.figures.title', needs: 'figures.read', messages: ['ledger'] } },
] satisfies RouteRecordRaw[]
