/** Which request the work at hand was caused by: it goes into each line of the log, and with events into the worker. */
import { AsyncLocalStorage } from 'node:async_hooks'

const cause = new AsyncLocalStorage<string | null>()

/** Undefined outside of any request and of what one has caused. */
export const requestIdNow = (): string | undefined => cause.getStore() ?? undefined

/** Runs `work` on behalf of this request; null for nobody's. */
export function onBehalfOf<T>(requestId: string | null, work: () => T): T {
  return cause.run(requestId, work)
}
