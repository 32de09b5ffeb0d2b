/**
 * How fast one person may do something that is cheap to do and bothers others. Counted by all processes together where
 * they share a Redis; without one, and while it is away, each process counts by itself.
 */
import type { Deps } from '../deps.ts'
import { TokenBucket } from './token-bucket.ts'

/** `burst` at once, `perSecond` in the long run. */
export type Pace = { burst: number, perSecond: number }

/** When so many people have a bucket, those of the longest ago are dropped: a dropped one is a full one. */
const MAX_PEOPLE = 10_000

/** The same bucket in Redis, by its own clock: no two processes need agree on the time. */
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local burst, perSecond = tonumber(ARGV[1]), tonumber(ARGV[2])
  local held = redis.call('HMGET', KEYS[1], 'tokens', 'at')
  local tokens = burst
  if held[1] then tokens = math.min(burst, held[1] + math.max(0, now - held[2]) / 1000 * perSecond) end
  local taken = 0
  if tokens >= 1 then
    taken = 1
    tokens = tokens - 1
  end
  redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', now)
  redis.call('PEXPIRE', KEYS[1], math.ceil(burst / perSecond * 1000))
  return taken`

type Counting = Pick<Deps, 'redis' | 'log'>

/** By what is paced. A set of dependencies is a process of its own, in tests too. */
const buckets = new WeakMap<object, Map<string, TokenBucket>>()

/** Takes this person's next turn at it, or says that it is too soon. */
export async function isInPace(deps: Counting, what: string, userId: string, pace: Pace): Promise<boolean> {
  if (!deps.redis) return isInOwnPace(deps, what, userId, pace)
  try {
    return await deps.redis.eval(TAKE, 1, `miaodan:pace:${what}:${userId}`, pace.burst, pace.perSecond) === 1
  } catch (error) {
    deps.log.debug({ err: error, what }, 'this process counts by itself')
    return isInOwnPace(deps, what, userId, pace)
  }
}

function isInOwnPace(deps: Counting, what: string, userId: string, { burst, perSecond }: Pace): boolean {
  const now = performance.now()
  const held = buckets.get(deps) ?? new Map<string, TokenBucket>()
  buckets.set(deps, held)
  const key = `${what}:${userId}`
  const bucket = held.get(key) ?? new TokenBucket(burst, perSecond, now)
  // Put last, so that the first of the map is the one not used for the longest time.
  held.delete(key)
  held.set(key, bucket)
  const [oldest] = held.keys()
  if (held.size > MAX_PEOPLE && oldest !== undefined) held.delete(oldest)
  return bucket.take(now)
}
