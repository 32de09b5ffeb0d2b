/**
 * Who is here and who is typing: told live to those one talks with, never stored beyond the moment last seen. A person's
 * sockets may be on several processes, and come to another one when a process ends: somebody is gone when the last
 * socket here has been closed for a moment and no other process says that it has one.
 */
import { desc, eq } from 'drizzle-orm'
import { idSchema } from '@miaodan/shared/kernel/ids'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { LiveHandler } from '../../kernel/feature.ts'
import { isLeaving } from '../../kernel/leaving.ts'
import { markOnline } from '../accounts/index.ts'
import { peopleOf } from './conversations.ts'
import { conversations, participants } from './tables.ts'

/** Those one has talked with lately are told; others see it when they look. */
const MAX_TOLD = 100
const STILL_HERE_MS = 60_000
const TYPING_EVERY_MS = 2_000
const MAX_REMEMBERED = 10_000
/** A page that is loaded anew, or a process that is started anew, is back within it. */
const GONE_AFTER_MS = 1_500
/** So long others have to say that somebody is with them. */
const ANSWER_MS = 500
const ASKED_CHANNEL = 'miaodan_presence_asked'
const HERE_CHANNEL = 'miaodan_presence_here'

/** `going`: whose last socket was closed, until it is known whether they are gone. */
type Here = { online: Set<string>, going: Map<string, NodeJS.Timeout>, others: Map<string, string>, typedAt: Map<string, number> }
const processes = new WeakMap<Deps, Here>()

function hereOf(deps: Deps): Here {
  const here = processes.get(deps) ?? { online: new Set(), going: new Map(), others: new Map(), typedAt: new Map() }
  processes.set(deps, here)
  return here
}

/** People with an open socket stay online without making requests; other processes are told of them when they ask. */
export async function keepOnline(deps: Deps): Promise<() => Promise<void>> {
  const here = hereOf(deps)
  const timer = setInterval(() => {
    markOnline(deps, [...here.online]).catch(error => deps.log.warn({ err: error }, 'presence not written'))
  }, STILL_HERE_MS)
  const stopAnswering = await deps.pubsub.subscribe(ASKED_CHANNEL, userId => {
    if (here.online.has(userId)) deps.pubsub.publish(HERE_CHANNEL, userId).catch(error => deps.log.warn({ err: error, userId }, 'presence not told to other processes'))
  })
  const stopHearing = await deps.pubsub.subscribe(HERE_CHANNEL, userId => stay(here, userId))
  return async () => {
    clearInterval(timer)
    for (const waiting of here.going.values()) clearTimeout(waiting)
    here.going.clear()
    await Promise.all([stopAnswering(), stopHearing()])
  }
}

/** Called by the live socket with a person's first socket and after the last. */
export async function presence(deps: Deps, userId: string, online: boolean): Promise<void> {
  const here = hereOf(deps)
  if (online) {
    here.online.add(userId)
    const wasGoing = stay(here, userId)
    await markOnline(deps, [userId]).catch(error => deps.log.warn({ err: error, userId }, 'presence not written'))
    if (!wasGoing) await tellOthers(deps, userId, true)
    return
  }
  here.online.delete(userId)
  // The browsers of a process that ends come to another one, which will know when they are gone.
  if (!isLeaving(deps)) here.going.set(userId, setTimeout(() => askOthers(deps, userId), GONE_AFTER_MS))
}

function stay({ going }: Here, userId: string): boolean {
  clearTimeout(going.get(userId))
  return going.delete(userId)
}

function askOthers(deps: Deps, userId: string): void {
  const { going } = hereOf(deps)
  going.set(userId, setTimeout(() => {
    going.delete(userId)
    void tellOthers(deps, userId, false)
  }, ANSWER_MS))
  deps.pubsub.publish(ASKED_CHANNEL, userId).catch(error => deps.log.warn({ err: error, userId }, 'other processes were not asked who is with them'))
}

async function tellOthers(deps: Deps, userId: string, online: boolean): Promise<void> {
  try {
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
