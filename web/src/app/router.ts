/** All routes: one file a feature in routes/, so that a new page touches no shared file. */
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { loadMessages } from '../i18n/index.ts'
import { guardAccess } from './access.ts'
import './route-meta.ts'
import { scrollBehavior } from './scroll.ts'

const modules = import.meta.glob<{ default: RouteRecordRaw[] }>('./routes/*.ts', { eager: true })
const featureOf = (file: string): string => /\/([^/]+)\.ts$/.exec(file)![1]!

const withMessages = (feature: string) => (route: RouteRecordRaw): RouteRecordRaw =>
  (route.meta ? { ...route, meta: { ...route.meta, messages: [feature, ...route.meta.messages ?? []] } } : route)

export const router = createRouter({
  history: createWebHistory(),
  routes: Object.entries(modules).flatMap(([file, { default: routes }]) => routes.map(withMessages(featureOf(file)))),
  scrollBehavior,
})

const messagesOf = (to: RouteLocationNormalized): string[] => to.matched.flatMap(record => record.meta.messages ?? [])

router.beforeEach((to) => {
  // Asked for now and awaited later: the messages travel beside the page's own code.
  void loadMessages(messagesOf(to)).catch(() => undefined)
  return guardAccess(to)
})
router.beforeResolve(to => loadMessages(messagesOf(to)))
