import type { RouteRecordRaw } from 'vue-router'

export type RouteModule = { default: RouteRecordRaw[] }
const featureOf = (file: string): string => /\/([^/]+)\.ts$/.exec(file)![1]!

const withMessages = (feature: string) => (route: RouteRecordRaw): RouteRecordRaw =>
  (route.meta ? { ...route, meta: { ...route.meta, messages: [feature, ...route.meta.messages ?? []] } } : route)

/** The routes of these files; each page gets the messages of the feature its file is named after. */
export const recordsOf = (modules: Record<string, RouteModule>): RouteRecordRaw[] =>
  Object.entries(modules).flatMap(([file, { default: routes }]) => routes.map(withMessages(featureOf(file))))
