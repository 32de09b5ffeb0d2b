/** How fast one person may send: a burst, then a steady pace; a fifth of all the requests they may make. */
import { problem } from '@miaodan/shared/errors'
import type { Deps } from '../../deps.ts'
import { isInPace } from '../../kernel/pace.ts'

const SHARE_OF_REQUESTS = 5
const BURST_SECONDS = 20

/** @throws problem `chat.too_fast` */
export async function takeTurn(deps: Deps, userId: string): Promise<void> {
  const perSecond = deps.config.rateLimitPerMinute / 60 / SHARE_OF_REQUESTS
  if (!await isInPace(deps, 'chat', userId, { burst: Math.max(1, perSecond * BURST_SECONDS), perSecond })) throw problem('chat.too_fast', { seconds: Math.ceil(1 / perSecond) })
}
