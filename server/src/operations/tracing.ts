/**
 * Traces, sent to OTEL_EXPORTER_OTLP_ENDPOINT by OTLP over HTTP. Where that is not set nothing of it is even loaded. A
 * span of a request or of what a worker does carries the request's id, so that log, events and traces find each other.
 */
import type * as Api from '@opentelemetry/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { Feature } from '../kernel/feature.ts'
import { requestIdNow } from '../kernel/request-context.ts'
import { VERSION } from '../kernel/system-routes.ts'
import { routeOf } from './requests.ts'

export type Tracing = {
  /** To be called before any route is added. */
  instrument(app: FastifyInstance): Promise<void>
  /** The same features, with a span around whatever their worker does. */
  around(features: readonly Feature[]): readonly Feature[]
  /** Sends what is left. */
  stop(): Promise<void>
}

const UNWATCHED = /^\/(?:healthz|readyz|assets\/)/
const REQUEST_ID = 'miaodan.request_id'

export async function startTracing({ tracing, role }: Pick<Config, 'tracing' | 'role'>): Promise<Tracing | undefined> {
  if (!tracing) return undefined
  const [api, sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, { defaultResource, resourceFromAttributes }, { FastifyOtelInstrumentation }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/sdk-trace'), import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/context-async-hooks'), import('@opentelemetry/resources'), import('@fastify/otel'),
  ])
  const provider = new sdk.TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': `miaodan-${role}`, 'service.version': VERSION })),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(tracing.share) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${tracing.url}/v1/traces` }) })],
  })
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const requests = new FastifyOtelInstrumentation({
    ignorePaths: ({ url }) => UNWATCHED.test(url),
    instrumentHooks: false,
    requestHook: (span, request: FastifyRequest) => {
      const route = routeOf(request)
      span.updateName(`${request.method} ${route}`)
      // The address may hold what a person typed.
      span.setAttributes({ 'url.path': route, [REQUEST_ID]: request.id })
    },
  })
  requests.setTracerProvider(provider)
  const tracer = provider.getTracer('miaodan', VERSION)
  return {
    instrument: async app => void await app.register(requests.plugin()),
    around: features => features.map(feature => traced(feature, spansOf(tracer, api))),
    stop: () => provider.shutdown(),
  }
}

/** Runs `work` in a span. What `isIdle` says of its result was not worth one. */
type Span = <T>(name: string, work: () => Promise<T>, isIdle?: (result: T) => boolean) => Promise<T>

function spansOf(tracer: Api.Tracer, { SpanStatusCode }: typeof Api): Span {
  return (name, work, isIdle) => tracer.startActiveSpan(name, async span => {
    const requestId = requestIdNow()
    if (requestId) span.setAttribute(REQUEST_ID, requestId)
    try {
      const result = await work()
      // A span that is never ended is never sent.
      if (!isIdle?.(result)) span.end()
      return result
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      span.recordException(error instanceof Error ? error : String(error))
      span.end()
      throw error
    }
  })
}

function traced(feature: Feature, span: Span): Feature {
  const { subscribers = [], deadlines = {}, tasks = {} } = feature
  return {
    ...feature,
    subscribers: subscribers.map(subscriber => ({ ...subscriber, handle: (tx, event, deps) => span(`event ${subscriber.name}`, () => subscriber.handle(tx, event, deps)) })),
    deadlines: Object.fromEntries(Object.entries(deadlines).map(([name, fire]) => [name, (tx, deadline, deps) => span(`deadline ${name}`, () => fire(tx, deadline, deps))])),
    tasks: Object.fromEntries(Object.entries(tasks).map(([name, run]) => [name, deps => span(`task ${name}`, () => run(deps), done => done === 0)])),
  }
}
