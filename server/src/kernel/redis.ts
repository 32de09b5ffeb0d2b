/** Connections to Redis: one server, or a cluster when REDIS_URL names several nodes. Postgres stays the truth; what is here may be lost. */
import { Cluster, Redis, type RedisOptions } from 'ioredis'

export type RedisClient = Redis | Cluster

/**
 * `caller` asks and gets an answer or an error within seconds. `aside` is for what one can do without: while Redis is
 * away it fails at once, so that no request waits for it. `listener` comes back by itself however long Redis was away.
 */
export type RedisUse = 'caller' | 'aside' | 'listener'

const CONNECT_TIMEOUT_MS = 5_000
const COMMAND_TIMEOUT_MS = 2_000
const ASIDE_TIMEOUT_MS = 200
const LONGEST_RETRY_MS = 2_000
/** So many milliseconds more are drawn by lot, so that processes do not all come back in the same moment. */
const RETRY_JITTER_MS = 100

const OPTIONS = {
  caller: { commandTimeout: COMMAND_TIMEOUT_MS, maxRetriesPerRequest: 1 },
  aside: { commandTimeout: ASIDE_TIMEOUT_MS, maxRetriesPerRequest: 0, enableOfflineQueue: false },
  listener: { maxRetriesPerRequest: null },
} as const satisfies Record<RedisUse, RedisOptions>

const retryAfterMs = (attempt: number): number => Math.min(LONGEST_RETRY_MS, 50 * 2 ** Math.min(attempt, 6)) + Math.random() * RETRY_JITTER_MS

/** Connects in the background. `onError` hears of each failed attempt; it is tried again for as long as the client is not closed. */
export function connectRedis(url: string, use: RedisUse, onError: (error: Error) => void): RedisClient {
  const options = {
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableReadyCheck: true,
    // What a listener hears again is asked for by its owner, which then knows from when on.
    autoResubscribe: false,
    ...OPTIONS[use],
  }
  const [first, ...others] = url.split(',')
  const client = first && others.length === 0
    ? new Redis(first, { ...options, retryStrategy: retryAfterMs })
    : new Cluster(url.split(',').map(nodeOf), {
      redisOptions: { ...options, ...credentialsOf(url) }, clusterRetryStrategy: retryAfterMs,
      // A cluster has a queue of its own, in which commands wait for as long as it is away.
      ...use === 'aside' && { enableOfflineQueue: false, maxRedirections: 1 },
    })
  client.on('error', onError)
  return client
}

const nodeOf = (url: string) => ({ host: new URL(url).hostname, port: Number(new URL(url).port || 6379) })

/** The nodes of a cluster share their credentials; those of the first are used. */
function credentialsOf(urls: string) {
  const { username, password, protocol } = new URL(urls.split(',')[0] ?? '')
  return { ...username && { username: decodeURIComponent(username) }, ...password && { password: decodeURIComponent(password) }, ...protocol === 'rediss:' && { tls: {} } }
}
