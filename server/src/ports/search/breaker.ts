/**
 * Decides whether a service that may be away is asked: after a few failures in a row it is left alone for a while, then
 * one call tries it, and its success lets all others follow.
 */
export type Breaker = {
  /** True when the service may be asked now; half open, it is true for one caller only. */
  allows(): boolean
  succeeded(): void
  failed(): void
  readonly state: 'closed' | 'open' | 'half-open'
}

export const breakerDefaults = { failures: 2, restMs: 5_000 } as const

/** `now` in milliseconds, so that a test need not wait. */
export function createBreaker({ failures = breakerDefaults.failures, restMs = breakerDefaults.restMs, now = Date.now }: { failures?: number; restMs?: number; now?: () => number } = {}): Breaker {
  let state: Breaker['state'] = 'closed'
  let inARow = 0
  let openedAt = 0
  return {
    get state() {
      return state
    },
    allows() {
      if (state === 'closed') return true
      if (now() - openedAt < restMs) return false
      // The one that tries may never come back to say how it went: after another rest the next one tries.
      state = 'half-open'
      openedAt = now()
      return true
    },
    succeeded() {
      state = 'closed'
      inARow = 0
    },
    failed() {
      inARow++
      if (state === 'closed' && inARow < failures) return
      state = 'open'
      openedAt = now()
    },
  }
}
