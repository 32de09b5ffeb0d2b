import type { KeyObject } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Store } from './store.ts'

/** What every part of the gateway works with. */
export type Core = {
  store: Store
  clock: Clock
  keys: { own: KeyObject; merchant: KeyObject }
  settings: Settings
  /** To be called after anything that may have become due: the dispatcher then looks at once. */
  wake: () => void
}

export type Settings = {
  appId: string
  /** Pauses between the tries of a notification; one more try than pauses. */
  retrySeconds: readonly number[]
  /** How long a refund or transfer is `processing`. */
  settleAfterMs: number
  /** How long after the success the outdated notification of the `reordered` fault follows. */
  outdatedAfterMs: number
  sendTimeoutMs: number
  /** The origin as browsers see it, without a slash at the end. */
  publicUrl: () => string
}

export const CURRENCY = 'CNY'
