import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { authenticate } from './authentication.ts'
import type { Core } from './core.ts'
import { methods } from './methods.ts'
import { Refusal } from './refusal.ts'
import { signText } from './signature.ts'

/**
 * Server to server. Every answer, also a refusal, is JSON whose raw bytes are signed in the header `gateway-sign`, and
 * carries the digest of the request it answers, so that it cannot be passed off as the answer to another one.
 */
export function registerApi(app: FastifyInstance, core: Core): void {
  app.post('/v1', async (request, reply) => answer(core, reply, String(request.body)))
  app.get('/v1/bill', async (request, reply) => {
    const at = request.url.indexOf('?')
    return answer(core, reply, at < 0 ? '' : request.url.slice(at + 1), 'bill.download')
  })
}

async function answer(core: Core, reply: FastifyReply, raw: string, only?: string): Promise<FastifyReply> {
  try {
    const request = authenticate(core, raw)
    const method = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined
    if (method === undefined || (only !== undefined && request.method !== only)) throw new Refusal('UNKNOWN_METHOD', 'There is no such method here.')
    const result = core.store.transaction(() => method(core, request.parameters))
    core.wake()
    return await send(core, reply, raw, 200, { code: 'SUCCESS', ...result })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return send(core, reply, raw, error.status, { code: error.code, message: error.message })
  }
}

async function send(core: Core, reply: FastifyReply, raw: string, status: number, body: Record<string, unknown>): Promise<FastifyReply> {
  const text = JSON.stringify({ ...body, request_digest: createHash('sha256').update(raw).digest('hex'), timestamp: new Date(core.clock.wall()).toISOString() })
  return reply.status(status).header('gateway-sign', signText(text, core.keys.own)).type('application/json').send(text)
}
