/** Who is signed in. One query, shared by everything; the router's guard waits for it where a page needs a person. */
import { useQuery } from '@tanstack/vue-query'
import { computed, watch } from 'vue'
import type { Router } from 'vue-router'
import { api } from './api.ts'
import type { AnswerOf } from './api-types.ts'
import { connectLive, disconnectLive, onLive } from './live.ts'
import { keyOf, queryClient, whenSignInNeeded } from './query.ts'

export type Viewer = NonNullable<AnswerOf<typeof api.accounts.session>['user']>

const STALE_MS = 5 * 60_000
const sessionQuery = {
  queryKey: keyOf(api.accounts.session),
  queryFn: async (): Promise<Viewer | null> => (await api.accounts.session()).user,
  staleTime: STALE_MS,
}

/** The viewer now, asked for if not yet known. */
export const loadViewer = (): Promise<Viewer | null> => queryClient.ensureQueryData(sessionQuery)

/** After signing in, out, or a change of one's own profile. */
export async function refreshSession(): Promise<Viewer | null> {
  return queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
}

export function useSession() {
  const query = useQuery(sessionQuery)
  const viewer = computed(() => query.data.value ?? null)
  return {
    viewer,
    /** False until the first answer: guests and people look different, so neither is drawn before. */
    known: computed(() => !query.isPending.value),
    isProvider: computed(() => viewer.value?.roles.includes('provider') ?? false),
    isStaff: computed(() => (viewer.value?.staffRoles.length ?? 0) > 0),
  }
}

const isSession = (query: { queryKey: readonly unknown[] }): boolean => query.queryKey[0] === 'accounts' && query.queryKey[1] === 'session'

/** Nobody is signed in any more, and the server need not be asked. */
export const forgetViewer = (): void => { queryClient.setQueryData(sessionQuery.queryKey, null) }

/** Keeps the socket, the cache and the page in step with the person. Called once, by the app. */
export function followSession(router: Router): void {
  const { viewer } = useSession()
  watch(() => viewer.value?.id, (id, before) => {
    if (id) connectLive()
    else disconnectLive()
    if (!before || before === id) return
    // What one person has seen is not shown to the next.
    queryClient.removeQueries({ type: 'inactive', predicate: query => !isSession(query) })
    void queryClient.resetQueries({ type: 'active', predicate: query => !isSession(query) })
  }, { immediate: true })

  const leave = (): void => {
    if (!viewer.value) return
    forgetViewer()
    const { meta, fullPath } = router.currentRoute.value
    if (meta.access !== 'anyone') void router.push({ path: '/sign-in', query: { next: fullPath } })
  }
  whenSignInNeeded(leave)
  // Ended elsewhere: a new password, another device, or staff. The server has the last word on whether it is so.
  onLive('session.ended', () => void api.accounts.session().then(({ user }) => { if (!user) leave() }))
}

let pending: (() => unknown) | null = null

/** Runs the action if somebody is signed in; else opens sign-in and runs it when they come back. */
export function useRequireSignIn(router: Router) {
  const { viewer } = useSession()
  return (action: () => unknown): void => {
    if (viewer.value) {
      void action()
      return
    }
    pending = action
    void router.push({ path: '/sign-in', query: { next: router.currentRoute.value.fullPath } })
  }
}

/** For the sign-in and register pages: the session is there; goes to where the person came from and does what they wanted. */
export async function afterSignIn(router: Router, next: unknown): Promise<void> {
  const viewer = await refreshSession()
  await router.replace(safeNext(next) ?? (viewer && viewer.staffRoles.length > 0 && viewer.roles.length === 0 ? '/staff' : '/'))
  const action = pending
  pending = null
  await action?.()
}

/** Only a path of ours: an address given in a link must not send people to another site. */
export function safeNext(next: unknown): string | null {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : null
}
