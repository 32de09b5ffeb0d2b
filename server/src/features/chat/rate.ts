/** How fast one person may send: a burst, then a steady pace; a fifth of all the requests they may make. */
import { problem } from '@miaodan/shared/errors'
import type { Deps } from '../../deps.ts'
import { TokenBucket } from '../../kernel/token-bucket.ts'

const SHARE_OF_REQUESTS = 5
const BURST_SECONDS = 20
/** When so many people have a bucket, those of the longest ago are dropped: a dropped one is a full one. */
const MAX_PEOPLE = 10_000

const buckets = new WeakMap<Deps, Map<string, TokenBucket>>()

/** @throws problem `chat.too_fast` */
export function takeTurn(deps: Deps, userId: string): void {
  const perSecond = deps.config.rateLimitPerMinute / 60 / SHARE_OF_REQUESTS
  const now = performance.now()
  const people = buckets.get(deps) ?? new Map<string, TokenBucket>()
  buckets.set(deps, people)
  const bucket = people.get(userId) ?? new TokenBucket(Math.max(1, perSecond * BURST_SECONDS), perSecond, now)
  // Put last, so that the first of the map is the one not used for the longest time.
  people.delete(userId)
  people.set(userId, bucket)
  const [oldest] = people.keys()
  if (people.size > MAX_PEOPLE && oldest !== undefined) people.delete(oldest)
  if (!bucket.take(now)) throw problem('chat.too_fast', { seconds: Math.ceil(1 / perSecond) })
}
