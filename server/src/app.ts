/** The HTTP application: plugins, the person behind a request, the features' routes, the web's files. */
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { problem } from '@miaodan/shared/errors'
import type { Deps } from './deps.ts'
import { acceptMultipart, filesFeature } from './kernel/files.ts'
import { health } from './kernel/health.ts'
import { isLeaving } from './kernel/leaving.ts'
import { sendProblem } from './kernel/problems.ts'
import { liveSocket } from './kernel/live-socket.ts'
import { reference } from './kernel/reference.ts'
import { registerRoutes } from './kernel/routes.ts'
import { webFiles } from './kernel/web-files.ts'
import type { Feature } from './kernel/feature.ts'
import { observeRequests } from './operations/requests.ts'

const BODY_LIMIT_BYTES = 1024 * 1024
const REQUEST_TIMEOUT_MS = 60_000
const IDLE_SWEEP_MS = 50

export async function createApp(deps: Deps, features: readonly Feature[], instrument: (app: FastifyInstance) => Promise<void> | undefined = async () => {}): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    trustProxy: deps.config.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    // What still comes in by an open connection while it closes is answered like everything before.
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    // The request's id is in each line by itself (deps.ts), also in those of the services it calls.
    childLoggerFactory: logger => logger,
    // One line a request, written when it is answered.
    logController: new LogController({ disableRequestLogging: true }),
    // What the router refuses before there is a route: an address that cannot be read, or too long a part of one.
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, error),
    // The contract's own schemas check the input.
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  await instrument(app)
  observeRequests(app)

  app.addHook('onRequest', async (_request, reply) => {
    if (isLeaving(deps)) void reply.header('connection', 'close')
  })
  app.addHook('preClose', async () => closeWhatFallsIdle(app))

  await app.register(helmet, contentSecurity(deps))
  await app.register(cookie)
  app.decorateRequest('viewer', null)
  const authenticate = features.find(feature => feature.authenticate)?.authenticate
  app.addHook('onRequest', async request => {
    refuseForeignOrigin(request.method, request.headers.origin, request.headers['sec-fetch-site'], request.host, deps)
    if (authenticate && request.headers.cookie) request.viewer = await authenticate(request, deps)
  })
  await app.register(rateLimit, {
    max: deps.config.rateLimitPerMinute,
    timeWindow: '1 minute',
    hook: 'preHandler',
    // Counted by all processes together where they share a Redis. While it is away nobody is refused.
    ...deps.redis && { redis: deps.redis, nameSpace: 'miaodan:rate:', skipOnError: true },
    keyGenerator: request => request.viewer?.userId ?? request.ip,
    errorResponseBuilder: (_request, context) => problem('kernel.rate_limited', { seconds: Math.ceil(context.ttl / 1000) }),
  })

  await acceptMultipart(app)
  await app.register(health, { deps })
  await app.register(reference)
  for (const feature of [filesFeature(features), ...features]) {
    registerRoutes(app, deps, feature)
    if (feature.plugin) await app.register(async scope => feature.plugin?.(scope, deps))
  }
  await app.register(liveSocket, { deps, features })
  await app.register(webFiles)
  return app
}

/** What a process without requests of its own answers: how it is. */
export async function createStatusApp(deps: Deps): Promise<FastifyInstance> {
  const app = Fastify({ loggerInstance: deps.log as FastifyBaseLogger, logController: new LogController({ disableRequestLogging: true }), forceCloseConnections: true })
  await app.register(health, { deps })
  return app
}

/**
 * Fastify closes the connections that are idle when it begins to close; one that was answering then would stay open for
 * its client's next request, and keep the process for over a minute.
 */
function closeWhatFallsIdle(app: FastifyInstance): void {
  const sweep = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS)
  app.server.once('close', () => clearInterval(sweep))
}

/** Cookies are same-site; this refuses what a browser says comes from another site all the same. */
function refuseForeignOrigin(method: string, origin: string | undefined, fetchSite: string | string[] | undefined, host: string, deps: Deps): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || origin === undefined) return
  if (fetchSite === 'same-origin' || origin === deps.config.publicUrl) return
  if (URL.canParse(origin) && new URL(origin).host === host) return
  throw problem('kernel.foreign_origin')
}

function contentSecurity(deps: Deps) {
  return {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Vue and Nuxt UI set style attributes; style sheets still come only from here.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        formAction: ["'self'", deps.config.gateway.publicUrl],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    hsts: deps.config.publicUrl.startsWith('https:'),
  }
}
