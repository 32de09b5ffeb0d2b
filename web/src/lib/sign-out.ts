import type { Router } from 'vue-router'
import { api } from './api.ts'
import { queryClient } from './query.ts'
import { refreshSession } from './session.ts'

const accounts = (api as unknown as { accounts: { signOut: () => Promise<void> } }).accounts

/** Ends the session here and on the server, and forgets what this person has seen. */
export async function signOut(router: Router): Promise<void> {
  await accounts.signOut()
  await router.push('/')
  queryClient.clear()
  await refreshSession()
}
