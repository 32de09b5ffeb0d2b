/**
 * /metrics, for Prometheus, on an address of its own. Not on the public one: figures of the business and the insides of
 * the system are nobody's concern, and what a proxy cannot reach it cannot let out by a mistake in its rules. A token
 * would have to be kept in one more place; a port is closed from the start. A worker, which serves no pages, has it too.
 */
import { createServer, type ServerResponse } from 'node:http'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Deps } from '../../deps.ts'
import { readiness } from '../../kernel/health.ts'
import { processMetrics } from '../../kernel/metrics.ts'
import { VERSION } from '../../kernel/system-routes.ts'
import { Readings } from './reading.ts'
import { readingsOf } from './readings.ts'

export type Metrics = { readonly registry: Registry, text(): Promise<string> }

export function createMetrics(deps: Deps): Metrics {
  const own = new Registry()
  collectDefaultMetrics({ register: own })
  new Gauge({ name: 'miaodan_info', help: 'Version and role of this process.', labelNames: ['version', 'role'], registers: [own] }).set({ version: VERSION, role: deps.config.role }, 1)
  const readings = new Readings(readingsOf(deps), own, deps.log)
  const registry = Registry.merge([processMetrics, own])
  return {
    registry,
    text: async () => {
      await readings.refresh()
      return registry.metrics()
    },
  }
}

/** Listens where METRICS_PORT says, if it does. Answers with how to stop. */
export async function serveMetrics(deps: Deps): Promise<() => Promise<void>> {
  const { metrics: at } = deps.config
  if (!at) return async () => {}
  const metrics = createMetrics(deps)
  const server = createServer((request, response) => {
    answer(deps, metrics, request.url ?? '', response).catch((error: unknown) => {
      deps.log.error({ err: error }, 'metrics could not be answered')
      response.writeHead(500).end()
    })
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(at.port, at.host, done))
  return async () => {
    server.closeAllConnections()
    await new Promise(done => server.close(done))
  }
}

async function answer(deps: Deps, metrics: Metrics, path: string, response: ServerResponse): Promise<void> {
  const send = (status: number, type: string, body: string): void => void response.writeHead(status, { 'content-type': type }).end(body)
  if (path === '/metrics') send(200, metrics.registry.contentType, await metrics.text())
  else if (path === '/healthz') send(200, 'application/json', '{"status":"ok"}')
  else if (path === '/readyz') {
    const { status, body } = await readiness(deps)
    send(status, 'application/json', JSON.stringify(body))
  } else send(404, 'text/plain', 'not found\n')
}
