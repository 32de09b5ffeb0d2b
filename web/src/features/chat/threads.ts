/**
 * The messages this browser holds, a thread a conversation. Live announcements come in here; a number that is missing is
 * asked for. Threads stay in memory, so that going back to one shows it at once.
 */
import { effectScope, reactive, watch } from 'vue'
import { api } from '@/lib/api.ts'
import { onLive, useLiveStatus } from '@/lib/live.ts'
import { invalidate } from '@/lib/query.ts'
import { announced, lastWithoutGap, merge, type Announcement } from './merge.ts'
import type { Message } from './types.ts'

const PAGE = 50
/** Further behind than this a thread is read anew from its end. */
const MAX_CATCH_UP = 500
const TYPING_SHOWN_MS = 5_000

export type Thread = {
  id: string
  viewerId: string
  items: Message[]
  state: 'new' | 'loading' | 'ready' | 'failed'
  error: unknown
  loadingOlder: boolean
  readSeq: number
  otherReadSeq: number
  typing: boolean
}

const threads = new Map<string, Thread>()
const keyOf = (viewerId: string, id: string): string => `${viewerId} ${id}`

export function threadOf(viewerId: string, id: string): Thread {
  let thread = threads.get(keyOf(viewerId, id))
  if (!thread) {
    thread = reactive<Thread>({ id, viewerId, items: [], state: 'new', error: null, loadingOlder: false, readSeq: 0, otherReadSeq: 0, typing: false })
    threads.set(keyOf(viewerId, id), thread)
  }
  listen()
  return thread
}

export const firstSeq = (thread: Thread): number => thread.items[0]?.seq ?? 1
export const lastSeq = (thread: Thread): number => thread.items.at(-1)?.seq ?? 0

export function take(thread: Thread, incoming: readonly Message[]): void {
  if (incoming.length > 0) thread.items = merge(thread.items, incoming)
}

type Answer = Awaited<ReturnType<typeof api.chat.messages>>
function takeAnswer(thread: Thread, answer: Answer): void {
  take(thread, answer.items)
  thread.readSeq = Math.max(thread.readSeq, answer.readSeq)
  thread.otherReadSeq = Math.max(thread.otherReadSeq, answer.otherReadSeq)
}

/** Reads the latest page, or what was missed since. */
export async function openThread(thread: Thread): Promise<void> {
  if (thread.state === 'ready') return catchUp(thread)
  if (thread.state === 'loading') return
  thread.state = 'loading'
  try {
    takeAnswer(thread, await api.chat.messages({ params: { id: thread.id }, query: { limit: PAGE } }))
    thread.state = 'ready'
    await catchUp(thread)
  } catch (error) {
    thread.error = error
    thread.state = 'failed'
  }
}

const catching = new Map<Thread, { again: boolean }>()

/** Asks for everything after the last number without a gap, until nothing is missing. A call during another makes it look once more. */
export async function catchUp(thread: Thread): Promise<void> {
  const running = catching.get(thread)
  if (running) {
    running.again = true
    return
  }
  const run = { again: true }
  catching.set(thread, run)
  try {
    while (run.again) {
      run.again = false
      const from = lastWithoutGap(thread.items)
      const answer = await api.chat.messages({ params: { id: thread.id }, query: { after: from, limit: PAGE } })
      if (answer.lastSeq - from > MAX_CATCH_UP) {
        const latest = await api.chat.messages({ params: { id: thread.id }, query: { limit: PAGE } })
        thread.items = []
        takeAnswer(thread, latest)
      } else {
        takeAnswer(thread, answer)
        run.again ||= answer.items.length > 0 && lastWithoutGap(thread.items) < answer.lastSeq
      }
    }
  } catch {
    // No network: the next announcement or the reconnected socket asks again.
  } finally {
    catching.delete(thread)
  }
}

export async function loadOlder(thread: Thread): Promise<void> {
  if (thread.loadingOlder || thread.state !== 'ready' || firstSeq(thread) <= 1) return
  thread.loadingOlder = true
  try {
    takeAnswer(thread, await api.chat.messages({ params: { id: thread.id }, query: { before: firstSeq(thread), limit: PAGE } }))
  } finally {
    thread.loadingOlder = false
  }
}

const marking = new Set<Thread>()

/** Says that everything shown has been read. */
export async function markRead(thread: Thread): Promise<void> {
  const seq = lastSeq(thread)
  if (seq <= thread.readSeq || marking.has(thread)) return
  marking.add(thread)
  try {
    const { readSeq } = await api.chat.read({ params: { id: thread.id }, body: { seq } })
    thread.readSeq = Math.max(thread.readSeq, readSeq)
    void invalidate('chat.unread', 'chat.list')
  } catch {
    // It is said again with the next message or when the person comes back.
  } finally {
    marking.delete(thread)
  }
}

let listening = false
const typingTimers = new Map<Thread, ReturnType<typeof setTimeout>>()

/** Attached once, with the first thread; the socket itself is the app's. */
function listen(): void {
  if (listening) return
  listening = true
  effectScope(true).run(() => {
    onLive<Announcement & { type: string }>('message.created', (announcement) => {
      for (const thread of all(announcement.conversationId)) {
        if (thread.state !== 'ready' || announcement.seq <= lastWithoutGap(thread.items)) continue
        stopTyping(thread)
        const message = announced(announcement)
        if (message) take(thread, [message])
        if (lastWithoutGap(thread.items) < announcement.seq) void catchUp(thread)
      }
    })
    onLive<{ type: string, conversationId: string, userId: string, seq: number }>('conversation.read', ({ conversationId, userId, seq }) => {
      for (const thread of all(conversationId)) {
        if (userId === thread.viewerId) thread.readSeq = Math.max(thread.readSeq, seq)
        else thread.otherReadSeq = Math.max(thread.otherReadSeq, seq)
      }
    })
    onLive<{ type: string, conversationId: string, seq: number }>('message.removed', ({ conversationId, seq }) => {
      for (const thread of all(conversationId)) {
        const message = thread.items.find(item => item.seq === seq)
        if (message) take(thread, [{ ...message, text: '', uploads: [], removed: true }])
      }
      void invalidate('chat.list')
    })
    onLive<{ type: string, conversationId: string }>('chat.typing', ({ conversationId }) => {
      for (const thread of all(conversationId)) {
        thread.typing = true
        clearTimeout(typingTimers.get(thread))
        typingTimers.set(thread, setTimeout(() => stopTyping(thread), TYPING_SHOWN_MS))
      }
    })
    const status = useLiveStatus()
    const catchUpAll = (): void => {
      for (const thread of threads.values()) if (thread.state === 'ready') void catchUp(thread)
    }
    onLive('live.missed', catchUpAll)
    watch(status, (now) => {
      if (now === 'online') catchUpAll()
    })
  })
}

function stopTyping(thread: Thread): void {
  clearTimeout(typingTimers.get(thread))
  thread.typing = false
}

const all = (conversationId: string): Thread[] => [...threads.values()].filter(thread => thread.id === conversationId)
