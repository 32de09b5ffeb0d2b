import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { registerApi } from './api.ts'
import { movableClock } from './clock.ts'
import type { Core } from './core.ts'
import { Dispatcher } from './dispatcher.ts'
import { readPrivateKey, readPublicKey } from './keys.ts'
import { Refusal } from './refusal.ts'
import { registerSandboxApi } from './sandbox-api.ts'
import { registerAssets } from './site/assets.ts'
import { registerCashier } from './site/cashier-routes.ts'
import { messagePage } from './site/layout.ts'
import { registerOperations } from './site/operations-routes.ts'
import { pageOf, sendPage } from './site/request.ts'
import { Store } from './store.ts'

export type GatewayOptions = {
  dataDir: string
  /** Keys as PEM, or as base64 of PEM or DER. */
  gatewayPrivateKey: string
  merchantPublicKey: string
  merchantAppId: string
  /** The origin as browsers see it. Left out: the address it listens on. */
  publicUrl?: string | undefined
  retrySeconds?: readonly number[] | undefined
  settleAfterMs?: number
  outdatedAfterMs?: number
  sendTimeoutMs?: number
  wallClock?: () => number
  logger?: FastifyServerOptions['logger']
}

/** Alipay's are 4 min, 10 min, 10 min, 1 h, 2 h, 6 h, 15 h: too slow to watch. Eight tries, as there. */
export const defaultRetrySeconds: readonly number[] = [5, 15, 60, 300, 900, 3600, 7200]

const BODY_LIMIT_BYTES = 64 * 1024
const REQUEST_TIMEOUT_MS = 10_000

/** The whole gateway. `listen` starts it, `close` ends it: sendings under way are cut off and come again after a restart. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const app = fastify({ logger: options.logger ?? false, bodyLimit: BODY_LIMIT_BYTES, requestTimeout: REQUEST_TIMEOUT_MS, forceCloseConnections: true })
  const core = createCore(options, () => addressOf(app))
  const dispatcher = new Dispatcher(core, (error) => app.log.error(error, 'dispatching failed'))
  core.wake = () => dispatcher.wake()
  // Forms stay text: what is signed is checked as it came.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
  })
  handleErrors(app, core)
  registerApi(app, core)
  registerAssets(app)
  registerCashier(app, core)
  registerOperations(app, core)
  registerSandboxApi(app, core)
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.addHook('onListen', async () => dispatcher.wake())
  app.addHook('onClose', async () => {
    await dispatcher.close()
    core.store.close()
  })
  return app
}

function createCore(options: GatewayOptions, address: () => string): Core {
  const store = new Store(options.dataDir)
  const publicUrl = options.publicUrl?.replace(/\/+$/, '')
  return {
    store,
    clock: movableClock(store, options.wallClock ?? Date.now),
    keys: { own: readPrivateKey(options.gatewayPrivateKey), merchant: readPublicKey(options.merchantPublicKey) },
    settings: {
      appId: options.merchantAppId,
      retrySeconds: options.retrySeconds ?? defaultRetrySeconds,
      settleAfterMs: options.settleAfterMs ?? 1500,
      outdatedAfterMs: options.outdatedAfterMs ?? 2000,
      sendTimeoutMs: options.sendTimeoutMs ?? 10_000,
      publicUrl: () => publicUrl ?? address(),
    },
    wake: () => undefined,
  }
}

/** People get a page, programs a JSON object. */
function handleErrors(app: FastifyInstance, core: Core): void {
  app.setNotFoundHandler(async (request, reply) => {
    const page = pageOf(core, request)
    return sendPage(reply, 404, messagePage(page, page.text.notFound))
  })
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error instanceof Refusal ? error.status : (error.statusCode ?? 500)
    if (status >= 500) request.log.error(error)
    if (!request.headers.accept?.includes('text/html')) {
      const code = error instanceof Refusal ? error.code : status >= 500 ? 'SYSTEM_ERROR' : 'INVALID_PARAMETER'
      return reply.status(status).send({ code, message: status >= 500 ? 'The gateway failed.' : error.message })
    }
    const page = pageOf(core, request)
    const message = status >= 500 ? page.text.failure : status === 404 ? page.text.notFound : page.text.conflict
    return sendPage(reply, status, messagePage(page, message))
  })
}

function addressOf(app: FastifyInstance): string {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('The gateway has no address before it listens.')
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
}
