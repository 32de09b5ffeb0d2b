/**
 * Sessions this process has read lately, so that a request costs a hash and not a query. An entry lives a few seconds,
 * and is dropped at once, in every process, when the session ends or the person's roles change.
 */
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { afterCommit } from '../../kernel/tx.ts'

export type CachedSession = { viewer: Viewer, lastSeenAt: Date, expiresAt: Date, readAt: number }

const LIFETIME_MS = 5_000
const MAX_ENTRIES = 20_000
const CHANNEL = 'miaodan_sessions'

class SessionCache {
  readonly #byHash = new Map<string, CachedSession>()
  readonly #hashesByUser = new Map<string, Set<string>>()
  #drops = 0

  /** Counts the drops. What was read before a drop may be out of date and is not kept: give `set` the count from before. */
  get drops(): number {
    return this.#drops
  }

  get(tokenHash: string): CachedSession | undefined {
    const entry = this.#byHash.get(tokenHash)
    if (!entry || performance.now() - entry.readAt < LIFETIME_MS) return entry
    this.#drop(tokenHash, entry)
    return undefined
  }

  set(tokenHash: string, entry: CachedSession, dropsBefore: number): void {
    if (dropsBefore !== this.#drops) return
    // The map keeps the order of insertion: the first is the oldest.
    if (this.#byHash.size >= MAX_ENTRIES) for (const [hash, oldest] of this.#byHash) {
      this.#drop(hash, oldest)
      break
    }
    this.#byHash.set(tokenHash, entry)
    const hashes = this.#hashesByUser.get(entry.viewer.userId) ?? new Set()
    this.#hashesByUser.set(entry.viewer.userId, hashes.add(tokenHash))
  }

  dropUser(userId: string): void {
    this.#drops++
    for (const hash of this.#hashesByUser.get(userId) ?? []) this.#byHash.delete(hash)
    this.#hashesByUser.delete(userId)
  }

  dropAll(): void {
    this.#drops++
    this.#byHash.clear()
    this.#hashesByUser.clear()
  }

  #drop(tokenHash: string, entry: CachedSession): void {
    this.#byHash.delete(tokenHash)
    const hashes = this.#hashesByUser.get(entry.viewer.userId)
    hashes?.delete(tokenHash)
    if (hashes?.size === 0) this.#hashesByUser.delete(entry.viewer.userId)
  }
}

const caches = new WeakMap<Deps, SessionCache>()

export function sessionCache(deps: Deps): SessionCache {
  const cache = caches.get(deps) ?? new SessionCache()
  caches.set(deps, cache)
  return cache
}

/**
 * Call it in the transaction that ends sessions or changes roles: once committed, every process reads them anew. `told`
 * is called when the others have been told, for what makes a browser ask who it is.
 */
export function forgetSessionsOf(tx: Tx, deps: Deps, userId: string, told?: () => void): void {
  afterCommit(tx, () => {
    sessionCache(deps).dropUser(userId)
    void deps.pubsub.publish(CHANNEL, userId).catch(error => deps.log.error({ err: error, userId }, 'other processes keep a session for some seconds')).then(told)
  })
}

/** Listens for what other processes end. */
export function followSessions(deps: Deps): Promise<() => Promise<void>> {
  return deps.pubsub.subscribe(CHANNEL, userId => sessionCache(deps).dropUser(userId), () => sessionCache(deps).dropAll())
}
