/**
 * The browser's one socket: the server tells what has changed, `{ type, ...ids }`, and the screen asks for it. It carries no content, so
 * a lost message costs nothing: after a reconnect everything shown is asked for again.
 */
import { onScopeDispose, readonly, ref } from 'vue'
import { API_BASE } from './api.ts'
import { setServerTime } from './clock.ts'
import { makeFresh } from './fresh.ts'
import { queryClient } from './query.ts'

export type LiveMessage = { type: string, [key: string]: unknown }
export type LiveStatus = 'off' | 'connecting' | 'online' | 'reconnecting' | 'offline'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** The server's word that messages may have been lost on their way. It comes to all browsers at once, which must not all ask at once. */
const MISSED = 'live.missed'
const LONGEST_SPREAD_MS = 3_000

type Handler = (message: LiveMessage) => void
const handlers = new Map<string, Set<Handler>>()
const status = ref<LiveStatus>('off')

let socket: WebSocket | null = null
let wanted = false
let attempts = 0
let wasOnline = false
let timer: ReturnType<typeof setTimeout> | undefined

function receive(text: string): void {
  let message: LiveMessage
  try {
    message = JSON.parse(text) as LiveMessage
  } catch {
    return
  }
  if (typeof message.now === 'string') setServerTime(message.now)
  if (message.type === MISSED) setTimeout(() => makeUp(message), Math.random() * LONGEST_SPREAD_MS)
  else hand(message)
}

function hand(message: LiveMessage): void {
  for (const handler of [...handlers.get(message.type) ?? [], ...handlers.get('*') ?? []]) handler(message)
}

function makeUp(message: LiveMessage): void {
  void makeFresh(queryClient)
  hand(message)
}

function opened(): void {
  attempts = 0
  status.value = 'online'
  // What was said while the line was down is made up for by asking again.
  if (wasOnline) void makeFresh(queryClient)
  wasOnline = true
}

function retryLater(): void {
  socket = null
  if (!wanted) return
  status.value = navigator.onLine ? 'reconnecting' : 'offline'
  // Doubling with full jitter: after a restart of the server the browsers do not all come back in the same moment.
  const limit = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts)
  attempts += 1
  clearTimeout(timer)
  timer = setTimeout(open, FIRST_WAIT_MS + Math.random() * limit)
}

function open(): void {
  if (!wanted || socket) return
  status.value = wasOnline ? 'reconnecting' : 'connecting'
  const address = new URL(`${API_BASE}/live`, location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const next = socket = new WebSocket(address)
  next.addEventListener('open', opened)
  next.addEventListener('message', event => receive(String(event.data)))
  next.addEventListener('close', () => {
    if (socket === next) retryLater()
  })
}

window.addEventListener('online', () => {
  if (!wanted) return
  clearTimeout(timer)
  attempts = 0
  open()
})
window.addEventListener('offline', () => {
  if (wanted) status.value = 'offline'
  socket?.close()
})

/** Called when somebody is signed in, and again with another person: the socket belongs to the session. */
export function connectLive(): void {
  disconnectLive()
  wanted = true
  open()
}

export function disconnectLive(): void {
  wanted = false
  wasOnline = false
  attempts = 0
  clearTimeout(timer)
  const closing = socket
  socket = null
  closing?.close()
  status.value = 'off'
}

/** Hears messages of a type (`'*'`: all) until the component or scope is gone. */
export function onLive<M extends LiveMessage = LiveMessage>(type: string, handler: (message: M) => void): void {
  const listening = handlers.get(type) ?? new Set()
  handlers.set(type, listening)
  listening.add(handler as Handler)
  onScopeDispose(() => listening.delete(handler as Handler))
}

/** Says something to the server (typing, reading). Dropped while the line is down: nothing that must arrive is sent this way. */
export function sendLive(message: LiveMessage): boolean {
  if (socket?.readyState !== WebSocket.OPEN) return false
  socket.send(JSON.stringify(message))
  return true
}

export const useLiveStatus = () => readonly(status)
