import type { Router } from 'vue-router'
import { api } from './api.ts'
import { forgetViewer } from './session.ts'

/** Ends the session on the server and here. Leaves the page first: what it shows is no longer theirs to see. */
export async function signOut(router: Router): Promise<void> {
  await api.accounts.signOut()
  await router.push('/')
  forgetViewer()
}
