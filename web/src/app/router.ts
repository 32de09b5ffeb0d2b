/** All routes: one file a feature in routes/ and, for the back office, in routes/staff/, so that a new page touches no shared file. */
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { loadMessages } from '../i18n/index.ts'
import { guardAccess } from './access.ts'
import './route-meta.ts'
import { recordsOf, type RouteModule } from './route-records.ts'
import { scrollBehavior } from './scroll.ts'

const modules = import.meta.glob<RouteModule>('./routes/*.ts', { eager: true })

export const router = createRouter({ history: createWebHistory(), routes: recordsOf(modules), scrollBehavior })

/** The back office is for a few: its routes come when somebody goes there, and not with everybody's first page. */
const STAFF = /^\/staff(\/|$)/
let staffRoutes: Promise<true> | undefined
let staffReady = false
router.beforeEach(async (to) => {
  if (staffReady || !STAFF.test(to.path)) return true
  staffRoutes ??= import('./staff-routes.ts').then(({ default: records }) => {
    for (const record of records) router.addRoute(record)
    return true
  })
  // A failed load (network) may be tried again.
  staffRoutes.catch(() => { staffRoutes = undefined })
  staffReady = await staffRoutes
  return to.fullPath
})

const messagesOf = (to: RouteLocationNormalized): string[] => to.matched.flatMap(record => record.meta.messages ?? [])

router.beforeEach((to) => {
  // Asked for now and awaited later: the messages travel beside the page's own code.
  void loadMessages(messagesOf(to)).catch(() => undefined)
  return guardAccess(to)
})
router.beforeResolve(to => loadMessages(messagesOf(to)))
