/**
 * The one socket of a browser, at /api/v1/live. Down it go the messages of `deps.live`; up it come small ones that a
 * feature has declared (typing, reading). Nothing that must not be lost goes up here: that is what requests are for.
 */
import websocket from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { problem } from '@miaodan/shared/errors'
import type { Deps } from '../deps.ts'
import type { Feature, LiveHandler, Viewer } from './feature.ts'
import { openSockets } from './metrics.ts'
import { endsSession, meant, type LiveMessage } from './live.ts'
import { documentOf, localeOf } from './problems.ts'
import { API_PREFIX } from './routes.ts'
import { TokenBucket } from './token-bucket.ts'

const MAX_MESSAGE_BYTES = 16 * 1024
const MAX_SOCKETS_PER_PERSON = 20
const MESSAGES_PER_SECOND = 20
const MESSAGE_BURST = 60
/** A reader who does not read: its socket is ended rather than its messages kept in memory. */
const MAX_BUFFERED_BYTES = 1024 * 1024
const HEARTBEAT_MS = 25_000
/** Tells a browser to ask anew for what it shows: messages to it may have been lost. */
const MISSED = 'live.missed'
/** Ten thousand browsers are told within a second, and have three more to say goodbye. */
const SENT_AWAY_AT_ONCE = 250
const SENT_AWAY_EVERY_MS = 25
const SENDING_AWAY_MS = 4_000

/** Close codes of ours (RFC 6455 leaves 4000 to 4999 to applications). */
const CLOSE = { signInRequired: 4401, tooMany: 4429, restarting: 1012, notUnderstood: 1003 } as const

type Connection = { socket: WebSocket, viewer: Viewer, request: FastifyRequest, bucket: TokenBucket, alive: boolean }

export async function liveSocket(app: FastifyInstance, { deps, features }: { deps: Deps, features: readonly Feature[] }): Promise<void> {
  const handlers = new Map<string, LiveHandler>(features.flatMap(feature => Object.entries(feature.live ?? {})))
  const presence = features.flatMap(feature => feature.presence ?? [])
  const authenticate = features.find(feature => feature.authenticate)?.authenticate
  const byPerson = new Map<string, Set<Connection>>()

  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES }, preClose: sendAway })

  const stopListening = deps.live.listen({
    tell: (userIds, message) => {
      const text = JSON.stringify(message)
      for (const userId of meant(userIds, byPerson)) for (const connection of byPerson.get(userId) ?? []) {
        const ends = endsSession(message, connection.viewer.sessionId)
        if (ends !== false) send(connection, text)
        if (ends) connection.socket.close(CLOSE.signInRequired, 'session ended')
      }
    },
    missed: () => {
      const text = JSON.stringify({ type: MISSED })
      for (const connections of byPerson.values()) for (const connection of connections) send(connection, text)
    },
  })
  const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS)

  /** Ends what does not answer, and what belongs to a session that has ended. */
  async function beat(): Promise<void> {
    for (const connection of [...byPerson.values()].flatMap(set => [...set])) {
      if (!connection.alive) connection.socket.terminate()
      else if (authenticate && !await authenticate(connection.request, deps).catch(() => connection.viewer)) connection.socket.close(CLOSE.signInRequired)
      else {
        connection.alive = false
        connection.socket.ping()
      }
    }
  }

  /** A few at a time, so that not all browsers come to the other processes in one moment. One that does not answer is not waited for. */
  function sendAway(done: () => void): void {
    clearInterval(heartbeat)
    stopListening()
    const sockets = [...app.websocketServer.clients]
    const started = performance.now()
    const next = (): void => {
      for (const socket of sockets.splice(0, SENT_AWAY_AT_ONCE)) socket.close(CLOSE.restarting, 'come back')
      const left = app.websocketServer.clients.size
      if (left > 0 && performance.now() - started < SENDING_AWAY_MS) return void setTimeout(next, SENT_AWAY_EVERY_MS)
      for (const socket of app.websocketServer.clients) socket.terminate()
      app.websocketServer.close(done)
    }
    next()
  }

  app.get(`${API_PREFIX}/live`, {
    websocket: true,
    preValidation: async request => {
      if (!request.viewer) throw problem('kernel.sign_in_required')
      // A socket is not bound by the same-origin rule, so a foreign page could open one with this person's cookie.
      const { origin } = request.headers
      if (origin !== undefined && origin !== deps.config.publicUrl && !(URL.canParse(origin) && new URL(origin).host === request.host)) throw problem('kernel.foreign_origin')
    },
  }, (socket, request) => {
    const connection: Connection = { socket, viewer: request.viewer as Viewer, request, bucket: new TokenBucket(MESSAGE_BURST, MESSAGES_PER_SECOND, performance.now()), alive: true }
    const { userId } = connection.viewer
    const mine = byPerson.get(userId) ?? new Set()
    if (mine.size >= MAX_SOCKETS_PER_PERSON) {
      socket.close(CLOSE.tooMany, 'too many sockets')
      return
    }
    byPerson.set(userId, mine.add(connection))
    openSockets.inc()
    if (mine.size === 1) presence.forEach(change => void change(deps, userId, true))
    socket.on('pong', () => {
      connection.alive = true
    })
    socket.on('message', data => void receive(connection, data.toString()))
    socket.on('error', error => request.log.info({ err: error, userId }, 'socket failed'))
    socket.on('close', () => {
      mine.delete(connection)
      openSockets.dec()
      if (mine.size > 0) return
      byPerson.delete(userId)
      presence.forEach(change => void change(deps, userId, false))
    })
    send(connection, JSON.stringify({ type: 'hello', now: deps.clock.now().toISOString() }))
  })

  async function receive(connection: Connection, text: string): Promise<void> {
    connection.alive = true
    if (!connection.bucket.take(performance.now())) {
      const document = documentOf(problem('kernel.rate_limited', { seconds: 5 }), localeOf(connection.request))
      send(connection, JSON.stringify({ type: 'problem', code: document.code, title: document.title }))
      connection.socket.close(CLOSE.tooMany, 'too many messages')
      return
    }
    const message = parse(text)
    const handler = message && handlers.get(message.type)
    if (!handler) {
      connection.socket.close(CLOSE.notUnderstood, 'not understood')
      return
    }
    try {
      await handler(deps, connection.viewer, message)
    } catch (error) {
      deps.log.warn({ err: error, type: message.type, userId: connection.viewer.userId }, 'live message failed')
    }
  }
}

function parse(text: string): LiveMessage | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && typeof (value as LiveMessage).type === 'string' ? value as LiveMessage : undefined
  } catch {
    return undefined
  }
}

function send({ socket }: Connection, text: string): void {
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate()
  else if (socket.readyState === socket.OPEN) socket.send(text)
}
