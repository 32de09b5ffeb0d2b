/** Who is here and who is typing: told live to those one talks with, never stored beyond the moment last seen. */
import { desc, eq } from 'drizzle-orm'
import { idSchema } from '@miaodan/shared/kernel/ids'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { LiveHandler } from '../../kernel/feature.ts'
import { markOnline } from '../accounts/index.ts'
import { peopleOf } from './conversations.ts'
import { conversations, participants } from './tables.ts'

/** Those one has talked with lately are told; others see it when they look. */
const MAX_TOLD = 100
const STILL_HERE_MS = 60_000
const TYPING_EVERY_MS = 2_000
const MAX_REMEMBERED = 10_000

type Here = { online: Set<string>, others: Map<string, string>, typedAt: Map<string, number> }
const processes = new WeakMap<Deps, Here>()

function hereOf(deps: Deps): Here {
  const here = processes.get(deps) ?? { online: new Set(), others: new Map(), typedAt: new Map() }
  processes.set(deps, here)
  return here
}

/** People with an open socket stay online without making requests. */
export async function keepOnline(deps: Deps): Promise<() => Promise<void>> {
  const timer = setInterval(() => {
    markOnline(deps, [...hereOf(deps).online]).catch(error => deps.log.warn({ err: error }, 'presence not written'))
  }, STILL_HERE_MS)
  return async () => clearInterval(timer)
}

/** Called by the live socket with a person's first socket and after the last. */
export async function presence(deps: Deps, userId: string, online: boolean): Promise<void> {
  const here = hereOf(deps)
  if (online) here.online.add(userId)
  else here.online.delete(userId)
  try {
    if (online) await markOnline(deps, [userId])
    const others = await talkPartners(deps.db, userId)
    if (others.length > 0) deps.live.notify(others, { type: 'presence.changed', userId, online })
  } catch (error) {
    deps.log.warn({ err: error, userId }, 'presence not told')
  }
}

async function talkPartners(db: Executor, userId: string): Promise<string[]> {
  const rows = await db.select({ lowId: conversations.lowId, highId: conversations.highId }).from(participants)
    .innerJoin(conversations, eq(conversations.id, participants.conversationId))
    .where(eq(participants.userId, userId)).orderBy(desc(conversations.lastAt)).limit(MAX_TOLD)
  return rows.map(row => (row.lowId === userId ? row.highId : row.lowId))
}

/** `{ type: 'chat.typing', conversationId }` from a browser is handed to the other one, at most every two seconds. */
export const typing: LiveHandler = async (deps, { userId }, { conversationId: given }) => {
  const parsed = idSchema.safeParse(given)
  if (!parsed.success) return
  const conversationId = parsed.data
  const { typedAt, others } = hereOf(deps)
  const key = `${conversationId} ${userId}`
  const now = performance.now()
  if (now - (typedAt.get(key) ?? -Infinity) < TYPING_EVERY_MS) return
  remember(typedAt, key, now)
  // The two people of a conversation never change.
  const otherId = others.get(key) ?? (await peopleOf(deps.db, conversationId, userId)).otherId
  remember(others, key, otherId)
  deps.live.notify([otherId], { type: 'chat.typing', conversationId, userId })
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > MAX_REMEMBERED && oldest !== undefined) map.delete(oldest)
}
