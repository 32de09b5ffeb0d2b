/** Where a gateway's notifications arrive. Verified over the raw body, before anything of it is read. */
import type { FastifyInstance } from 'fastify'
import { problem } from '@miaodan/shared/errors'
import type { Deps } from '../../deps.ts'
import { InvalidNotification } from '../../ports/payments/errors.ts'
import { takeEvent } from './events.ts'

const MAX_NOTIFICATION_BYTES = 64 * 1024

export async function callbacks(app: FastifyInstance, deps: Deps): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_NOTIFICATION_BYTES }, (_request, body, done) => done(null, body))
  app.post<{ Params: { gateway: string }, Body: Buffer }>('/api/v1/callbacks/:gateway', { config: { rateLimit: false } }, async (request, reply) => {
    const { gateway } = deps
    if (request.params.gateway !== gateway.name) throw problem('kernel.not_found')
    try {
      await takeEvent(deps, gateway.name, await gateway.verifyNotification(request.body ?? Buffer.alloc(0), request.headers))
      const { status, contentType, body } = gateway.answers.accepted
      return reply.code(status).type(contentType).send(body)
    } catch (error) {
      // Refused, so that the gateway tries again: what is broken here may be mended by then.
      if (error instanceof InvalidNotification) request.log.warn({ why: error.why, gateway: gateway.name }, 'notification refused')
      else request.log.error({ err: error, gateway: gateway.name }, 'notification could not be taken')
      const { status, contentType, body } = gateway.answers.refused
      return reply.code(status).type(contentType).send(body)
    }
  })
}
