/** Sends people who may not see a page to where they can go on. The server decides for itself; this only spares them a refusal. */
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { hasPermission } from '@miaodan/shared/kernel/access'
import { NetworkFailure } from '../lib/problem.ts'
import { loadViewer, type Viewer } from '../lib/session.ts'

export async function guardAccess(to: RouteLocationNormalized): Promise<true | RouteLocationRaw> {
  const { access } = to.meta
  if (access === undefined || access === 'anyone') return true
  let viewer: Viewer | null
  try {
    viewer = await loadViewer()
  } catch (error) {
    // Not knowing who it is because of the network is no reason to send them away: the page says what it cannot load.
    if (error instanceof NetworkFailure) return true
    throw error
  }
  if (!viewer) return { path: '/sign-in', query: { next: to.fullPath } }
  if (access === 'provider' && !viewer.roles.includes('provider')) return { name: 'become-provider', query: { next: to.fullPath } }
  // The back office does not tell strangers that it is there, nor its people of rooms that are not for their job.
  if (access === 'staff' && (viewer.staffRoles.length === 0 || (to.meta.needs && !hasPermission(viewer.staffRoles, to.meta.needs)))) return { name: 'not-found', params: { rest: to.path.slice(1).split('/') } }
  return true
}
