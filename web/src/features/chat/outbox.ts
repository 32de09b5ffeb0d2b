/**
 * Messages on their way out. They are sent one after another, so that they arrive in the order they were written; without
 * a network they wait and go out by themselves. Sending again is harmless: the server knows each by its client id.
 */
import { reactive } from 'vue'
import { api } from '@/lib/api.ts'
import { serverNow } from '@/lib/clock.ts'
import { failureText } from '@/lib/failure-text.ts'
import { newId } from '@/lib/new-id.ts'
import { ApiProblem } from '@/lib/problem.ts'
import { invalidate } from '@/lib/query.ts'
import { recall, remember } from '@/lib/storage.ts'
import { lastWithoutGap } from './merge.ts'
import { catchUp, take, type Thread } from './threads.ts'
import type { Message, Pending } from './types.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

type Queue = { thread: Thread, pending: Pending[], running: boolean, waits: number, wake: (() => void) | null }
const queues = new Map<Thread, Queue>()
const placeOf = (thread: Thread): string => `chat.outbox.${thread.viewerId}.${thread.id}`

function queueOf(thread: Thread): Queue {
  let queue = queues.get(thread)
  if (!queue) {
    queue = reactive<Queue>({ thread, pending: restore(thread), running: false, waits: 0, wake: null })
    queues.set(thread, queue)
    void run(queue)
  }
  return queue
}

/** What could not be sent before the page was left goes out now. */
function restore(thread: Thread): Pending[] {
  try {
    const kept = JSON.parse(recall(placeOf(thread)) ?? '[]') as Pending[]
    return kept.map(one => (one.state === 'failed' ? one : { ...one, state: 'sending' }))
  } catch {
    return []
  }
}
const keep = ({ thread, pending }: Queue): void => remember(placeOf(thread), pending.length > 0 ? JSON.stringify(pending) : null)

export const pendingOf = (thread: Thread): readonly Pending[] => queueOf(thread).pending

export function enqueue(thread: Thread, message: { text: string, uploads: Message['uploads'] }): void {
  const queue = queueOf(thread)
  queue.pending.push({ clientId: newId(), ...message, at: new Date(serverNow()).toISOString(), state: navigator.onLine ? 'sending' : 'waiting', reason: null })
  keep(queue)
  void run(queue)
}

export function resend(thread: Thread, clientId: string): void {
  const queue = queueOf(thread)
  const one = queue.pending.find(pending => pending.clientId === clientId)
  if (one) Object.assign(one, { state: 'sending', reason: null })
  keep(queue)
  queue.wake?.()
  void run(queue)
}

export function discard(thread: Thread, clientId: string): void {
  const queue = queueOf(thread)
  queue.pending = queue.pending.filter(pending => pending.clientId !== clientId)
  keep(queue)
}

async function run(queue: Queue): Promise<void> {
  if (queue.running) return
  queue.running = true
  try {
    for (let next = nextOf(queue); next; next = nextOf(queue)) await sendOne(queue, next)
  } finally {
    queue.running = false
  }
}
const nextOf = (queue: Queue): Pending | undefined => queue.pending.find(one => one.state !== 'failed')

async function sendOne(queue: Queue, one: Pending): Promise<void> {
  const { thread } = queue
  try {
    const stored = await api.chat.send({ params: { id: thread.id }, body: { clientId: one.clientId, text: one.text, uploadIds: one.uploads.map(upload => upload.id) } })
    take(thread, [stored])
    if (lastWithoutGap(thread.items) < stored.seq) void catchUp(thread)
    queue.waits = 0
    discard(thread, one.clientId)
    void invalidate('chat.list')
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500 && error.status !== 429) {
      Object.assign(one, { state: 'failed', reason: failureText(error) })
      keep(queue)
      return
    }
    for (const other of queue.pending) if (other.state === 'sending') other.state = 'waiting'
    keep(queue)
    await untilWorthwhile(queue)
  }
}

/** Until the network is back, or after a wait that doubles. */
async function untilWorthwhile(queue: Queue): Promise<void> {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** queue.waits)
  queue.waits += 1
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      queue.wake = null
      resolve()
    }
    const timer = setTimeout(done, wait)
    window.addEventListener('online', done)
    queue.wake = done
  })
}
