/** What is kept of every request: one line in the log and one observation. Neither holds what a person typed. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requestSeconds } from '../kernel/metrics.ts'
import { onBehalfOf } from '../kernel/request-context.ts'

/** A route's pattern: an address itself may hold ids, search words or a phone number. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none'

export function observeRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    onBehalfOf(request.id, done)
  })
  // Reading a body hands on from the socket's own callbacks, which know of no request.
  app.addHook('preValidation', (request, _reply, done) => onBehalfOf(request.id, done))
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = routeOf(request)
    requestSeconds.observe({ method, route, status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1000)
    request.log.info({ requestId: request.id, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10, userId: request.viewer?.userId }, 'request')
  })
}
